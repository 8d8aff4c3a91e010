package io.ipam.bitmap;

import io.ipam.number.Uint128;
import java.util.Arrays;

/**
 * The words of a {@link SparseBitmap}, whose class comment tells the layout and the invariants.
 *
 * <p>A word on level L is named by its key; its bit b stands for the child {@code 64 key + b}: on level 0 a position, above that
 * the word of that key on the level below.
 *
 * <p>Thread safety: as {@link SparseBitmap}.
 */
final class SparseLevels {
    private static final WordTable[] NO_TABLES = {};

    private final long lastHigh;
    private final long lastLow;
    /** How many levels there can be. */
    private final int count;
    /** Level 0. */
    private final WordTable leaves;
    /** The other levels, as far as words have been needed; {@link WordTable#NONE} at 0 and where none has been yet. */
    private WordTable[] tables = NO_TABLES;
    /** The highest level that has a word, or 0. */
    private int highest;

    SparseLevels(long lastHigh, long lastLow) {
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
        int bits = Uint128.BITS
                - (lastHigh == 0 ? 64 + Long.numberOfLeadingZeros(lastLow) : Long.numberOfLeadingZeros(lastHigh));
        count = Math.max(1, (bits + 5) / 6);
        leaves = new WordTable(isWide(0));
    }

    SparseLevels(SparseLevels source) {
        lastHigh = source.lastHigh;
        lastLow = source.lastLow;
        count = source.count;
        highest = source.highest;
        tables = source.tables.clone();
        for (int i = 0; i < tables.length; i++) {
            tables[i] = tables[i] == WordTable.NONE ? tables[i] : new WordTable(tables[i]);
        }
        leaves = new WordTable(source.leaves);
    }

    /** How many levels there can be. */
    int count() {
        return count;
    }

    WordTable table(int level) {
        if (level == 0) {
            return leaves;
        }
        return level < tables.length ? tables[level] : WordTable.NONE;
    }

    WordTable leaves() {
        return leaves;
    }

    /** The number of words on all levels. */
    long words() {
        long n = 0;
        for (int i = 0; i <= highest; i++) {
            n += table(i).count();
        }
        return n;
    }

    /** The level on which a bit says that all under a word of level 0 is set; 0 for none. */
    int coverLevel(long keyHigh, long keyLow) {
        long high = keyHigh;
        long low = keyLow;
        for (int level = 1; level <= highest; level++) {
            long bit = 1L << low;
            low = high << 58 | low >>> 6;
            high >>>= 6;
            if ((tables[level].get(high, low) & bit) != 0) {
                return level;
            }
        }
        return 0;
    }

    /** The level on which a bit says that a position is set; -1 when the position is clear. A word of level 0 always has the say. */
    int levelOf(long high, long low) {
        long keyHigh = high >>> 6;
        long keyLow = high << 58 | low >>> 6;
        if (leaves.find(keyHigh, keyLow) >= 0) {
            return 0;
        }
        int level = coverLevel(keyHigh, keyLow);
        return level == 0 ? -1 : level;
    }

    /** Sets children of one word under which all is clear; a word that becomes full becomes a bit on the level above. */
    void turnOn(int level, long keyHigh, long keyLow, long children) {
        WordTable table = table(level);
        int slot = table.find(keyHigh, keyLow);
        long word = children | (slot < 0 ? 0 : table.word(slot));
        if (word == -1 && level < count - 1) {
            if (slot >= 0) {
                remove(level, slot);
            }
            turnOn(level + 1, keyHigh >>> 6, keyHigh << 58 | keyLow >>> 6, 1L << keyLow);
        } else if (slot >= 0) {
            table.setWord(slot, word);
        } else {
            insert(level, slot, keyHigh, keyLow, word);
        }
    }

    /** Clears children of one word under which all is set; a bit above that stood for the word becomes words again. */
    void turnOff(int level, long keyHigh, long keyLow, long children) {
        WordTable table = table(level);
        int slot = table.find(keyHigh, keyLow);
        if (slot < 0) {
            turnOff(level + 1, keyHigh >>> 6, keyHigh << 58 | keyLow >>> 6, 1L << keyLow);
            if (children != -1) {
                insert(level, slot, keyHigh, keyLow, ~children);
            }
        } else if (table.word(slot) == children) {
            remove(level, slot);
        } else {
            table.setWord(slot, table.word(slot) & ~children);
        }
    }

    private void insert(int level, int slot, long keyHigh, long keyLow, long word) {
        if (table(level) == WordTable.NONE) {
            make(level);
        }
        table(level).insert(~slot, keyHigh, keyLow, word); // Slot 0 in a new table as in NONE.
        highest = Math.max(highest, level);
    }

    private void make(int level) {
        int made = tables.length;
        if (level >= made) {
            tables = Arrays.copyOf(tables, level + 1);
            Arrays.fill(tables, made, level, WordTable.NONE);
        }
        tables[level] = new WordTable(isWide(level));
    }

    /** Whether keys of a level need more than 64 bits. */
    private boolean isWide(int level) {
        return Uint128.shiftRightHigh(lastHigh, Math.min(Uint128.BITS, 6 * level + 6)) != 0;
    }

    void remove(int level, int slot) {
        table(level).remove(slot);
        while (highest > 0 && tables[highest].count() == 0) {
            highest--;
        }
    }

    /** Turns the positions first..last, all clear or all set until now, at a cost of two words a level. */
    void turnRun(boolean on, long firstHigh, long firstLow, long lastHigh, long lastLow) {
        long aHigh = firstHigh;
        long aLow = firstLow;
        long bHigh = lastHigh;
        long bLow = lastLow;
        for (int level = 0; ; level++) {
            long head = -1L << aLow;
            long tail = -1L >>> (63 - bLow);
            aLow = aHigh << 58 | aLow >>> 6;
            aHigh >>>= 6;
            bLow = bHigh << 58 | bLow >>> 6;
            bHigh >>>= 6;
            if (aLow == bLow && aHigh == bHigh) {
                turn(on, level, aHigh, aLow, head & tail);
                return;
            }
            if (head != -1) {
                turn(on, level, aHigh, aLow, head);
                aHigh = Uint128.incrementHigh(aHigh, aLow++);
            }
            if (tail != -1) {
                turn(on, level, bHigh, bLow, tail);
                bHigh = Uint128.decrementHigh(bHigh, bLow--);
            }
            if (Uint128.isLess(bHigh, bLow, aHigh, aLow)) {
                return;
            }
        }
    }

    private void turn(boolean on, int level, long keyHigh, long keyLow, long children) {
        if (on) {
            turnOn(level, keyHigh, keyLow, children);
        } else {
            turnOff(level, keyHigh, keyLow, children);
        }
    }
}
