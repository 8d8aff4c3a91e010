package io.ipam.engine;

import io.ipam.owner.Owner;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The identities of live owners: the uids of stateless ones, the names of stateful ones. One live
 * incarnation of a stateful owner is enough. Thread safety: immutable.
 */
final class LiveOwners {
    private final Set<Name> stateful = new HashSet<>();
    private final Set<Name> names = new HashSet<>();
    private final Set<String> uids = new HashSet<>();

    /** Comparable, so that names with equal hashes cost a tree search and not a list search. */
    private record Name(String namespace, String name) implements Comparable<Name> {
        static Name of(Owner owner) {
            return new Name(owner.namespace(), owner.name());
        }

        @Override
        public int compareTo(Name other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }
    }

    LiveOwners(Collection<Owner> owners) {
        for (Owner owner : owners) {
            names.add(Name.of(owner));
            if (owner.stateful()) {
                stateful.add(Name.of(owner));
            } else {
                uids.add(owner.uid());
            }
        }
    }

    /**
     * Whether an owner is live. An imported record without a uid may belong to any owner of its
     * name.
     */
    boolean contains(Owner owner) {
        if (owner.uid().isEmpty() && names.contains(Name.of(owner))) {
            return true;
        }
        return owner.stateful() ? stateful.contains(Name.of(owner)) : uids.contains(owner.uid());
    }
}
