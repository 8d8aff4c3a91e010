package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * The runs of a {@link SparseBitmap}: its words, sorted by the first position that they represent.
 *
 * <p>Layout: records of three longs {high, low, content} that name a first position. The lowest six
 * bits of {@code low}, which are 0 in the position, hold the level. On level 0 content is the word;
 * above, it is the number of full children in a row.
 *
 * <p>Cost: creation sorts all words in O(n log n) and needs 48 bytes per word; a step is O(1).
 */
final class SparseRuns implements SetRuns {
    private final long fromHigh;
    private final long fromLow;
    private long[] records;
    private int end;
    private int at;
    /** The unread part of the word of level 0 before {@code at}. */
    private long word;

    private final Position first = new Position();
    private final Position last = new Position();
    private boolean isAhead;

    SparseRuns(SparseLevels levels, long fromHigh, long fromLow) {
        this.fromHigh = fromHigh;
        this.fromLow = fromLow;
        records = new long
                [3 * Math.max(4, levels.singles().count() + levels.table(0).count())];
        addSingle(levels.singles());
        for (int level = 0; level < levels.count(); level++) {
            WordTable table = levels.table(level);
            for (int i = 0; i < table.end(); i += table.step()) {
                if (table.word(i) != 0) {
                    add(level, table.keyHigh(i), table.keyLow(i), table.word(i));
                }
            }
        }
        records = RecordSort.sort(records, end);
        isAhead = step();
    }

    private void addSingle(SingleBitTable singles) {
        for (int i = 0; i < singles.end(); i += singles.step()) {
            if (singles.isTaken(i)) {
                addRecord(singles.high(i), singles.low(i) & -1L << 6, singles.bit(i));
            }
        }
    }

    private void add(int level, long keyHigh, long keyLow, long children) {
        long firstHigh = keyHigh << 6 | keyLow >>> 58;
        long firstLow = keyLow << 6;
        if (level == 0) {
            addRecord(firstHigh, firstLow, children);
            return;
        }
        int shift = 6 * level;
        for (long rest = children; rest != 0; ) {
            int child = Long.numberOfTrailingZeros(rest);
            int n = Long.numberOfTrailingZeros(~(rest >>> child));
            rest &= n == 64 ? 0 : ~(((1L << n) - 1) << child);
            addRecord(
                    Uint128.shiftLeftHigh(firstHigh, firstLow | child, shift),
                    Uint128.shiftLeftLow(firstLow | child, shift) | level,
                    n);
        }
    }

    private void addRecord(long high, long low, long content) {
        if (end == records.length) {
            records = java.util.Arrays.copyOf(records, 2 * end);
        }
        records[end] = high;
        records[end + 1] = low;
        records[end + 2] = content;
        end += 3;
    }

    @Override
    public boolean next(Position outFirst, Position outLast) {
        while (isAhead) {
            long high = first.high();
            long low = first.low();
            long endHigh = last.high();
            long endLow = last.low();
            isAhead = step();
            while (isAhead && first.low() == endLow + 1 && first.high() == Uint128.incrementHigh(endHigh, endLow)) {
                endHigh = last.high();
                endLow = last.low();
                isAhead = step();
            }
            if (!Uint128.isLess(endHigh, endLow, fromHigh, fromLow)) {
                boolean clipped = Uint128.isLess(high, low, fromHigh, fromLow);
                outFirst.set(clipped ? fromHigh : high, clipped ? fromLow : low);
                outLast.set(endHigh, endLow);
                return true;
            }
        }
        return false;
    }

    /** Moves to the next piece: a run within one word, or consecutive full children. */
    private boolean step() {
        if (word == 0) {
            if (at == end) {
                return false;
            }
            int level = (int) records[at + 1] & 63;
            if (level != 0) {
                fullChildren(level);
                return true;
            }
            word = records[at + 2];
            at += 3;
        }
        int from = Long.numberOfTrailingZeros(word);
        int n = Long.numberOfTrailingZeros(~(word >>> from));
        word = from + n == 64 || n == 64 ? 0 : word & -1L << (from + n);
        first.set(records[at - 3], records[at - 2] | from);
        last.set(records[at - 3], records[at - 2] | (Math.min(64, from + n) - 1));
        return true;
    }

    private void fullChildren(int level) {
        long high = records[at];
        long low = records[at + 1] & -1L << 6;
        first.set(high, low);
        last.set(high, low);
        long n = records[at + 2];
        last.add(Uint128.shiftLeftHigh(0, n, 6 * level), Uint128.shiftLeftLow(n, 6 * level));
        last.subtract(0, 1);
        at += 3;
    }
}
