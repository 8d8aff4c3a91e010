package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * A set of positions 0..last, each clear or set, where a position is an unsigned 128-bit number
 * {@code (high, low)}.
 *
 * <p>The two forms have equal results and differ in cost. {@link DenseBitmap} has one bit for every
 * position; the cost of {@link SparseBitmap} depends only on the set positions. Only {@link
 * #covering} chooses between them.
 *
 * <p>Counts of positions are unsigned 128-bit numbers, too, and wrap at 2^128. Only a bitmap of
 * exactly 2^128 positions can reach that number; {@link #isEmpty} and {@link #isFull} distinguish
 * its two meanings of 0.
 *
 * <p>Errors: a position beyond the last one is a caller's bug and throws IndexOutOfBoundsException,
 * except as the start of a search, which then finds nothing.
 *
 * <p>Cost: get, set, clear, nextClear and the counts allocate no object once a bitmap has grown to
 * its contents.
 *
 * <p>Thread safety: none; the owner of a bitmap holds a lock.
 */
public sealed interface Bitmap permits DenseBitmap, SparseBitmap {
    /** The maximum number of positions in the dense form: 2^24, which need 2.1 MB. */
    long DENSE_POSITIONS = 1L << 24;

    /**
     * Creates a bitmap with every position clear.
     *
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position
     * @return the dense form up to {@link #DENSE_POSITIONS} positions, the sparse form beyond
     */
    static Bitmap covering(long lastHigh, long lastLow) {
        boolean few = lastHigh == 0 && Long.compareUnsigned(lastLow, DENSE_POSITIONS) < 0;
        return few ? new DenseBitmap((int) lastLow + 1) : new SparseBitmap(lastHigh, lastLow);
    }

    /**
     * Creates a bitmap without positions.
     *
     * @return a bitmap that is both empty and full
     */
    static Bitmap ofNothing() {
        return new DenseBitmap(0);
    }

    /**
     * Reads one position.
     *
     * @param high upper 64 bits
     * @param low lower 64 bits
     * @return whether it is set
     */
    boolean get(long high, long low);

    /**
     * Sets one position.
     *
     * @param high upper 64 bits
     * @param low lower 64 bits
     * @return whether it was clear, so that this call changed it
     */
    boolean set(long high, long low);

    /**
     * Clears one position.
     *
     * @param high upper 64 bits
     * @param low lower 64 bits
     * @return whether it was set, so that this call changed it
     */
    boolean clear(long high, long low);

    /**
     * Sets a run of positions if all of them are clear.
     *
     * @param firstHigh upper 64 bits of the first position
     * @param firstLow lower 64 bits of the first position
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position, not before the first
     * @return whether all were clear and are now set; otherwise nothing has changed
     */
    boolean setRun(long firstHigh, long firstLow, long lastHigh, long lastLow);

    /**
     * Clears a run of positions if all of them are set.
     *
     * @param firstHigh upper 64 bits of the first position
     * @param firstLow lower 64 bits of the first position
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position, not before the first
     * @return whether all were set and are now clear; otherwise nothing has changed
     */
    boolean clearRun(long firstHigh, long firstLow, long lastHigh, long lastLow);

    /**
     * Finds the lowest clear position at or after a start.
     *
     * @param fromHigh upper 64 bits of the start
     * @param fromLow lower 64 bits of the start
     * @param out receives the position; unchanged if there is none
     * @return whether there is one
     */
    boolean nextClear(long fromHigh, long fromLow, Position out);

    /**
     * Sets the lowest clear position: {@link #nextClear} from 0 and {@link #set} in one.
     *
     * @param out receives the position; unchanged if there is none
     * @return whether there is one
     */
    boolean setLowestClear(Position out);

    /**
     * Whether a run of positions is clear.
     *
     * @param firstHigh upper 64 bits of the first position
     * @param firstLow lower 64 bits of the first position
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position, not before the first
     * @return whether none of them is set
     */
    boolean isClear(long firstHigh, long firstLow, long lastHigh, long lastLow);

    /**
     * Finds the first clear block of 2^bits positions. Blocks begin at {@code from} and every
     * 2^bits positions after it, and end at or before {@code to}.
     *
     * @param fromHigh upper 64 bits of the first position of the first block
     * @param fromLow lower 64 bits of the first position of the first block
     * @param bits the length of a block, as a power of two: 0 to 128
     * @param toHigh upper 64 bits of the last position that a block may have
     * @param toLow lower 64 bits of the last position that a block may have
     * @param out receives the first position of the block; unchanged if there is none
     * @return whether there is one
     */
    boolean nextClearBlock(long fromHigh, long fromLow, int bits, long toHigh, long toLow, Position out);

    /**
     * Lists the runs of set positions from a start. A run that begins before the start is cut
     * there.
     *
     * @param fromHigh upper 64 bits of the start
     * @param fromLow lower 64 bits of the start
     * @return the runs, positioned before the first one
     */
    SetRuns runs(long fromHigh, long fromLow);

    /**
     * Counts the set positions.
     *
     * @param out receives the number, modulo 2^128
     */
    void cardinality(Position out);

    /**
     * Whether no position is set.
     *
     * @return also true for a bitmap without positions
     */
    boolean isEmpty();

    /**
     * Whether every position is set.
     *
     * @return also true for a bitmap without positions
     */
    boolean isFull();

    /**
     * Finds a uniformly distributed clear position, if the random bits are uniform.
     *
     * @param random the seed of the draws
     * @param out receives the position; unchanged if there is none
     * @return whether there is one
     */
    boolean randomClear(long random, Position out);

    /**
     * Copies the bitmap.
     *
     * @return an independent bitmap with the same contents
     */
    Bitmap copy();

    /**
     * Checks every named invariant of the form.
     *
     * @throws IllegalStateException naming the invariant and both values if one is broken
     */
    void verify();
}
