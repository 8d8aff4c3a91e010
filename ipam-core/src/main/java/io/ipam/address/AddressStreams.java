package io.ipam.address;

import io.ipam.number.Uint128;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The members of an {@link AddressSet} as lazy streams of addresses or of prefixes. Cost: O(1) for
 * each element that is requested. Thread safety: no state; a stream belongs to one thread.
 */
final class AddressStreams {
    private static final int TRAITS = Spliterator.ORDERED
            | Spliterator.SORTED
            | Spliterator.DISTINCT
            | Spliterator.NONNULL
            | Spliterator.IMMUTABLE;

    private AddressStreams() {}

    static Stream<Address> addresses(AddressSet set) {
        Iterator<Address> each = new Addresses(set);
        boolean fits = set.size().bitLength() < Long.SIZE;
        return StreamSupport.stream(
                fits
                        ? Spliterators.spliterator(each, set.size().longValue(), TRAITS)
                        : Spliterators.spliteratorUnknownSize(each, TRAITS),
                false);
    }

    static Stream<Prefix> prefixes(AddressSet set) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Prefixes(set), TRAITS), false);
    }

    /** An iteration over a set, one element at a time. */
    private abstract static class Walk<T> implements Iterator<T> {
        final AddressSet set;
        private int range;
        /** The first address that is not yet visited, if {@code range} is a range. */
        private long high;

        private long low;

        Walk(AddressSet set) {
            this.set = set;
            enter(0);
        }

        private void enter(int index) {
            range = index;
            if (hasNext()) {
                high = set.firstHigh(index);
                low = set.firstLow(index);
            }
        }

        @Override
        public final boolean hasNext() {
            return range < set.rangeCount();
        }

        @Override
        public final T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Address first = new Address(set.family(), high, low);
            int bits = bitsAt(first, set.lastHigh(range), set.lastLow(range));
            pass(high | Uint128.onesHigh(bits), low | Uint128.onesLow(bits));
            return element(first, bits);
        }

        /** Moves past an address, which must be in the range. */
        private void pass(long toHigh, long toLow) {
            if (toHigh == set.lastHigh(range) && toLow == set.lastLow(range)) {
                enter(range + 1);
            } else {
                high = Uint128.incrementHigh(toHigh, toLow);
                low = toLow + 1;
            }
        }

        /** The host bits of the next element, which begins at {@code first}. */
        abstract int bitsAt(Address first, long lastHigh, long lastLow);

        abstract T element(Address first, int bits);
    }

    private static final class Addresses extends Walk<Address> {
        Addresses(AddressSet set) {
            super(set);
        }

        @Override
        int bitsAt(Address first, long lastHigh, long lastLow) {
            return 0;
        }

        @Override
        Address element(Address first, int bits) {
            return first;
        }
    }

    private static final class Prefixes extends Walk<Prefix> {
        Prefixes(AddressSet set) {
            super(set);
        }

        /**
         * The host bits of the shortest prefix that begins at the address and ends in the range.
         */
        @Override
        int bitsAt(Address first, long lastHigh, long lastLow) {
            long lessOneHigh = Uint128.subtractHigh(lastHigh, lastLow, first.high(), first.low());
            long lessOneLow = lastLow - first.low();
            int aligned = Math.min(
                    Uint128.trailingZeros(first.high(), first.low()),
                    first.family().bits());
            return Math.min(aligned, wholeBits(lessOneHigh, lessOneLow));
        }

        /** The greatest b for which 2^b - 1 is at most the number. */
        private static int wholeBits(long high, long low) {
            int bits = Uint128.bitLength(high, low);
            boolean allOnes = high == Uint128.onesHigh(bits) && low == Uint128.onesLow(bits);
            return allOnes ? bits : bits - 1;
        }

        @Override
        Prefix element(Address first, int bits) {
            return new Prefix(first, set.family().bits() - bits);
        }
    }
}
