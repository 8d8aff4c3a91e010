package io.ipam.benchmarks.peers;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** States that all peers are given, and who they are. Thread safety: none needed; no state. */
public final class Peers {
    private static final int VICTIMS = 1 << 16;

    private Peers() {}

    /** {@return one of each kind that hands out the lowest free position, ours first} */
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
     * @param size number of positions
     * @param free how many are free
     * @param seed of the places
     * @return the held ones
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
     * Free positions at the end, where long use of "the lowest free" brings them.
     *
     * @param size number of positions
     * @param free how many are free
     * @return the held ones
     */
    public static BitSet steady(int size, int free) {
        BitSet held = new BitSet(size);
        held.set(0, size - free);
        return held;
    }

    /**
     * Held positions of {@link #steady}, at random, each of them the lowest free one as soon as it
     * is returned.
     *
     * @param size number of positions
     * @param free how many are free
     * @param seed of the choice
     * @return a power of two of positions
     */
    public static int[] victims(int size, int free, long seed) {
        return new SplittableRandom(seed).ints(VICTIMS, 0, size - free).toArray();
    }
}
