package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/** Finds a clear block by visiting the runs of set positions. */
final class BlockSearch {
    private BlockSearch() {}

    /**
     * Finds the first clear block, as specified by {@link Bitmap#nextClearBlock}.
     *
     * @param runs the runs, from {@code from}
     */
    static boolean find(SetRuns runs, long fromHigh, long fromLow, int bits, long toHigh, long toLow, Position out) {
        long lessHigh = Uint128.onesHigh(bits);
        long lessLow = Uint128.onesLow(bits);
        long high = fromHigh;
        long low = fromLow;
        Position first = new Position();
        Position last = new Position();
        while (fits(high, low, lessHigh, lessLow, toHigh, toLow)) {
            long endHigh = Uint128.addHigh(high, low, lessHigh, lessLow);
            long endLow = low + lessLow;
            if (!runs.next(first, last) || Uint128.isLess(endHigh, endLow, first.high(), first.low())) {
                out.set(high, low);
                return true;
            }
            if (Uint128.isLess(last.high(), last.low(), high, low)) {
                continue; // Ends before the block after an earlier run.
            }
            long spanHigh = Uint128.subtractHigh(last.high(), last.low(), fromHigh, fromLow) | lessHigh;
            long spanLow = last.low() - fromLow | lessLow;
            last.set(fromHigh, fromLow);
            last.add(spanHigh, spanLow);
            if (Uint128.isLess(last.high(), last.low(), fromHigh, fromLow) || (last.high() & last.low()) == -1) {
                return false; // The next block would begin at 2^128.
            }
            last.add(0, 1);
            high = last.high();
            low = last.low();
        }
        return false;
    }

    private static boolean fits(long high, long low, long lessHigh, long lessLow, long toHigh, long toLow) {
        return !Uint128.isLess(toHigh, toLow, high, low)
                && !Uint128.isLess(Uint128.subtractHigh(toHigh, toLow, high, low), toLow - low, lessHigh, lessLow);
    }
}
