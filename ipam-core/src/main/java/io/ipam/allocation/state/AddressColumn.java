package io.ipam.allocation.state;

import java.util.Arrays;

/**
 * A growable column of addresses of one subnet. The bits that all addresses of the subnet share are kept once: 4 bytes per
 * address when at most 32 bits differ, 8 when at most 64 do, else 16.
 *
 * <p>Cost: O(1) per access, 0 B but for growth. Thread safety: none, the owner's lock guards it.
 */
final class AddressColumn {
    private final long baseHigh;
    private final long baseLow;
    /** Exactly one of {@code narrow} and {@code low} has elements; {@code high} only beside {@code low}. */
    private int[] narrow;

    private long[] low;
    private long[] high;

    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private final int hostBits;

    /**
     * A column for the addresses of a subnet.
     *
     * @param baseHigh bits 127 to 64 of the first address of the subnet
     * @param baseLow bits 63 to 0 of it
     * @param hostBits how many low bits differ, 0 to 128
     * @param capacity addresses to make room for
     */
    AddressColumn(long baseHigh, long baseLow, int hostBits, int capacity) {
        this.baseHigh = baseHigh;
        this.baseLow = baseLow;
        this.hostBits = hostBits;
        narrow = hostBits <= 32 ? new int[capacity] : NO_INTS;
        low = hostBits > 32 ? new long[capacity] : NO_LONGS;
        high = hostBits > 64 ? new long[capacity] : NO_LONGS;
    }

    /** Makes room for {@code capacity} addresses and keeps those that are there. */
    void resize(int capacity) {
        if (hostBits <= 32) {
            narrow = Arrays.copyOf(narrow, capacity);
            return;
        }
        low = Arrays.copyOf(low, capacity);
        if (hostBits > 64) {
            high = Arrays.copyOf(high, capacity);
        }
    }

    /** The same column in its own arrays, cut to {@code length} addresses. */
    AddressColumn copy(int length) {
        AddressColumn copy = new AddressColumn(baseHigh, baseLow, hostBits, 0);
        copy.narrow = hostBits <= 32 ? Arrays.copyOf(narrow, length) : NO_INTS;
        copy.low = hostBits > 32 ? Arrays.copyOf(low, length) : NO_LONGS;
        copy.high = hostBits > 64 ? Arrays.copyOf(high, length) : NO_LONGS;
        return copy;
    }

    /** Bits 127 to 64 of the address at {@code index}. */
    long high(int index) {
        return hostBits > 64 ? high[index] : baseHigh;
    }

    /** Bits 63 to 0 of the address at {@code index}. */
    long low(int index) {
        // The base has zeros where the low 32 bits may differ, so they are joined by "or".
        return hostBits <= 32 ? baseLow | Integer.toUnsignedLong(narrow[index]) : low[index];
    }

    /** Puts an address of the subnet at {@code index}. */
    void set(int index, long addressHigh, long addressLow) {
        if (hostBits <= 32) {
            narrow[index] = (int) (addressLow & hostMask());
            return;
        }
        low[index] = addressLow;
        if (hostBits > 64) {
            high[index] = addressHigh;
        }
    }

    /** Whether the address at {@code index} is this one, which is of the subnet. */
    boolean holds(int index, long addressHigh, long addressLow) {
        return low(index) == addressLow && high(index) == addressHigh;
    }

    private long hostMask() {
        return (1L << hostBits) - 1;
    }
}
