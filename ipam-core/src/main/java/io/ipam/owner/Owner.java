package io.ipam.owner;

import static java.util.Objects.requireNonNull;

/**
 * A holder of addresses. A stateless owner (a pod of a Deployment) is identified by its uid: the
 * same name with another uid is another owner. A stateful owner (a pod of a StatefulSet, a virtual
 * machine) is identified by namespace and name. It stays the same owner when it is recreated with
 * another uid.
 *
 * <p>Thread safety: immutable.
 *
 * @param stateful whether the identity is namespace and name instead of the uid
 * @param namespace the namespace, empty if there is none
 * @param name the name, never empty
 * @param uid the uid of this incarnation; may be empty only for a stateful owner
 */
public record Owner(boolean stateful, String namespace, String name, String uid) {
    /** Checks that the name is not empty, and that a stateless owner has a uid. */
    public Owner {
        requireNonNull(namespace, "namespace");
        if (requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (requireNonNull(uid, "uid").isEmpty() && !stateful) {
            throw new IllegalArgumentException(
                    "uid must not be empty: it identifies the stateless owner " + namespace + "/" + name);
        }
    }

    /**
     * {@return an owner that is identified by its uid}
     *
     * @param namespace the namespace
     * @param name the name
     * @param uid the uid
     */
    public static Owner stateless(String namespace, String name, String uid) {
        return new Owner(false, namespace, name, uid);
    }

    /**
     * {@return an owner that is identified by namespace and name; {@code uid} distinguishes its
     * incarnations}
     *
     * @param namespace the namespace
     * @param name the name
     * @param uid the uid
     */
    public static Owner stateful(String namespace, String name, String uid) {
        return new Owner(true, namespace, name, uid);
    }

    /**
     * {@return whether both have the same identity: the uid of stateless owners, namespace and name
     * of stateful ones}
     *
     * @param other the other one
     */
    public boolean isSameAs(Owner other) {
        requireNonNull(other, "other");
        if (stateful != other.stateful) {
            return false;
        }
        return stateful ? name.equals(other.name) && namespace.equals(other.namespace) : uid.equals(other.uid);
    }

    /** {@return {@code shop/cart-0}, or only the name if there is no namespace} */
    public String qualifiedName() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** {@return {@code shop/cart-0 (uid 7f3c)}} */
    @Override
    public String toString() {
        return uid.isEmpty() ? qualifiedName() : qualifiedName() + " (uid " + uid + ")";
    }
}
