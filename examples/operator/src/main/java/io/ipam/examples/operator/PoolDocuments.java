package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ipam.documents.DocumentReader;
import io.ipam.documents.PoolDocument;
import io.ipam.documents.PoolStatus;
import io.ipam.documents.ReservedDocument;
import io.ipam.pool.Pool;
import java.util.Map;
import java.util.Optional;

/**
 * Pool documents as pools. The realm keeps the document's uid and resourceVersion as labels of the
 * pool, so that no replica replaces a definition by an older one. Thread safety: stateless.
 */
final class PoolDocuments {
    /** Keeps a document until the state lacks its pool. */
    static final String FINALIZER = "ipam.io/pool";

    private static final String UID = "ipam.io/uid";
    private static final String VERSION = "ipam.io/resource-version";
    private static final DocumentReader READER = DocumentReader.compatible();
    private static final KubernetesSerialization TREES = new KubernetesSerialization();

    private PoolDocuments() {}

    /** {@return the pool of a document, labelled with the version of the document} */
    static Pool read(GenericKubernetesResource document) {
        Pool pool = READER.readPool(tree(document)).pool();
        return pool.toBuilder()
                .labels(Map.of(
                        UID, document.getMetadata().getUid(),
                        VERSION, document.getMetadata().getResourceVersion()))
                .build();
    }

    static ReservedDocument readReserved(GenericKubernetesResource document) {
        return READER.readReserved(tree(document));
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    private static Map<String, ?> tree(GenericKubernetesResource document) {
        return TREES.convertValue(document, Map.class);
    }

    /** {@return whether two pools are of one document, of whichever version} */
    static boolean isSameDocument(Pool one, Pool other) {
        return one.labels().getOrDefault(UID, "").equals(other.labels().get(UID));
    }

    static boolean isOf(Pool pool, GenericKubernetesResource document) {
        return document.getMetadata().getUid().equals(pool.labels().get(UID));
    }

    /**
     * {@return whether a version of a document is later, and has another definition} A write
     * of a status also makes a version, but no commit.
     */
    static boolean replaces(Pool present, Pool wanted) {
        String version = wanted.labels().getOrDefault(VERSION, "0");
        Pool asLate = present.toBuilder().labels(Map.of(VERSION, version)).build();
        return version(wanted) > version(present) && !asLate.equals(wanted);
    }

    private static long version(Pool pool) {
        return Long.parseLong(pool.labels().getOrDefault(VERSION, "0"));
    }

    static GenericKubernetesResource withFinalizer(GenericKubernetesResource document) {
        GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
        next.addFinalizer(FINALIZER);
        return next;
    }

    static GenericKubernetesResource withoutFinalizer(GenericKubernetesResource document) {
        GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
        next.removeFinalizer(FINALIZER);
        return next;
    }

    /** {@return a document with its records; a faulty one gets a pool without addresses} */
    static PoolDocument withRecords(GenericKubernetesResource document, Optional<Pool> pool) {
        Pool named = pool.orElseGet(() ->
                Pool.builder(document.getMetadata().getName(), "0.0.0.0/32").build());
        Optional<String> records = Optional.ofNullable(document.get("status", "allocatedIPs"));
        return PoolDocument.of(named).withStatus(new PoolStatus(Optional.empty(), Optional.empty(), records));
    }
}
