package io.ipam.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * A round of steps, prepared in advance and equal for all contestants. Each step releases a live
 * address and allocates another one. Half of the ring's addresses are live. In the first half of
 * the round the others replace them, and in the second half they return, in another random order.
 * So each step releases a random live address, and the round can repeat. Thread safety: immutable.
 */
public final class Ring {
    private static final long BASE = 0x2001_0db8_0000_0000L;

    private final int live;
    private final int[] released;
    private final int[] taken;
    private final long[] releasedHigh;
    private final long[] releasedLow;
    private final long[] takenHigh;
    private final long[] takenLow;
    private final long[] high;
    private final long[] low;

    private Ring(long[] high, long[] low, SplittableRandom random) {
        live = high.length / 2;
        this.high = high;
        this.low = low;
        released = new int[high.length];
        taken = new int[high.length];
        for (int i = 0; i < high.length; i++) {
            released[i] = i;
            taken[i] = (i + live) % high.length;
        }
        for (int half = 0; half < 2; half++) {
            shuffle(released, half * live, live, random);
            shuffle(taken, half * live, live, random);
        }
        releasedHigh = select(high, released);
        releasedLow = select(low, released);
        takenHigh = select(high, taken);
        takenLow = select(low, taken);
    }

    /**
     * Random addresses of 2001:db8::/prefix, or of all.
     *
     * @param live the number of live addresses; the round has twice as many steps
     * @param prefix the length of the prefix: 0 to 64
     * @param seed the seed of the addresses and of the order
     * @return the ring
     */
    public static Ring random(int live, int prefix, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] high = new long[2 * live];
        long[] low = new long[2 * live];
        long hostBits = prefix == 64 ? 0 : -1L >>> prefix;
        for (int i = 0; i < high.length; i++) {
            high[i] = (prefix == 0 ? 0 : BASE) & ~hostBits | random.nextLong() & hostBits;
            low[i] = random.nextLong();
        }
        return new Ring(high, low, random);
    }

    private static void shuffle(int[] values, int from, int count, SplittableRandom random) {
        for (int i = count - 1; i > 0; i--) {
            int other = from + random.nextInt(i + 1);
            int value = values[from + i];
            values[from + i] = values[other];
            values[other] = value;
        }
    }

    private static long[] select(long[] values, int[] indexes) {
        long[] selected = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            selected[i] = values[indexes[i]];
        }
        return selected;
    }

    /** {@return the number of live addresses} */
    public int live() {
        return live;
    }

    /** {@return the number of steps of a round} */
    public int steps() {
        return releasedHigh.length;
    }

    /**
     * The address that a step releases.
     *
     * @param step the step
     * @return the index of the address
     */
    public int released(int step) {
        return released[step];
    }

    /**
     * The address that a step allocates.
     *
     * @param step the step
     * @return the index of the address
     */
    public int taken(int step) {
        return taken[step];
    }

    /**
     * The upper half of an address.
     *
     * @param index its index; addresses with indexes below {@link #live} are live at first
     * @return upper 64 bits
     */
    public long high(int index) {
        return high[index];
    }

    /**
     * The lower half of an address.
     *
     * @param index its index
     * @return lower 64 bits
     */
    public long low(int index) {
        return low[index];
    }

    /**
     * The upper half of the address that a step releases.
     *
     * @param step the step
     * @return upper 64 bits
     */
    public long releasedHigh(int step) {
        return releasedHigh[step];
    }

    /**
     * The lower half of the address that a step releases.
     *
     * @param step the step
     * @return lower 64 bits
     */
    public long releasedLow(int step) {
        return releasedLow[step];
    }

    /**
     * The upper half of the address that a step allocates.
     *
     * @param step the step
     * @return upper 64 bits
     */
    public long takenHigh(int step) {
        return takenHigh[step];
    }

    /**
     * The lower half of the address that a step allocates.
     *
     * @param step the step
     * @return lower 64 bits
     */
    public long takenLow(int step) {
        return takenLow[step];
    }
}
