package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import io.ipam.pool.Pool;
import java.math.BigInteger;
import java.util.List;

/**
 * The addresses of a pool by state at one moment. The four sets are disjoint, and their union is
 * {@link Pool#addresses()}. Their sizes are the counts of {@link PoolUsage} at that moment.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the definition of the pool at that moment
 * @param held the addresses that owners or strays hold, reserved ones included
 * @param cooling the cooling addresses that are not reserved
 * @param reserved the reserved addresses that are not held; in a closed pool, all that are not held
 * @param free all other addresses
 */
public record PoolAddresses(Pool pool, AddressSet held, AddressSet cooling, AddressSet reserved, AddressSet free) {
    /** Checks that every address of the pool is in exactly one set. Cost: O(ranges). */
    public PoolAddresses {
        requireNonNull(pool, "pool");
        requireNonNull(held, "held");
        requireNonNull(cooling, "cooling");
        requireNonNull(reserved, "reserved");
        requireNonNull(free, "free");
        List<AddressSet> sets = List.of(held, cooling, reserved, free);
        AddressSet union = sets.stream().reduce(AddressSet.empty(pool.family()), AddressSet::union);
        BigInteger count = sets.stream().map(AddressSet::size).reduce(BigInteger.ZERO, BigInteger::add);
        if (!union.equals(pool.addresses()) || !count.equals(union.size())) {
            throw new IllegalArgumentException("each address of pool " + pool.name()
                    + " must be in one set, was held " + held + ", cooling " + cooling + ", reserved " + reserved
                    + ", free " + free);
        }
    }

    /** {@return the free addresses that are static} Cost: O(ranges) for each call. */
    public AddressSet freeStatic() {
        return free.intersect(pool.staticAddresses());
    }
}
