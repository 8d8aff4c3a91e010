package io.ipam.bitmap;

/** What the forms share about single positions and single words. */
final class Positions {
    private Positions() {}

    static IndexOutOfBoundsException outOfBounds(long high, long low) {
        return new IndexOutOfBoundsException("position 0x%x%016x is beyond the last one".formatted(high, low));
    }

    /**
     * The index of the 1-bit of a word that has exactly {@code rank} 1-bits below it.
     *
     * <p>Halves the word six times by the number of 1-bits in its lower part; without a table or a loop over bits.
     *
     * @param word has more than rank 1-bits
     * @param rank 0..63
     */
    static int select(long word, int rank) {
        long rest = word;
        int below = rank;
        int index = 0;
        for (int width = 32; width != 0; width >>>= 1) {
            int n = Long.bitCount(rest & ((1L << width) - 1));
            if (below >= n) {
                below -= n;
                rest >>>= width;
                index += width;
            }
        }
        return index;
    }
}
