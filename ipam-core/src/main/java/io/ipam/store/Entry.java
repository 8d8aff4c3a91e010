package io.ipam.store;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import java.util.Optional;

/** One fact of the state of a realm. Thread safety: immutable. */
public sealed interface Entry {
    /**
     * A pool.
     *
     * @param pool the definition
     * @param detached whether it was removed while addresses of it were held
     * @param closed whether it allocates nothing until it is opened
     */
    record OfPool(Pool pool, boolean detached, boolean closed) implements Entry {
        /** Checks for null. */
        public OfPool {
            requireNonNull(pool, "pool");
        }
    }

    /**
     * A reserved range.
     *
     * @param range the range
     */
    record OfReserved(ReservedRange range) implements Entry {
        /** Checks for null. */
        public OfReserved {
            requireNonNull(range, "range");
        }
    }

    /**
     * A held address: an allocation, or a {@linkplain io.ipam.allocation.Stray stray}, whose owner
     * may be unknown and whose pool may not exist.
     *
     * @param address the address
     * @param pool the name of the pool of the record
     * @param owner the owner, if the record names one
     * @param interfaceName the interface, empty if unknown
     * @param generation the generation of the grant, 0 if unknown
     * @param note the record as it was read from another system, empty if there is none
     */
    record Held(Address address, String pool, Optional<Owner> owner, String interfaceName, long generation, String note)
            implements Entry {
        /** Checks for null, and that the generation is not negative. */
        public Held {
            requireNonNull(address, "address");
            requireNonNull(pool, "pool");
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(note, "note");
            if (generation < 0) {
                throw new IllegalArgumentException("generation must not be negative, was " + generation);
            }
        }
    }

    /**
     * A released address that is the last choice until its cool-down ends. A held entry of the same
     * address takes precedence; an expired entry may be deleted at any time.
     *
     * @param address the address
     * @param pool the name of the pool that it was in
     * @param lastOwner the owner that released it
     * @param releasedMillis the time of the release in milliseconds since 1970
     */
    record Cooling(Address address, String pool, Owner lastOwner, long releasedMillis) implements Entry {
        /** Checks for null. */
        public Cooling {
            requireNonNull(address, "address");
            requireNonNull(pool, "pool");
            requireNonNull(lastOwner, "lastOwner");
        }
    }
}
