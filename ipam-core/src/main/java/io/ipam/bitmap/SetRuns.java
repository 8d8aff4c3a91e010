package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * The maximal runs of set positions of a {@link Bitmap} in ascending order.
 *
 * <p>It reads the bitmap step by step: a change of the bitmap invalidates it.
 *
 * <p>Thread safety: none.
 */
public interface SetRuns {
    /**
     * Moves to the next run.
     *
     * @param first receives the first position of the run; unchanged if there is none
     * @param last receives the last position of the run; unchanged if there is none
     * @return whether there is one
     */
    boolean next(Position first, Position last);
}
