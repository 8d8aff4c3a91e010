package io.ipam.benchmarks.peers;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.bitmap.Bitmap;
import io.ipam.bitmap.Position;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The same facts in {@code HashMap}s: by address within the pool, and by owner over all pools. The free address is found with
 * this library's bitmap, so that only the records differ; one lock, held once per request.
 */
public final class HashMapRecords implements RecordKeeper {
    private record Fact(Owner owner, String interfaceName, String pool, Address address, long generation) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Pool pool;
    private final int size;
    private final Position cursor = new Position();
    private Bitmap taken;
    private Map<Address, Fact> byAddress = new HashMap<>();
    private Map<String, List<Fact>> byOwner = new HashMap<>();
    private Owner[] owners = {};
    private long generation;

    /**
     * Makes an empty state.
     *
     * @param pool the pool: one range
     */
    public HashMapRecords(Pool pool) {
        this.pool = pool;
        size = pool.addresses().size().intValueExact();
        taken = Bitmap.covering(0, size - 1);
    }

    @Override
    public String name() {
        return "HashMaps";
    }

    @Override
    public void load(Owner[] newOwners) {
        taken = Bitmap.covering(0, size - 1);
        byAddress = new HashMap<>();
        byOwner = new HashMap<>();
        owners = newOwners;
        for (Owner owner : newOwners) {
            allocate(owner, "eth0");
        }
    }

    private long allocate(Owner owner, String interfaceName) {
        lock.lock();
        try {
            if (!taken.nextClear(0, 0, cursor)) {
                return -1;
            }
            taken.set(0, cursor.low());
            long first = pool.addresses().firstLow(0);
            Address address = new Address(pool.family(), 0, first + cursor.low());
            Fact fact = new Fact(owner, interfaceName, pool.name(), address, ++generation);
            byAddress.put(address, fact);
            byOwner.computeIfAbsent(owner.uid(), uid -> new ArrayList<>(1)).add(fact);
            return address.low();
        } finally {
            lock.unlock();
        }
    }

    private void release(Owner owner) {
        lock.lock();
        try {
            List<Fact> facts = Objects.requireNonNullElse(byOwner.remove(owner.uid()), List.of());
            for (Fact fact : facts) {
                byAddress.remove(fact.address());
                taken.clear(0, fact.address().low() - pool.addresses().firstLow(0));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long churn(int[] victims, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            Owner owner = owners[victims[i & (victims.length - 1)]];
            release(owner);
            sum += allocate(owner, "eth0");
        }
        return sum;
    }

    @Override
    public Object state() {
        return List.of(byAddress, byOwner, taken);
    }
}
