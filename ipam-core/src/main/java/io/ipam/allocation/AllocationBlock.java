package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;

/**
 * What is allocated in an aligned run of 256 units (of 256 addresses, in a {@link RangeAllocator} of single addresses): the unit
 * of exchange with a store. It is named by its first address and means the same to an allocator of any set.
 *
 * <p>Unit i of the run is bit {@code i & 63} of word {@code i >>> 6}. Thread safety: immutable.
 *
 * @param first the first address of the run; its offset in units is a multiple of 256
 * @param unitLength the prefix length of a unit: 32 or 128 for single addresses
 * @param version grows with each change of the block, and may grow without one; equal versions of one allocator mean equal
 *     contents
 * @param word0 units 0 to 63
 * @param word1 units 64 to 127
 * @param word2 units 128 to 191
 * @param word3 units 192 to 255
 */
public record AllocationBlock(
        Address first, int unitLength, long version, long word0, long word1, long word2, long word3) {
    /** The number of units in a block. */
    public static final int UNITS = 256;

    /**
     * Checks that nothing is missing; whether it fits an allocator is checked by {@link AllocatorState#importBlocks}.
     *
     * @param first the first address of the run
     * @param unitLength the prefix length of a unit
     * @param version the version
     * @param word0 units 0 to 63
     * @param word1 units 64 to 127
     * @param word2 units 128 to 191
     * @param word3 units 192 to 255
     */
    public AllocationBlock {
        requireNonNull(first, "first");
    }

    /**
     * {@return 64 units as bits}
     *
     * @param index 0 to 3
     */
    public long word(int index) {
        return switch (index) {
            case 0 -> word0;
            case 1 -> word1;
            case 2 -> word2;
            case 3 -> word3;
            default -> throw new IndexOutOfBoundsException("word " + index + " of 4");
        };
    }

    /**
     * {@return whether a unit is allocated}
     *
     * @param unit its place in the run, 0 to 255
     */
    public boolean isAllocated(int unit) {
        return (word(unit >> 6) & 1L << unit) != 0;
    }

    /** {@return how many units are allocated, 0 to 256} */
    public int allocated() {
        return Long.bitCount(word0) + Long.bitCount(word1) + Long.bitCount(word2) + Long.bitCount(word3);
    }
}
