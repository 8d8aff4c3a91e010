package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object to visit.
 *
 * @param kind the kind of the visit
 * @param namespace the namespace, empty if there is none
 * @param name the name
 * @param uid the uid of a pod, otherwise empty
 */
public record Key(Kind kind, String namespace, String name, String uid) {
    /** The kinds of visits. */
    public enum Kind {
        /** A pod gets its addresses, or releases them. */
        POD,
        /** The state follows a pool document. */
        POOL,
        /** The state follows a document of reserved addresses. */
        RESERVED,
        /** A pool document shows its holders. */
        STATUS,
        /** Addresses whose owners are gone are released. */
        RECONCILE
    }

    /** {@return the key of an object} A pod that is created again is another object. */
    static Key of(Kind kind, HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String uid = kind == Kind.POD ? object.getMetadata().getUid() : "";
        return new Key(
                kind, namespace == null ? "" : namespace, object.getMetadata().getName(), uid);
    }

    /** {@return the key of something without a namespace} */
    public static Key of(Kind kind, String name) {
        return new Key(kind, "", name, "");
    }
}
