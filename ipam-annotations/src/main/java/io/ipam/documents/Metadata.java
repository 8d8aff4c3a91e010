package io.ipam.documents;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of an object's metadata that this library keeps. Thread safety: immutable.
 *
 * @param name the name; empty if there is none
 * @param labels the labels
 * @param deletedAt the time at which the deletion began
 * @param fields the object {@code metadata}, empty if there is none
 */
record Metadata(String name, Map<String, String> labels, Optional<Instant> deletedAt, Optional<DocumentFields> fields) {
    /**
     * Fields that every Kubernetes object may have. They are not kept, except two annotations of
     * pools.
     */
    private static final Set<String> NOT_KEPT = Set.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "finalizers",
            "generateName",
            "generation",
            "managedFields",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    /** Reads the metadata of a document. */
    static Metadata read(DocumentFields document, boolean strict, ProblemLog problems) {
        Optional<DocumentFields> found = document.object("metadata");
        if (found.isEmpty()) {
            return new Metadata("", Map.of(), Optional.empty(), found);
        }
        DocumentFields fields = found.get().ignoring(NOT_KEPT);
        Metadata metadata = new Metadata(
                fields.text("name").orElse(""), fields.textsByName("labels"), deletion(fields, problems), found);
        if (strict) {
            fields.refuseUnknown();
        }
        return metadata;
    }

    /** The beginning of a tree that is written. */
    static Tree document(
            String kind,
            String name,
            Map<String, String> annotations,
            Map<String, String> labels,
            Optional<Instant> deletedAt) {
        Tree metadata = new Tree()
                .put("name", name)
                .putTexts("annotations", annotations)
                .putTexts("labels", labels)
                .put("deletionTimestamp", deletedAt.map(Instant::toString).orElse(null));
        return new Tree()
                .put("apiVersion", Document.API_VERSION)
                .put("kind", kind)
                .put("metadata", metadata.map());
    }

    /** The beginning of the tree of an object in a namespace. */
    static Tree namespaced(String kind, String namespace, String name, Map<String, String> annotations) {
        Tree metadata = new Tree().put("name", name).put("namespace", namespace).putTexts("annotations", annotations);
        return new Tree()
                .put("apiVersion", Document.API_VERSION)
                .put("kind", kind)
                .put("metadata", metadata.map());
    }

    private static Optional<Instant> deletion(DocumentFields fields, ProblemLog problems) {
        return fields.time("deletionTimestamp").flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                problems.add(Problem.of(
                        ProblemType.INVALID,
                        fields.at("deletionTimestamp"),
                        text,
                        "must be a time such as 2026-01-31T09:00:00Z"));
                return Optional.empty();
            }
        });
    }
}
