package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * The runs of set positions of a {@link Bitmap} in ascending order, each as long as it can be.
 *
 * <p>It reads the bitmap as it goes on: a change of the bitmap ends its use.
 *
 * <p>Thread safety: none.
 */
public interface SetRuns {
    /**
     * Goes to the next run.
     *
     * @param first receives the first position of the run; untouched when there is none
     * @param last receives the last position of the run; untouched when there is none
     * @return whether there is one
     */
    boolean next(Position first, Position last);
}
