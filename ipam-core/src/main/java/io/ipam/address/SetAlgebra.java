package io.ipam.address;

import static java.util.Objects.requireNonNull;

import io.ipam.number.Uint128;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Union, difference, intersection and comparison of two sets by walking over both lists of ranges
 * once, and the union of unsorted ranges. For two families the comparisons return false, and the
 * operations throw IllegalArgumentException.
 *
 * <p>Relies on SORTED-APART of {@link AddressSet}. Cost: O(n + m) for n and m sorted ranges, O(n
 * log n) for unsorted ones, regardless of their sizes. Thread safety: no state.
 */
final class SetAlgebra {
    /**
     * One empty set of each family, since most pools have several empty sets. An EnumMap, because
     * Lincheck replaces the identity hash of an enum constant.
     */
    private static final Map<Family, AddressSet> EMPTY = emptySets();

    private SetAlgebra() {}

    private static Map<Family, AddressSet> emptySets() {
        Map<Family, AddressSet> sets = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            sets.put(family, new RangeMerger(family, 0).toSet());
        }
        return sets;
    }

    static AddressSet empty(Family family) {
        return requireNonNull(EMPTY.get(family));
    }

    static AddressSet union(Family family, Collection<AddressRange> ranges) {
        AddressRange[] sorted = ranges.toArray(AddressRange[]::new);
        for (AddressRange range : sorted) {
            requireFamily(family, range.family());
        }
        Arrays.sort(sorted);
        RangeMerger merger = new RangeMerger(family, sorted.length);
        for (AddressRange range : sorted) {
            merger.add(range);
        }
        return merger.toSet();
    }

    static AddressSet union(AddressSet a, AddressSet b) {
        requireFamily(a.family(), b.family());
        RangeMerger out = new RangeMerger(a.family(), Math.max(a.rangeCount(), b.rangeCount()));
        int i = 0;
        int j = 0;
        while (i < a.rangeCount() || j < b.rangeCount()) {
            if (j == b.rangeCount() || (i < a.rangeCount() && compareFirst(a, i, b, j) <= 0)) {
                copy(a, i++, out);
            } else {
                copy(b, j++, out);
            }
        }
        return out.toSet();
    }

    static AddressSet intersect(AddressSet a, AddressSet b) {
        requireFamily(a.family(), b.family());
        RangeMerger out = new RangeMerger(a.family(), Math.min(a.rangeCount(), b.rangeCount()));
        int i = 0;
        int j = 0;
        while (i < a.rangeCount() && j < b.rangeCount()) {
            boolean aStartsLater = compareFirst(a, i, b, j) >= 0;
            boolean aEndsFirst = compareLast(a, i, b, j) <= 0;
            long fromHigh = aStartsLater ? a.firstHigh(i) : b.firstHigh(j);
            long fromLow = aStartsLater ? a.firstLow(i) : b.firstLow(j);
            long toHigh = aEndsFirst ? a.lastHigh(i) : b.lastHigh(j);
            long toLow = aEndsFirst ? a.lastLow(i) : b.lastLow(j);
            if (Uint128.compare(fromHigh, fromLow, toHigh, toLow) <= 0) {
                out.add(fromHigh, fromLow, toHigh, toLow);
            }
            if (aEndsFirst) {
                i++;
            } else {
                j++;
            }
        }
        return out.toSet();
    }

    static AddressSet minus(AddressSet a, AddressSet b) {
        requireFamily(a.family(), b.family());
        RangeMerger out = new RangeMerger(a.family(), a.rangeCount());
        int j = 0;
        for (int i = 0; i < a.rangeCount(); i++) {
            while (j < b.rangeCount() && endsBelow(b, j, a, i)) {
                j++;
            }
            j = cut(a, i, b, j, out);
        }
        return out.toSet();
    }

    /**
     * Adds the part of range i of a that no range of b from {@code from} on contains. Returns the
     * first range of b that range i + 1 of a may overlap.
     */
    private static int cut(AddressSet a, int i, AddressSet b, int from, RangeMerger out) {
        long high = a.firstHigh(i);
        long low = a.firstLow(i);
        for (int j = from; j < b.rangeCount() && !endsBelow(a, i, b, j); j++) {
            if (Uint128.isLess(high, low, b.firstHigh(j), b.firstLow(j))) {
                out.add(high, low, Uint128.decrementHigh(b.firstHigh(j), b.firstLow(j)), b.firstLow(j) - 1);
            }
            if (compareLast(b, j, a, i) >= 0) {
                return j;
            }
            high = Uint128.incrementHigh(b.lastHigh(j), b.lastLow(j));
            low = b.lastLow(j) + 1;
            from = j + 1;
        }
        out.add(high, low, a.lastHigh(i), a.lastLow(i));
        return from;
    }

    static boolean overlaps(AddressSet a, AddressSet b) {
        if (a.family() != b.family()) {
            return false;
        }
        int i = 0;
        int j = 0;
        while (i < a.rangeCount() && j < b.rangeCount()) {
            if (endsBelow(a, i, b, j)) {
                i++;
            } else if (endsBelow(b, j, a, i)) {
                j++;
            } else {
                return true;
            }
        }
        return false;
    }

    static boolean containsAll(AddressSet a, AddressSet b) {
        if (a.family() != b.family()) {
            return false;
        }
        int i = 0;
        for (int j = 0; j < b.rangeCount(); j++) {
            while (i < a.rangeCount() && endsBelow(a, i, b, j)) {
                i++;
            }
            if (i == a.rangeCount() || compareFirst(a, i, b, j) > 0 || compareLast(a, i, b, j) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void copy(AddressSet set, int index, RangeMerger out) {
        out.add(set.firstHigh(index), set.firstLow(index), set.lastHigh(index), set.lastLow(index));
    }

    private static int compareFirst(AddressSet a, int i, AddressSet b, int j) {
        return Uint128.compare(a.firstHigh(i), a.firstLow(i), b.firstHigh(j), b.firstLow(j));
    }

    private static int compareLast(AddressSet a, int i, AddressSet b, int j) {
        return Uint128.compare(a.lastHigh(i), a.lastLow(i), b.lastHigh(j), b.lastLow(j));
    }

    /** Whether range i of a is wholly below range j of b. */
    private static boolean endsBelow(AddressSet a, int i, AddressSet b, int j) {
        return Uint128.isLess(a.lastHigh(i), a.lastLow(i), b.firstHigh(j), b.firstLow(j));
    }

    private static void requireFamily(Family expected, Family actual) {
        if (expected != actual) {
            throw new IllegalArgumentException("addresses must be " + expected.label() + ", were " + actual.label());
        }
    }
}
