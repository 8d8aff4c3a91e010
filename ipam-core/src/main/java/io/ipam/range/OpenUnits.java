package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The allocators of the units of a {@link UnitLedger}, by the first address of the unit.
 *
 * <p>Invariant OPEN-IS-TAKEN, checked by {@link #verify}: every unit here is taken. A transition
 * that frees a unit closes its allocator in the same step.
 *
 * <p>Cost: O(log n) to find or close one of n open units. Thread safety: guarded by the ledger. The
 * lock of an allocator is acquired while that of the ledger is held, never the reverse.
 */
final class OpenUnits implements UnitContents {
    private final TreeMap<Address, UnitAllocator> byFirst = new TreeMap<>();

    @Nullable
    UnitAllocator at(Address first) {
        return byFirst.get(first);
    }

    <T extends UnitAllocator> T add(Address first, T allocator) {
        byFirst.put(first, allocator);
        return allocator;
    }

    @Override
    public boolean closeIfEmpty(Address first) {
        UnitAllocator allocator = byFirst.get(first);
        if (allocator != null && !allocator.closeIfEmpty()) {
            return false;
        }
        byFirst.remove(first);
        return true;
    }

    @Override
    public void closeWithin(Prefix block) {
        if (!byFirst.isEmpty()) {
            close(byFirst.subMap(block.first(), true, block.last(), true).values());
        }
    }

    @Override
    public void closeAll() {
        close(byFirst.values());
    }

    @Override
    public void closeUnless(Predicate<Address> isTaken) {
        List<Address> freed = byFirst.keySet().stream().filter(isTaken.negate()).toList();
        freed.forEach(first -> close(byFirst.subMap(first, true, first, true).values()));
    }

    private static void close(Collection<UnitAllocator> allocators) {
        allocators.forEach(UnitAllocator::close);
        allocators.clear();
    }

    @Override
    public void verify(Predicate<Address> isTaken) {
        for (Map.Entry<Address, UnitAllocator> entry : byFirst.entrySet()) {
            if (!isTaken.test(entry.getKey())) {
                throw new IllegalStateException("OPEN-IS-TAKEN: " + entry.getKey() + ", " + entry.getValue());
            }
            entry.getValue().verify();
        }
    }
}
