package io.ipam.subnet;

import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what is in use, in the order of the addresses. */
record HeldReader(HeldAddresses source) {
    List<PoolStep.InUse> of(Pool pool) {
        List<PoolStep.InUse> held = new ArrayList<>();
        source.forEachHeld(pool.name(), (address, owner) -> {
            if (pool.addresses().contains(address)) {
                held.add(new PoolStep.InUse(address, owner));
            }
        });
        held.sort(Comparator.comparing(PoolStep.InUse::address));
        return held;
    }
}
