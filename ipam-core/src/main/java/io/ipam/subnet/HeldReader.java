package io.ipam.subnet;

import io.ipam.address.AddressSet;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the addresses in use, in ascending order, and the pools that were removed by force while in
 * use.
 */
record HeldReader(HeldAddresses source) {
    List<PoolStep.InUse> of(Pool pool) {
        List<PoolStep.InUse> held = new ArrayList<>();
        source.forEachHeld(pool.name(), (address, owner) -> {
            if (pool.addresses().contains(address)) {
                held.add(new PoolStep.InUse(address, owner.toString()));
            }
        });
        held.sort(Comparator.comparing(PoolStep.InUse::address));
        return held;
    }

    /** The detached pool of that name. */
    Optional<Pool> detached(String name) {
        return source.detached().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst();
    }

    /** The addresses of a subnet in detached pools. */
    List<SubnetUsage.Share> sharesOf(Subnet subnet) {
        List<SubnetUsage.Share> shares = new ArrayList<>();
        for (Pool pool : source.detached()) {
            if (pool.family() == subnet.family()) {
                AddressSet addresses = pool.addresses().intersect(subnet.addresses());
                if (!addresses.isEmpty()) {
                    shares.add(new SubnetUsage.Share(pool.name(), ApplicationLabels.applicationOf(pool), addresses));
                }
            }
        }
        return shares;
    }
}
