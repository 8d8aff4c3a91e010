package io.ipam.benchmarks.peers;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The peers, and the initial states that all of them share. Thread safety: none needed; no state.
 */
public final class Peers {
    private static final int VICTIMS = 1 << 16;

    private Peers() {}

    /** {@return one of each kind that allocates the lowest free position, ipam first} */
    public static List<LowestFree> all() {
        return List.of(
                new IpamPositions(),
                new BitSetPositions(),
                new RoaringPositions(),
                new RoaringOfFree(),
                new SkipListPositions(),
                new RangeSetPositions(),
                new AddressListPositions());
    }

    /**
     * Free positions at random places, as after a random start.
     *
     * @param size the number of positions
     * @param free the number of free positions
     * @param seed the seed of the places
     * @return the held positions
     */
    public static BitSet holes(int size, int free, long seed) {
        BitSet held = new BitSet(size);
        held.set(0, size);
        SplittableRandom random = new SplittableRandom(seed);
        while (held.cardinality() > size - free) {
            int missing = held.cardinality() - (size - free);
            for (int i = 0; i < missing; i++) {
                held.clear(random.nextInt(size));
            }
        }
        return held;
    }

    /**
     * Free positions at the end: the result of long use of the order "lowest free".
     *
     * @param size the number of positions
     * @param free the number of free positions
     * @return the held positions
     */
    public static BitSet steady(int size, int free) {
        BitSet held = new BitSet(size);
        held.set(0, size - free);
        return held;
    }

    /**
     * Random held positions of {@link #steady}. Each of them becomes the lowest free one when it is
     * returned.
     *
     * @param size the number of positions
     * @param free the number of free positions
     * @param seed the seed of the choice
     * @return a power of two of positions
     */
    public static int[] victims(int size, int free, long seed) {
        return new SplittableRandom(seed).ints(VICTIMS, 0, size - free).toArray();
    }
}
