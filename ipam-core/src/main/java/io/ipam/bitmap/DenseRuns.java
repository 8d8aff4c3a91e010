package io.ipam.bitmap;

import io.ipam.number.Position;

/**
 * The runs of a {@link DenseBitmap}.
 *
 * <p>Cost: creation reads nothing. All steps together read the bitmap once and skip blocks without
 * a set position.
 */
final class DenseRuns implements SetRuns {
    private final DenseLevels levels;
    private int at;

    DenseRuns(DenseLevels levels, int from) {
        this.levels = levels;
        at = from;
    }

    @Override
    public boolean next(Position first, Position last) {
        int from = at < levels.size() ? DenseSearch.firstSet(levels, at) : -1;
        if (from < 0) {
            at = levels.size();
            return false;
        }
        int end = DenseSearch.firstClear(levels, from);
        at = end < 0 ? levels.size() : end;
        first.set(0, from);
        last.set(0, at - 1);
        return true;
    }
}
