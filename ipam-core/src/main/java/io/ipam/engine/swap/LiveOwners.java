package io.ipam.engine.swap;

import io.ipam.owner.Owner;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * The identities of live owners: the uids of stateless ones, the names of stateful ones. One live
 * incarnation of a stateful owner is enough. The same name and uid is the same owner, even if its
 * kind has changed: a StatefulSet can be deleted without its pods. Thread safety: immutable.
 */
public final class LiveOwners {
    private final Set<Name> stateful = new HashSet<>();
    private final Set<Name> names = new HashSet<>();
    private final Set<String> uids = new HashSet<>();
    private final Set<Name> incarnations = new HashSet<>();

    /** Comparable, so that names with equal hashes cost a tree search and not a list search. */
    private record Name(String namespace, String name, String uid) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::namespace).thenComparing(Name::name).thenComparing(Name::uid);

        static Name of(Owner owner) {
            return new Name(owner.namespace(), owner.name(), "");
        }

        static Name withUid(Owner owner) {
            return new Name(owner.namespace(), owner.name(), owner.uid());
        }

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /** Copies the identities of some owners. */
    public LiveOwners(Collection<Owner> owners) {
        for (Owner owner : owners) {
            names.add(Name.of(owner));
            incarnations.add(Name.withUid(owner));
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
        if (incarnations.contains(Name.withUid(owner)) || (owner.uid().isEmpty() && names.contains(Name.of(owner)))) {
            return true;
        }
        return owner.stateful() ? stateful.contains(Name.of(owner)) : uids.contains(owner.uid());
    }
}
