package io.ipam.range;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;
import io.ipam.occupancy.Occupancy;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The state of a {@link RangeAllocator} or a {@link PrefixAllocator} at one moment.
 *
 * <p>Cost: a copy of the allocator's bitmap. In a set of more than 2^24 units the streams sort the
 * allocated units first, O(n log n). They create one element at a time.
 *
 * <p>Thread safety: immutable.
 */
public final class AllocatorSnapshot {
    private final Units units;
    private final Occupancy occupancy;
    private final Optional<Address> lastAllocated;

    AllocatorSnapshot(Units units, Occupancy occupancy, Optional<Address> lastAllocated) {
        this.units = units;
        this.occupancy = occupancy;
        this.lastAllocated = lastAllocated;
    }

    /** {@return the set of the allocator} */
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
     * {@return whether an address is in an allocated unit; false for one of the other family}
     *
     * @param address any address
     */
    public boolean isAllocated(Address address) {
        Position number = new Position();
        units.number(address.high(), address.low(), number);
        return address.family() == units.family() && occupancy.isTaken(number.high(), number.low());
    }

    /**
     * {@return the first address of the last allocated unit; empty if there was none} The order
     * NEXT continues after it, even if it was released.
     */
    public Optional<Address> lastAllocated() {
        return lastAllocated;
    }

    /** {@return all addresses of the allocated units, ascending, in maximal ranges of the set} */
    public Stream<AddressRange> allocatedRanges() {
        return stream(new Ranges(units, occupancy.takenRuns()));
    }

    /** {@return all addresses of the free units, ascending, in maximal ranges of the set} */
    public Stream<AddressRange> freeRanges() {
        return stream(new Ranges(units, occupancy.freeRuns()));
    }

    /** {@return the allocated units, ascending, each as one prefix} */
    public Stream<Prefix> allocatedPrefixes() {
        return stream(new Prefixes(units, occupancy.takenRuns()));
    }

    Units units() {
        return units;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    private static <T> Stream<T> stream(Iterator<T> elements) {
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, traits), false);
    }

    @Override
    public String toString() {
        return "AllocatorSnapshot[" + allocated() + " of " + total() + " allocated in " + units + "]";
    }

    /** Converts runs of unit numbers to ranges of addresses. */
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

    /** The units in runs of unit numbers, one by one. */
    private static final class Prefixes implements Iterator<Prefix> {
        private final Units units;
        private final SetRuns runs;
        private final Position next = new Position();
        private final Position last = new Position();
        private boolean isAhead;

        Prefixes(Units units, SetRuns runs) {
            this.units = units;
            this.runs = runs;
            isAhead = runs.next(next, last);
        }

        @Override
        public boolean hasNext() {
            return isAhead;
        }

        @Override
        public Prefix next() {
            if (!isAhead) {
                throw new NoSuchElementException();
            }
            Prefix prefix = new Prefix(units.first(next), units.length());
            if (next.high() == last.high() && next.low() == last.low()) {
                isAhead = runs.next(next, last);
            } else {
                next.add(0, 1);
            }
            return prefix;
        }
    }
}
