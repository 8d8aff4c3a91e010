package io.ipam.benchmarks.peers;

import io.ipam.address.Address;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The same facts as ipam's records in {@code HashMap}s. One map is by address within the pool. The
 * other is by owner identity (a uid, or two names) over all pools. The free address is found with
 * ipam's bitmap, so that only the records differ.
 */
public final class HashMapRecords implements RecordKeeper {
    private record Fact(Owner owner, String interfaceName, String pool, Address address, long generation) {}

    /** The identity that equal owners share. */
    private record Identity(boolean stateful, String first, String second) {
        static Identity of(Owner owner) {
            return owner.stateful()
                    ? new Identity(true, owner.namespace(), owner.name())
                    : new Identity(false, owner.uid(), "");
        }
    }

    private final Pool pool;
    private final int size;
    private final Position cursor = new Position();
    private Bitmap taken;
    private Map<Address, Fact> byAddress = new HashMap<>();
    private Map<Identity, List<Fact>> byOwner = new HashMap<>();
    private long generation;

    /**
     * Creates an empty state.
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
    public void load(Owner[] owners) {
        taken = Bitmap.covering(0, size - 1);
        byAddress = new HashMap<>();
        byOwner = new HashMap<>();
        for (Owner owner : owners) {
            allocate(owner, "eth0");
        }
    }

    private long allocate(Owner owner, String interfaceName) {
        if (!taken.setLowestClear(cursor)) {
            return -1;
        }
        long first = pool.addresses().firstLow(0);
        Address address = new Address(pool.family(), 0, first + cursor.low());
        Fact fact = new Fact(owner, interfaceName, pool.name(), address, ++generation);
        byAddress.put(address, fact);
        byOwner.computeIfAbsent(Identity.of(owner), identity -> new ArrayList<>(1))
                .add(fact);
        return address.low();
    }

    private void release(Owner owner) {
        List<Fact> facts = Objects.requireNonNullElse(byOwner.remove(Identity.of(owner)), List.of());
        for (Fact fact : facts) {
            byAddress.remove(fact.address());
            taken.clear(0, fact.address().low() - pool.addresses().firstLow(0));
        }
    }

    @Override
    public long turn(Owner owner) {
        release(owner);
        return allocate(owner, "eth0");
    }

    @Override
    public Object state() {
        return List.of(byAddress, byOwner, taken);
    }
}
