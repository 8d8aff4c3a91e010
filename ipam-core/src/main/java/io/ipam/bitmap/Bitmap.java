package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * A set of positions 0..last, each clear or set, where a position is an unsigned 128-bit number
 * {@code (high, low)}.
 *
 * <p>The two forms answer alike and differ in cost: {@link DenseBitmap} keeps one bit for every
 * position, {@link SparseBitmap} pays only for what is set. {@link #covering} is the one place that
 * chooses.
 *
 * <p>Counts of positions are unsigned 128-bit numbers as well and wrap at 2^128: only a bitmap of
 * exactly 2^128 positions can hold that many, and {@link #isEmpty} and {@link #isFull} distinguish
 * its two readings of 0.
 *
 * <p>Errors: a position beyond the last one is a caller's bug and throws IndexOutOfBoundsException,
 * except as the start of a search, where it means that nothing is found.
 *
 * <p>Cost: get, set, clear, nextClear and the counts make no object once a bitmap has grown to what
 * it holds.
 *
 * <p>Thread safety: none; the owner of a bitmap holds a lock.
 */
public sealed interface Bitmap permits DenseBitmap, SparseBitmap {
    /** The most positions that are kept in the dense form: 2^24, 2.1 MB. */
    long DENSE_POSITIONS = 1L << 24;

    /**
     * Makes a bitmap with every position clear.
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
     * Makes a bitmap without positions.
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
     * Sets a run of positions that are all clear, or nothing.
     *
     * @param firstHigh upper 64 bits of the first position
     * @param firstLow lower 64 bits of the first position
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position, not before the first
     * @return whether all were clear, so that all are set now; else nothing has changed
     */
    boolean setRun(long firstHigh, long firstLow, long lastHigh, long lastLow);

    /**
     * Clears a run of positions that are all set, or nothing.
     *
     * @param firstHigh upper 64 bits of the first position
     * @param firstLow lower 64 bits of the first position
     * @param lastHigh upper 64 bits of the last position
     * @param lastLow lower 64 bits of the last position, not before the first
     * @return whether all were set, so that all are clear now; else nothing has changed
     */
    boolean clearRun(long firstHigh, long firstLow, long lastHigh, long lastLow);

    /**
     * Finds the lowest clear position at or after a start.
     *
     * @param fromHigh upper 64 bits of the start
     * @param fromLow lower 64 bits of the start
     * @param out receives the answer; untouched when there is none
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
     * Finds the first clear block of 2^bits positions, of the blocks that begin at {@code from} and
     * every 2^bits positions after it and end at or before {@code to}.
     *
     * @param fromHigh upper 64 bits of where the first block begins
     * @param fromLow lower 64 bits of where the first block begins
     * @param bits the length of a block, as a power of two: 0 to 128
     * @param toHigh upper 64 bits of the last position a block may have
     * @param toLow lower 64 bits of the last position a block may have
     * @param out receives the first position of the block; untouched when there is none
     * @return whether there is one
     */
    boolean nextClearBlock(long fromHigh, long fromLow, int bits, long toHigh, long toLow, Position out);

    /**
     * Lists the runs of set positions from a start on; one that began earlier is cut to begin
     * there.
     *
     * @param fromHigh upper 64 bits of the start
     * @param fromLow lower 64 bits of the start
     * @return the runs, before the first
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
     * @return true as well for a bitmap without positions
     */
    boolean isEmpty();

    /**
     * Whether every position is set.
     *
     * @return true as well for a bitmap without positions
     */
    boolean isFull();

    /**
     * Finds a clear position, each as likely as any other when the bits are random.
     *
     * @param random seeds the draws
     * @param out receives the answer; untouched when there is none
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
     * @throws IllegalStateException naming the invariant and both values when one is broken
     */
    void verify();
}
