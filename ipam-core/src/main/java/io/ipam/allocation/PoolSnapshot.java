package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The held and cooling addresses of one pool at one moment.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param detached the last definition of a pool that was removed by force while addresses of it
 *     were held; empty for a pool of the catalog
 * @param lastGranted the address granted last, after which the order {@link AllocationOrder#NEXT}
 *     continues
 * @param held the held addresses, ascending
 * @param cooling the cooling addresses, ascending
 */
public record PoolSnapshot(
        String pool, Optional<Pool> detached, Optional<Address> lastGranted, List<Held> held, List<Cooling> cooling) {
    /** Copies and sorts the lists; a restore checks their contents. */
    public PoolSnapshot {
        requireNonNull(held, "held");
        requireNonNull(cooling, "cooling");
        requireNonNull(pool, "pool");
        requireNonNull(detached, "detached");
        requireNonNull(lastGranted, "lastGranted");
        held = held.stream().sorted(Comparator.comparing(Held::address)).toList();
        cooling =
                cooling.stream().sorted(Comparator.comparing(Cooling::address)).toList();
    }

    /**
     * {@return the snapshot of a pool of the catalog with held addresses and no cooling ones}
     *
     * @param pool the pool's name
     * @param held the held addresses, in any order
     */
    public static PoolSnapshot of(String pool, List<Held> held) {
        requireNonNull(held, "held");
        return new PoolSnapshot(pool, Optional.empty(), Optional.empty(), held, List.of());
    }

    /**
     * One held address.
     *
     * @param address the address
     * @param owner the owner, with the uid at the time of the grant or of the last renewal
     * @param interfaceName the interface that it is for; empty if unknown, as in records imported
     *     from another system
     * @param generation the generation of the grant, positive; for {@link #NO_GENERATION} a restore
     *     assigns a new one
     */
    public record Held(Address address, Owner owner, String interfaceName, long generation) {
        /** The generation of a record imported from another system, which has none yet. */
        public static final long NO_GENERATION = 0;

        /** Checks for null. The generation must not be negative. */
        public Held {
            requireNonNull(address, "address");
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            if (generation < 0) {
                throw new IllegalArgumentException("generation must not be negative, was " + generation);
            }
        }
    }

    /**
     * One released address whose cool-down has not ended.
     *
     * @param address the address
     * @param lastOwner the owner that held it last
     * @param releasedAt the time of the release; fractions of a millisecond are ignored
     */
    public record Cooling(Address address, Owner lastOwner, Instant releasedAt) {
        /** Checks for null. */
        public Cooling {
            requireNonNull(address, "address");
            requireNonNull(lastOwner, "lastOwner");
            requireNonNull(releasedAt, "releasedAt");
        }
    }
}
