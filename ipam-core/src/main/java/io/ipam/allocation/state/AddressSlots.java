package io.ipam.allocation.state;

/**
 * Finds the row of an address in a column.
 *
 * <p>Layout: open addressing with linear probing.
 *
 * <pre>
 * [ 0 | 3 | 0 | 1 | 2 | 0 | 0 | 0 ]      row + 1, 0 is empty; a power of two, at most 3/4 full; the upper 5 bits tell how far the
 *                                        entry is from where its probe starts, 31 is 31 or more
 * </pre>
 *
 * <p>Cost: O(1), 5 to 11 B per address. The array is never cut. Thread safety: none, the ledger's lock guards it.
 */
final class AddressSlots {
    private static final int FIRST_CAPACITY = 8;
    /** The bits of an entry for row + 1. Above them its distance: most probes and moves need no look at an address. */
    private static final int ROW_BITS = 27;

    /** How many rows can be told apart. */
    static final int MOST_ROWS = (1 << ROW_BITS) - 1;

    private static final int MOST_DISTANT = 31;
    private static final int[] NO_ENTRIES = {};

    private final AddressColumn addresses;
    private int[] entries = NO_ENTRIES;
    private int size;

    AddressSlots(AddressColumn addresses) {
        this.addresses = addresses;
    }

    int size() {
        return size;
    }

    /** The row of an address, or {@link RecordTable#NONE}. */
    int find(long high, long low) {
        if (size == 0) {
            return RecordTable.NONE;
        }
        int mask = entries.length - 1;
        int distance = 0;
        for (int i = home(high, low, mask); entries[i] != 0; i = (i + 1) & mask) {
            int row = rowAt(i);
            if (entries[i] >>> ROW_BITS == Math.min(distance++, MOST_DISTANT) && addresses.holds(row, high, low)) {
                return row;
            }
        }
        return RecordTable.NONE;
    }

    /** Adds a row whose address is in the column, and no other's. */
    void add(int row) {
        if (4 * (size + 1) > 3 * entries.length) {
            grow();
        }
        enter(row);
        size++;
    }

    /** Takes a row out and moves later entries of its cluster back, so that no probe meets a gap. */
    void remove(int row) {
        int mask = entries.length - 1;
        int gap = homeOf(row, mask);
        while (rowAt(gap) != row) {
            gap = (gap + 1) & mask;
        }
        for (int i = (gap + 1) & mask; entries[i] != 0; i = (i + 1) & mask) {
            int distance = distanceAt(i, mask);
            int back = (i - gap) & mask;
            // The entry may move back unless its home lies behind the gap.
            if (distance >= back) {
                put(gap, rowAt(i), distance - back);
                gap = i;
            }
        }
        entries[gap] = 0;
        size--;
    }

    private void grow() {
        int[] old = entries;
        entries = new int[Math.max(FIRST_CAPACITY, 2 * old.length)];
        for (int entry : old) {
            if (entry != 0) {
                enter((entry & MOST_ROWS) - 1);
            }
        }
    }

    private void enter(int row) {
        int mask = entries.length - 1;
        int home = homeOf(row, mask);
        int i = home;
        while (entries[i] != 0) {
            i = (i + 1) & mask;
        }
        put(i, row, (i - home) & mask);
    }

    private void put(int i, int row, int distance) {
        entries[i] = (row + 1) | (Math.min(distance, MOST_DISTANT) << ROW_BITS);
    }

    private int rowAt(int i) {
        return (entries[i] & MOST_ROWS) - 1;
    }

    /** How far the entry at {@code i} is from where its probe starts. */
    private int distanceAt(int i, int mask) {
        int distance = entries[i] >>> ROW_BITS;
        return distance < MOST_DISTANT ? distance : (i - homeOf(rowAt(i), mask)) & mask;
    }

    private int homeOf(int row, int mask) {
        return home(addresses.high(row), addresses.low(row), mask);
    }

    /** Where the probe for an address starts. */
    private static int home(long high, long low, int mask) {
        return Hash.ofAddress(high, low) & mask;
    }
}
