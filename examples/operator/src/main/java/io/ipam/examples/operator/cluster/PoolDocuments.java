package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
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
public final class PoolDocuments {
    private static final String UID = "ipam.io/uid";
    private static final String VERSION = "ipam.io/resource-version";
    private static final DocumentReader READER = DocumentReader.compatible();
    private static final KubernetesSerialization TREES = new KubernetesSerialization();

    private PoolDocuments() {}

    /** {@return the pool of a document, labelled with the version of the document} */
    public static Pool read(GenericKubernetesResource document) {
        Pool pool = READER.readPool(tree(document)).pool();
        return pool.toBuilder()
                .labels(Map.of(
                        UID, document.getMetadata().getUid(),
                        VERSION, document.getMetadata().getResourceVersion()))
                .build();
    }

    /** {@return the reserved addresses of a document} */
    public static ReservedDocument readReserved(GenericKubernetesResource document) {
        return READER.readReserved(tree(document));
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are strings.
    private static Map<String, ?> tree(GenericKubernetesResource document) {
        return TREES.convertValue(document, Map.class);
    }

    /** {@return whether a pool was read from a document, of whichever version} */
    public static boolean isOf(Pool pool, GenericKubernetesResource document) {
        return document.getMetadata().getUid().equals(pool.labels().get(UID));
    }

    /**
     * {@return whether a version of a document is later, and has another definition} A write
     * of a status also makes a version, but no commit.
     */
    public static boolean replaces(Pool present, Pool wanted) {
        String version = wanted.labels().getOrDefault(VERSION, "0");
        Pool asLate = present.toBuilder().labels(Map.of(VERSION, version)).build();
        return version(wanted) > version(present) && !asLate.equals(wanted);
    }

    private static long version(Pool pool) {
        return Long.parseLong(pool.labels().getOrDefault(VERSION, "0"));
    }

    /** {@return a document with its records; a faulty one gets a pool without addresses} */
    public static PoolDocument withRecords(GenericKubernetesResource document, Optional<Pool> pool) {
        Pool named = pool.orElseGet(() ->
                Pool.builder(document.getMetadata().getName(), "0.0.0.0/32").build());
        Optional<String> records = Optional.ofNullable(document.get("status", "allocatedIPs"));
        return PoolDocument.of(named).withStatus(new PoolStatus(Optional.empty(), Optional.empty(), records));
    }
}
