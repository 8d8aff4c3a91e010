package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object to visit.
 *
 * @param kind the kind of the visit
 * @param namespace the namespace, empty if there is none
 * @param name the name
 * @param uid the uid of a deleted pod, otherwise empty
 */
record Key(Kind kind, String namespace, String name, String uid) {
    /** The kinds of visits. */
    enum Kind {
        /** A pod gets its addresses, or releases them. */
        POD,
        /** A stateless pod without the finalizer is gone. */
        DELETED_POD,
        /** The state follows a pool document. */
        POOL,
        /** The state follows a document of reserved addresses. */
        RESERVED,
        /** A pool document shows its holders. */
        STATUS,
        /** Addresses whose owners are gone are released. */
        RECONCILE
    }

    static Key of(Kind kind, HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String uid = kind == Kind.DELETED_POD ? object.getMetadata().getUid() : "";
        return new Key(
                kind, namespace == null ? "" : namespace, object.getMetadata().getName(), uid);
    }

    static Key of(Kind kind, String name) {
        return new Key(kind, "", name, "");
    }
}
