package io.ipam.bitmap;

import io.ipam.number.Hashes;

/** Operations of both forms on single positions and single words. */
final class Positions {
    private static final long LOWER_HALF = 0xFFFFFFFFL;

    private Positions() {}

    static IndexOutOfBoundsException outOfBounds(long high, long low) {
        return new IndexOutOfBoundsException("position 0x%x%016x is beyond the last one".formatted(high, low));
    }

    /**
     * The index of the 1-bit of a word that has exactly {@code rank} 1-bits below it.
     *
     * @param word the word, with more than rank 1-bits
     * @param rank 0..63
     */
    static int select(long word, int rank) {
        long rest = word;
        for (int i = 0; i < rank; i++) {
            rest &= rest - 1;
        }
        return Long.numberOfTrailingZeros(rest);
    }

    /**
     * A uniformly distributed number in 0..n-1, if the random bits are uniform.
     *
     * <p>Source: Lemire, Fast random integer generation in an interval (2019). The result is the
     * upper half of a product with n. It is drawn again if the lower half would favour some
     * numbers.
     */
    static int below(int n, long random) {
        long state = random;
        long product = (Hashes.mix(state) >>> 32) * n;
        if ((product & LOWER_HALF) < n) {
            long unfair = (1L << 32) % n;
            while ((product & LOWER_HALF) < unfair) {
                state += Hashes.GOLDEN;
                product = (Hashes.mix(state) >>> 32) * n;
            }
        }
        return (int) (product >>> 32);
    }
}
