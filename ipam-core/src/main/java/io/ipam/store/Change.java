package io.ipam.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One change of a commit. A change names the entry that it replaces or deletes, so that a store can
 * verify it: a <b>guard</b>. Cooling entries have no guard.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface Change {
    /**
     * An address becomes held, and is not cooling afterwards. Guard: no held entry of the address
     * exists.
     *
     * @param held the entry to insert
     */
    record Granted(Entry.Held held) implements Change {
        /** Checks for null. */
        public Granted {
            requireNonNull(held, "held");
        }
    }

    /**
     * The entry of a held address is replaced. Guard: the held entry of the address has the
     * generation of {@code before}.
     *
     * @param before the present entry
     * @param after the entry that replaces it, with the same address
     */
    record Renewed(Entry.Held before, Entry.Held after) implements Change {
        /** Checks that both entries have one address. */
        public Renewed {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
            if (!before.address().equals(after.address())) {
                throw new IllegalArgumentException(
                        "after must have the address " + before.address() + ", was " + after.address());
            }
        }
    }

    /**
     * A held address is released. Guard: the held entry of the address has the generation of {@code
     * before}.
     *
     * @param before the present entry
     * @param cooling the cooling entry that replaces it, if there is a cool-down
     */
    record Released(Entry.Held before, Optional<Entry.Cooling> cooling) implements Change {
        /** Checks for null. */
        public Released {
            requireNonNull(before, "before");
            requireNonNull(cooling, "cooling");
        }
    }

    /**
     * An address that was not held becomes cooling. Only the creation of a realm has this change.
     *
     * @param cooling the entry to insert or to replace
     */
    record Cooled(Entry.Cooling cooling) implements Change {
        /** Checks for null. */
        public Cooled {
            requireNonNull(cooling, "cooling");
        }
    }

    /**
     * A pool is defined or redefined. Guard: the entry of the name equals {@code before}, or does
     * not exist.
     *
     * @param before the present entry, if there is one
     * @param after the entry to insert or to replace
     */
    record PoolPut(Optional<Entry.OfPool> before, Entry.OfPool after) implements Change {
        /** Checks for null. */
        public PoolPut {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /**
     * A pool is removed. Guard: the entry of the name equals {@code before}.
     *
     * @param before the present entry
     */
    record PoolGone(Entry.OfPool before) implements Change {
        /** Checks for null. */
        public PoolGone {
            requireNonNull(before, "before");
        }
    }

    /**
     * A reserved range is defined or redefined. Guard: as for {@link PoolPut}.
     *
     * @param before the present entry, if there is one
     * @param after the entry to insert or to replace
     */
    record ReservedPut(Optional<Entry.OfReserved> before, Entry.OfReserved after) implements Change {
        /** Checks for null. */
        public ReservedPut {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /**
     * A reserved range is removed. Guard: as for {@link PoolGone}.
     *
     * @param before the present entry
     */
    record ReservedGone(Entry.OfReserved before) implements Change {
        /** Checks for null. */
        public ReservedGone {
            requireNonNull(before, "before");
        }
    }

    /**
     * The settings of the realm are replaced. The first commit of a realm has this change. Guard:
     * the settings equal {@code before}, or do not exist.
     *
     * @param before the present settings, if there are any
     * @param after the settings that replace them
     */
    record RealmPut(Optional<Realm> before, Realm after) implements Change {
        /** Checks for null. */
        public RealmPut {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /**
     * The entries were edited outside ipam and are accepted as they are. A process that reads
     * this change loads the realm again.
     */
    record AsFound() implements Change {}
}
