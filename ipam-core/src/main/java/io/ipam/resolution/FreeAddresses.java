package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Pool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The free addresses of a pool that a remedy would add to a request. Thread safety: that of the
 * usage view.
 */
final class FreeAddresses {
    /** Demands with more candidates are assumed to find an address elsewhere. */
    private static final int FEW = 16;

    private final UsageView usage;
    private final List<DemandResolution> demands;

    FreeAddresses(RequestInputs inputs, List<DemandResolution> demands) {
        this.usage = inputs.usage();
        this.demands = demands;
    }

    /**
     * Whether the pool has enough free or cooling addresses. It needs one for each demand of the
     * family that no pool can serve. It also needs one for each demand for which no other pool has
     * an address. A pool with unknown counts has enough.
     */
    boolean suffice(Pool pool, Family family) {
        PoolUsage counts = usage.usage(pool.name()).orElse(null);
        if (counts == null) {
            return true;
        }
        long needed = demands.stream()
                .filter(demand -> demand.family() == family)
                .filter(demand -> demand instanceof DemandResolution.Unserved || isBoundTo(pool, demand))
                .count();
        return counts.free().add(BigInteger.valueOf(counts.cooling())).compareTo(BigInteger.valueOf(needed)) >= 0;
    }

    private boolean isBoundTo(Pool pool, DemandResolution demand) {
        List<Pool> candidates = demand.pools();
        return candidates.size() <= FEW
                && candidates.contains(pool)
                && candidates.stream().allMatch(other -> other.equals(pool) || usage.isFull(other.name()));
    }

    /** Whether the pool's address is certainly free: neither held nor possibly cooling. */
    boolean isFree(Pool pool, Address address) {
        PoolUsage counts = usage.usage(pool.name()).orElse(null);
        if (counts == null || (counts.held() == 0 && counts.cooling() == 0)) {
            return true;
        }
        if (counts.cooling() > 0) {
            return false;
        }
        List<Address> held = new ArrayList<>(1);
        usage.inUse()
                .forEachHeldIn(pool.name(), AddressSet.of(AddressRange.of(address)), (found, owner) -> held.add(found));
        return held.isEmpty();
    }
}
