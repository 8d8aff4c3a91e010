package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.testkit.AddressHistory.Answer;
import io.ipam.store.testkit.AddressHistory.Holder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Three addresses under one lock, with a share of grants that ignore the holder. Thread safety:
 * safe.
 */
final class NaiveAllocator {
    private record Hold(Holder holder, long generation) {}

    private final double wrong;
    private final Map<Address, Hold> held = new HashMap<>();
    private long generation;

    NaiveAllocator(double wrong) {
        this.wrong = wrong;
    }

    synchronized Answer allocate(Holder holder, Random random) {
        for (Map.Entry<Address, Hold> entry : held.entrySet()) {
            if (entry.getValue().holder().equals(holder)) {
                return new Answer.Granted(entry.getKey(), entry.getValue().generation());
            }
        }
        for (int i = 1; i <= 3; i++) {
            Address address = Address.parse("10.0.0." + i);
            if (!held.containsKey(address) || random.nextDouble() < wrong) {
                held.put(address, new Hold(holder, ++generation));
                return new Answer.Granted(address, generation);
            }
        }
        return new Answer.Exhausted();
    }

    synchronized long generationOf(Address address) {
        return held.containsKey(address) ? held.get(address).generation() : 1;
    }

    synchronized Answer release(Holder holder, Address address, long named) {
        Hold hold = held.get(address);
        if (hold == null) {
            return new Answer.NotAllocated();
        } else if (!hold.equals(new Hold(holder, named))) {
            return new Answer.HeldByAnother();
        }
        held.remove(address);
        return new Answer.Released();
    }
}
