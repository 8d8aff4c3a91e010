package io.ipam.record;

import io.ipam.number.Hashes;

/**
 * Finds the row of a key in a {@link KeyColumn}. Keys may be chosen by untrusted callers: their
 * hash has a secret seed.
 *
 * <p>Layout: open addressing with linear probing and backward-shift deletion, at most 4/5 full.
 *
 * <pre>
 * entry  [ distance : 5 | row + 1 : 27 ]   0 is empty; the distance is from the first entry
 *                                          of the probe, 31 means 31 or more
 * </pre>
 *
 * <p>The distance avoids nearly every read of the column, which is far away in memory, and every
 * hash in {@link #remove} but one.
 *
 * <p>Cost: O(1), 0 B; 5 B per row of capacity. The capacity is fixed, so no method allocates.
 * Thread safety: guarded by the lock of the table that owns it.
 */
final class KeyIndex {
    /** No row. */
    static final int NONE = -1;

    private static final int ROW_BITS = 27;
    /** The greatest capacity. */
    static final int MOST_ROWS = (1 << ROW_BITS) - 1;

    private static final int MOST_DISTANT = 31;

    private final KeyColumn keys;
    private final long seed;
    private final int[] entries;

    /**
     * An index without rows.
     *
     * @param keys the column
     * @param capacity the greatest number of rows, 0 to {@link #MOST_ROWS}
     * @param seed the seed of the hash
     */
    KeyIndex(KeyColumn keys, int capacity, long seed) {
        this.keys = keys;
        this.seed = seed;
        // One entry more than rows at least: a probe ends at an empty entry.
        entries = new int[capacity + capacity / 4 + 1];
    }

    /** {@return the row of a key, or {@link #NONE}} */
    int find(long high, long low) {
        int distance = 0;
        for (int i = home(high, low); entries[i] != 0; i = next(i)) {
            int row = rowAt(i);
            if (entries[i] >>> ROW_BITS == Math.min(distance++, MOST_DISTANT) && keys.holds(row, high, low)) {
                return row;
            }
        }
        return NONE;
    }

    /**
     * Adds a row. Its key must be in the column and must not be that of another row of the index.
     */
    void add(int row) {
        int home = homeOf(row);
        int i = home;
        while (entries[i] != 0) {
            i = next(i);
        }
        put(i, row, distance(home, i));
    }

    /** Removes a row, which must be in the index and whose key must still be in the column. */
    void remove(int row) {
        int gap = homeOf(row);
        while (rowAt(gap) != row) {
            gap = next(gap);
        }
        // Later entries of the cluster move back unless their probe begins after the gap, so that
        // no probe meets the gap.
        for (int i = next(gap); entries[i] != 0; i = next(i)) {
            int probed = distanceAt(i);
            int back = distance(gap, i);
            if (probed >= back) {
                put(gap, rowAt(i), probed - back);
                gap = i;
            }
        }
        entries[gap] = 0;
    }

    private void put(int i, int row, int distance) {
        entries[i] = (row + 1) | (Math.min(distance, MOST_DISTANT) << ROW_BITS);
    }

    private int rowAt(int i) {
        return (entries[i] & MOST_ROWS) - 1;
    }

    /** {@return the distance of the entry at {@code i} from the first entry of its probe} */
    private int distanceAt(int i) {
        int distance = entries[i] >>> ROW_BITS;
        return distance < MOST_DISTANT ? distance : distance(homeOf(rowAt(i)), i);
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + entries.length;
    }

    private int next(int i) {
        return i + 1 == entries.length ? 0 : i + 1;
    }

    private int homeOf(int row) {
        return home(keys.high(row), keys.low(row));
    }

    /**
     * {@return the first entry of the probe for a key} The upper 32 bits of the hash, as a fraction
     * of 2^32, select it.
     */
    private int home(long high, long low) {
        return (int) (((Hashes.ofNumber(high, low, seed) >>> 32) * entries.length) >>> 32);
    }
}
