package io.ipam.record;

import java.util.Arrays;

/**
 * A column of 128-bit keys: addresses of one subnet, or names of records. The bits that all keys
 * share are stored once.
 *
 * <p>Layout: 4 bytes per key if at most 32 low bits differ, 8 if at most 64 differ, otherwise 16.
 * The length is fixed.
 *
 * <p>Cost: O(1) per access, 0 B. Thread safety: guarded by the lock of the table that owns it; a
 * copy is immutable if its owner does not write to it.
 */
final class KeyColumn {
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private final long baseHigh;
    private final long baseLow;
    private final int hostBits;
    /** The low 32 bits if at most 32 bits differ, otherwise empty. */
    private final int[] narrow;
    /** The low 64 bits if more than 32 bits differ, otherwise empty. */
    private final long[] low;
    /** The high 64 bits if more than 64 bits differ, otherwise empty. */
    private final long[] high;

    /**
     * A column of zero keys.
     *
     * @param baseHigh bits 127 to 64 of the first key
     * @param baseLow bits 63 to 0 of the first key
     * @param hostBits the number of low bits that differ, 0 to 128; they are zero in the first key
     * @param length the number of keys
     */
    KeyColumn(long baseHigh, long baseLow, int hostBits, int length) {
        this(
                baseHigh,
                baseLow,
                hostBits,
                hostBits <= 32 ? new int[length] : NO_INTS,
                hostBits > 32 ? new long[length] : NO_LONGS,
                hostBits > 64 ? new long[length] : NO_LONGS);
    }

    private KeyColumn(long baseHigh, long baseLow, int hostBits, int[] narrow, long[] low, long[] high) {
        this.baseHigh = baseHigh;
        this.baseLow = baseLow;
        this.hostBits = hostBits;
        this.narrow = narrow;
        this.low = low;
        this.high = high;
    }

    /** {@return a copy with its own arrays, cut or filled with zeros to {@code length} keys} */
    KeyColumn copy(int length) {
        return new KeyColumn(
                baseHigh,
                baseLow,
                hostBits,
                hostBits <= 32 ? Arrays.copyOf(narrow, length) : NO_INTS,
                hostBits > 32 ? Arrays.copyOf(low, length) : NO_LONGS,
                hostBits > 64 ? Arrays.copyOf(high, length) : NO_LONGS);
    }

    /** {@return a column for keys of the same kind} */
    KeyColumn empty(int length) {
        return new KeyColumn(baseHigh, baseLow, hostBits, length);
    }

    /** {@return bits 127 to 64 of the key in {@code row}} */
    long high(int row) {
        return hostBits > 64 ? high[row] : baseHigh;
    }

    /** {@return bits 63 to 0 of the key in {@code row}} */
    long low(int row) {
        return hostBits <= 32 ? baseLow | Integer.toUnsignedLong(narrow[row]) : low[row];
    }

    /** Stores a key, which must have the shared bits, in {@code row}. */
    void set(int row, long keyHigh, long keyLow) {
        if (hostBits <= 32) {
            narrow[row] = (int) (keyLow ^ baseLow);
            return;
        }
        low[row] = keyLow;
        if (hostBits > 64) {
            high[row] = keyHigh;
        }
    }

    /** {@return whether the key in {@code row} is this one} */
    boolean holds(int row, long keyHigh, long keyLow) {
        return low(row) == keyLow && high(row) == keyHigh;
    }
}
