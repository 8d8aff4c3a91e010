package io.ipam.examples;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One Kubernetes object of a manifest file.
 *
 * @param place the file, and the place in it if it has several objects: {@code all.yaml, items[3]}
 * @param kind its kind
 * @param namespace its namespace, {@code default} if none is stated
 * @param name its name
 * @param fields all its fields
 */
record Manifest(String place, String kind, String namespace, String name, Fields fields) {
    /** Reads the facts that every object has. */
    static Manifest of(String file, Fields fields) {
        String kind = fields.text("kind");
        Fields metadata = fields.object("metadata");
        String name = metadata.text("name");
        return new Manifest(
                fields.file() + (fields.path().isEmpty() ? "" : ", " + fields.path()),
                kind,
                metadata.optionalText("namespace").orElse("default"),
                name,
                new Fields(file, fields.path(), fields.tree()).of(kind + " " + name));
    }

    /** The group and version, empty if none is stated. */
    String apiVersion() {
        return fields.optionalText("apiVersion").orElse("");
    }

    /** The kind if it is one that is read. */
    Optional<Kind> known() {
        return Kind.of(kind, apiVersion());
    }

    Fields metadata() {
        return fields.object("metadata");
    }

    Fields spec() {
        return fields.object("spec");
    }

    Fields status() {
        return fields.object("status");
    }

    Map<String, String> labels() {
        return metadata().texts("labels");
    }

    Map<String, String> annotations() {
        return metadata().texts("annotations");
    }

    /**
     * The uid. A manifest without one gets a UUID made of its namespace, kind, and name, which is
     * the same in every run.
     */
    String uid() {
        return metadata().optionalText("uid").orElseGet(() -> substituteUid(namespace, kind, name));
    }

    boolean statesUid() {
        return metadata().optionalText("uid").isPresent();
    }

    /** A uid made of these three. */
    static String substituteUid(String namespace, String kind, String name) {
        String identity = String.join("/", namespace, kind, name);
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * The object that controls this one: the owner with {@code controller: true}, otherwise the
     * first one.
     */
    Optional<Reference> controller() {
        List<Fields> owners = metadata().objects("ownerReferences");
        for (Fields owner : owners) {
            if (owner.flag("controller", false)) {
                return Optional.of(Reference.of(owner));
            }
        }
        return owners.stream().findFirst().map(Reference::of);
    }

    /** {@code namespace/name}. */
    String qualifiedName() {
        return namespace + "/" + name;
    }

    /** {@code SpiderIPPool blue-v4}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }

    /**
     * An entry of {@code ownerReferences}.
     *
     * @param apiVersion the owner's group and version, empty if none is stated
     * @param kind the owner's kind
     * @param name the owner's name
     * @param uid the owner's uid, empty if none is stated
     */
    record Reference(String apiVersion, String kind, String name, String uid) {
        private static Reference of(Fields owner) {
            return new Reference(
                    owner.optionalText("apiVersion").orElse(""),
                    owner.text("kind"),
                    owner.text("name"),
                    owner.optionalText("uid").orElse(""));
        }

        Optional<Kind> known() {
            return Kind.of(kind, apiVersion);
        }
    }
}
