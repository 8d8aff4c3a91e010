package io.ipam.allocation.state;

/**
 * What may be in a set of hashes: a Bloom filter with two bits for each. It never passes over a hash that was added; of 20 that were
 * not, it passes over 19 when it holds as many as it was made for.
 *
 * <p>Cost: 1 B for each hash it is made for. Thread safety: none.
 */
final class Sieve {
    private static final int BITS_PER_HASH = 8;
    /** Where the second hash is in the bits of the first. */
    private static final int SECOND = 32;

    private final long[] words;

    /**
     * An empty one.
     *
     * @param capacity how many hashes it is made for, a power of two from 8 on
     */
    Sieve(int capacity) {
        words = new long[capacity * BITS_PER_HASH / Long.SIZE];
    }

    void add(long hash) {
        mark(hash);
        mark(hash >>> SECOND);
    }

    /** False when the hash was not added. */
    boolean mayHold(long hash) {
        return isMarked(hash) && isMarked(hash >>> SECOND);
    }

    private void mark(long hash) {
        words[wordOf(hash)] |= 1L << hash;
    }

    private boolean isMarked(long hash) {
        return (words[wordOf(hash)] >>> hash & 1) != 0;
    }

    /** The low 6 bits of a hash tell the bit, as those of a shift do; the next ones the word. */
    private int wordOf(long hash) {
        return (int) (hash >>> 6) & (words.length - 1);
    }
}
