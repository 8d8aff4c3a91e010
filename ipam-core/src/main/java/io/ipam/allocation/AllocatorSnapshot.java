package io.ipam.allocation;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.state.Occupancy;
import io.ipam.bitmap.Position;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What was allocated in a {@link RangeAllocator} at one moment.
 *
 * <p>Cost: a copy of the allocator's bitmap. The streams sort what a large, sparsely used set holds, O(n log n), and make one
 * range at a time.
 *
 * <p>Thread safety: immutable.
 */
public final class AllocatorSnapshot {
    private final Units units;
    private final Occupancy occupancy;

    AllocatorSnapshot(Units units, Occupancy occupancy) {
        this.units = units;
        this.occupancy = occupancy;
    }

    /** {@return the set that the allocator was made of} */
    public AddressSet addresses() {
        return units.addresses();
    }

    /** {@return the prefix length of a unit: 32 or 128 for single addresses} */
    public int unitLength() {
        return units.length();
    }

    /** {@return the number of units in the set} */
    public BigInteger total() {
        return units.numbers().size();
    }

    /** {@return the number of allocated units} */
    public BigInteger allocated() {
        return allocated(occupancy, units);
    }

    static BigInteger allocated(Occupancy occupancy, Units units) {
        if (occupancy.isFull()) {
            return units.numbers().size();
        }
        Position count = new Position();
        occupancy.takenCount(count);
        return Uint128.toBigInteger(count.high(), count.low());
    }

    /** {@return the number of free units} */
    public BigInteger free() {
        return total().subtract(allocated());
    }

    /**
     * {@return whether an address lies in an allocated unit; false for one of the other family}
     *
     * @param address any address
     */
    public boolean isAllocated(Address address) {
        Position number = new Position();
        units.number(address.high(), address.low(), number);
        return address.family() == units.family() && occupancy.isTaken(number.high(), number.low());
    }

    /** {@return all addresses of the allocated units, ascending, in ranges as long as the set allows} */
    public Stream<AddressRange> allocatedRanges() {
        return stream(occupancy.takenRuns());
    }

    /** {@return all addresses of the free units, ascending, in ranges as long as the set allows} */
    public Stream<AddressRange> freeRanges() {
        return stream(occupancy.freeRuns());
    }

    Units units() {
        return units;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    private Stream<AddressRange> stream(SetRuns runs) {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Ranges(units, runs), traits), false);
    }

    @Override
    public String toString() {
        return "AllocatorSnapshot[" + allocated() + " of " + total() + " allocated in " + units + "]";
    }

    /** Runs of unit numbers as ranges of addresses. */
    private static final class Ranges implements Iterator<AddressRange> {
        private final Units units;
        private final SetRuns runs;
        private final Position first = new Position();
        private final Position last = new Position();
        private boolean isAhead;

        Ranges(Units units, SetRuns runs) {
            this.units = units;
            this.runs = runs;
            isAhead = runs.next(first, last);
        }

        @Override
        public boolean hasNext() {
            return isAhead;
        }

        @Override
        public AddressRange next() {
            if (!isAhead) {
                throw new NoSuchElementException();
            }
            AddressRange range = units.range(first, last);
            isAhead = runs.next(first, last);
            return range;
        }
    }
}
