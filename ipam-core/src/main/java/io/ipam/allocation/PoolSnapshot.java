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
 * What is held and cooling in one pool at one moment.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param detached the last definition of a pool that was removed by force while addresses of it
 *     were held; empty for a pool of the catalog
 * @param lastGranted the address granted last, after which the order {@link AllocationOrder#NEXT}
 *     goes on
 * @param held the held addresses, ascending
 * @param cooling the cooling addresses, ascending
 */
public record PoolSnapshot(
        String pool, Optional<Pool> detached, Optional<Address> lastGranted, List<Held> held, List<Cooling> cooling) {
    /** Copies and sorts the lists; what they hold is checked by the one who restores. */
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
     * {@return a pool of the catalog in which these addresses are held and none is cooling}
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
     * @param owner who holds it, with the uid at the time of the grant or the last renewal
     * @param interfaceName the interface that it is for; empty when unknown, as in records taken
     *     over from another system
     * @param generation the token of the grant, positive; {@link #NO_GENERATION} asks the one who
     *     restores to give a new one
     */
    public record Held(Address address, Owner owner, String interfaceName, long generation) {
        /** In a record taken over from another system: no token yet. */
        public static final long NO_GENERATION = 0;

        /** Checks that nothing is missing and that the generation is not negative. */
        public Held {
            requireNonNull(address, "address");
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            if (generation < 0) {
                throw new IllegalArgumentException("generation is negative: " + generation);
            }
        }
    }

    /**
     * One address that was released not long ago.
     *
     * @param address the address
     * @param lastOwner who held it last
     * @param releasedAt when it was released; what is finer than a millisecond does not count
     */
    public record Cooling(Address address, Owner lastOwner, Instant releasedAt) {
        /** Checks that nothing is missing. */
        public Cooling {
            requireNonNull(address, "address");
            requireNonNull(lastOwner, "lastOwner");
            requireNonNull(releasedAt, "releasedAt");
        }
    }
}
