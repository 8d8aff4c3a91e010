package io.ipam.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * Twice as many addresses as are live at a time; the same ones for all. Thread safety: not changed once made.
 */
public final class Ring {
    private static final long BASE = 0x2001_0db8_0000_0000L;

    private final long[] high;
    private final long[] low;

    private Ring(int size) {
        high = new long[size];
        low = new long[size];
    }

    /**
     * Random addresses of 2001:db8::/prefix, or of all.
     *
     * @param live how many are live at a time; the ring is twice as long
     * @param prefix length of the prefix: 0 to 64
     * @param seed of the addresses
     * @return the ring
     */
    public static Ring random(int live, int prefix, long seed) {
        Ring ring = new Ring(2 * live);
        SplittableRandom random = new SplittableRandom(seed);
        long hostBits = prefix == 64 ? 0 : -1L >>> prefix;
        for (int i = 0; i < ring.high.length; i++) {
            ring.high[i] = (prefix == 0 ? 0 : BASE) & ~hostBits | random.nextLong() & hostBits;
            ring.low[i] = random.nextLong();
        }
        return ring;
    }

    /** {@return how many are live at a time} */
    public int live() {
        return high.length / 2;
    }

    /** {@return its length} */
    public int size() {
        return high.length;
    }

    /**
     * The upper half of an address.
     *
     * @param index which
     * @return upper 64 bits
     */
    public long high(int index) {
        return high[index];
    }

    /**
     * The lower half of an address.
     *
     * @param index which
     * @return lower 64 bits
     */
    public long low(int index) {
        return low[index];
    }
}
