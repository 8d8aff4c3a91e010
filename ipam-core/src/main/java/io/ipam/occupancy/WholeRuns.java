package io.ipam.occupancy;

import io.ipam.bitmap.Bitmap;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;
import java.util.ArrayList;
import java.util.List;

/** Changes to all positions of a run, whether they are set or clear. Thread safety: no state. */
final class WholeRuns {
    private WholeRuns() {}

    /**
     * Clears all positions from..to.
     *
     * <p>Cost: that of listing the runs of the bitmap, and an object per run within from..to.
     */
    static void clear(Bitmap bitmap, Position from, Position to) {
        for (long[] run : runs(bitmap.runs(from.high(), from.low()), to)) {
            bitmap.clearRun(run[0], run[1], run[2], run[3]);
        }
    }

    /**
     * The runs up to the position {@code to}, each as {first high, first low, last high, last low}.
     */
    private static List<long[]> runs(SetRuns runs, Position to) {
        List<long[]> listed = new ArrayList<>();
        Position first = new Position();
        Position last = new Position();
        while (runs.next(first, last) && !Uint128.isLess(to.high(), to.low(), first.high(), first.low())) {
            boolean isLonger = Uint128.isLess(to.high(), to.low(), last.high(), last.low());
            Position end = isLonger ? to : last;
            listed.add(new long[] {first.high(), first.low(), end.high(), end.low()});
        }
        return listed;
    }
}
