package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/** Checks the invariants of a {@link SparseBitmap} by name. */
final class SparseCheck {
    private final SparseLevels levels;
    private final long lastHigh;
    private final long lastLow;
    private final Position total = new Position();

    private SparseCheck(SparseLevels levels, long lastHigh, long lastLow) {
        this.levels = levels;
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
    }

    static void verify(SparseLevels levels, long lastHigh, long lastLow, long setHigh, long setLow) {
        SparseCheck check = new SparseCheck(levels, lastHigh, lastLow);
        check.singles();
        for (int level = 0; level < levels.count(); level++) {
            WordTable table = levels.table(level);
            table.verify();
            for (int i = 0; i < table.end(); i += table.step()) {
                if (table.word(i) != 0) {
                    check.isNotSingle(level, table.keyHigh(i), table.keyLow(i), table.word(i));
                    check.word(level, table.keyHigh(i), table.keyLow(i), table.word(i));
                }
            }
        }
        Invariant.check("cardinality", setHigh, check.total.high());
        Invariant.check("cardinality", setLow, check.total.low());
    }

    private void singles() {
        SingleBitTable singles = levels.singles();
        singles.verify();
        for (int i = 0; i < singles.end(); i += singles.step()) {
            if (singles.isTaken(i)) {
                long keyHigh = singles.high(i) >>> 6;
                long keyLow = singles.high(i) << 58 | singles.low(i) >>> 6;
                Invariant.check("single bits apart", levels.table(0).get(keyHigh, keyLow), 0);
                word(0, keyHigh, keyLow, singles.bit(i));
            }
        }
    }

    private void isNotSingle(int level, long keyHigh, long keyLow, long word) {
        boolean taken = levels.singles().takes(keyHigh << 6 | keyLow >>> 58, keyLow << 6);
        Invariant.check("single bits apart", level == 0 && Long.bitCount(word) == 1 && taken ? 1 : 0, 0);
    }

    private void word(int level, long keyHigh, long keyLow, long word) {
        if (level < levels.count() - 1) {
            Invariant.check("full words go up", word == -1 ? 1 : 0, 0);
        }
        int shift = 6 * level;
        long childHigh = keyHigh << 6 | keyLow >>> 58;
        long childLow = keyLow << 6;
        covered(level, keyHigh, keyLow);
        int child = 63 - Long.numberOfLeadingZeros(word); // The last one must end at or before the last position.
        long endHigh = Uint128.shiftLeftHigh(childHigh, childLow | child, shift) | Uint128.onesHigh(shift);
        long endLow = Uint128.shiftLeftLow(childLow | child, shift) | Uint128.onesLow(shift);
        Invariant.check("ghost bits", Uint128.isLess(lastHigh, lastLow, endHigh, endLow) ? 1 : 0, 0);
        long n = Long.bitCount(word);
        total.add(Uint128.shiftLeftHigh(0, n, shift), Uint128.shiftLeftLow(n, shift));
    }

    private void covered(int level, long keyHigh, long keyLow) {
        long high = keyHigh;
        long low = keyLow;
        for (int above = level + 1; above < levels.count(); above++) {
            long bit = 1L << low;
            low = high << 58 | low >>> 6;
            high >>>= 6;
            Invariant.check("nothing under a full bit", levels.table(above).get(high, low) & bit, 0);
        }
    }
}
