package io.ipam.bitmap;

import io.ipam.number.Uint128;
import java.util.Arrays;

/**
 * The words of a {@link SparseBitmap}, whose class comment specifies the layout and the invariants.
 *
 * <p>A word on level L is identified by its key. Its bit b represents the child {@code 64 key + b}:
 * on level 0 a position, above that the word with that key on the level below.
 *
 * <p>Thread safety: that of {@link SparseBitmap}.
 */
final class SparseLevels {
    private static final WordTable[] NO_TABLES = {};

    private final long lastHigh;
    private final long lastLow;
    /** The maximum number of levels. */
    private final int count;
    /** The words of level 0 with one bit. */
    private SingleBitTable singles;
    /** The other words of level 0; {@link WordTable#NONE} until one is needed. */
    private WordTable leaves = WordTable.NONE;
    /**
     * The other levels, created when they need a word; {@link WordTable#NONE} at 0 and at unused
     * levels.
     */
    private WordTable[] tables = NO_TABLES;
    /** The highest level that has a word, or 0. */
    private int highest;

    SparseLevels(long lastHigh, long lastLow) {
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
        int bits = Uint128.BITS
                - (lastHigh == 0 ? 64 + Long.numberOfLeadingZeros(lastLow) : Long.numberOfLeadingZeros(lastHigh));
        count = Math.max(1, (bits + 5) / 6);
        singles = SingleBitTable.none(lastHigh != 0);
    }

    SparseLevels(SparseLevels source) {
        lastHigh = source.lastHigh;
        lastLow = source.lastLow;
        count = source.count;
        highest = source.highest;
        tables = source.tables.clone();
        for (int i = 0; i < tables.length; i++) {
            tables[i] = copy(tables[i]);
        }
        leaves = copy(source.leaves);
        singles = source.singles.copy();
    }

    private static WordTable copy(WordTable table) {
        return table == WordTable.NONE ? table : new WordTable(table);
    }

    /** The maximum number of levels. */
    int count() {
        return count;
    }

    SingleBitTable singles() {
        return singles;
    }

    /** The words of a level; on level 0 those that {@link #singles} does not contain. */
    WordTable table(int level) {
        if (level == 0) {
            return leaves;
        }
        return level < tables.length ? tables[level] : WordTable.NONE;
    }

    /** The number of words on all levels. */
    long words() {
        long n = singles.count();
        for (int i = 0; i <= highest; i++) {
            n += table(i).count();
        }
        return n;
    }

    /** A word of level 0; 0 if there is none. */
    long leaf(long keyHigh, long keyLow) {
        long word = leaves.get(keyHigh, keyLow);
        if (word != 0) {
            return word;
        }
        int slot = singles.find(keyHigh << 6 | keyLow >>> 58, keyLow << 6);
        return slot < 0 ? 0 : singles.bit(slot);
    }

    /** A word of any level; 0 if there is none. */
    long word(int level, long keyHigh, long keyLow) {
        return level == 0 ? leaf(keyHigh, keyLow) : table(level).get(keyHigh, keyLow);
    }

    /** The level of the bit that marks a whole word of level 0 as set; 0 if there is none. */
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

    /**
     * The level of the word that decides on a position: 0 if level 0 has it, otherwise that of a
     * set bit above. It is -1 if there is none; the position is then clear.
     */
    int levelOf(long high, long low) {
        long keyHigh = high >>> 6;
        long keyLow = high << 58 | low >>> 6;
        if (leaf(keyHigh, keyLow) != 0) {
            return 0;
        }
        int level = coverLevel(keyHigh, keyLow);
        return level == 0 ? -1 : level;
    }

    /** Whether a position is set. */
    boolean get(long high, long low) {
        long keyHigh = high >>> 6;
        long keyLow = high << 58 | low >>> 6;
        long word = leaf(keyHigh, keyLow);
        return word == 0 ? coverLevel(keyHigh, keyLow) != 0 : (word & 1L << low) != 0;
    }

    /** Sets a position; returns false if it was set. */
    boolean set(long high, long low) {
        long keyHigh = high >>> 6;
        long keyLow = high << 58 | low >>> 6;
        int leaf = leaves.find(keyHigh, keyLow);
        if (leaf >= 0) {
            return change(leaf, keyHigh, keyLow, leaves.word(leaf) | 1L << low);
        }
        int slot = singles.find(high, low);
        if (slot >= 0) {
            return change(keyHigh, keyLow, singles.bit(slot), singles.bit(slot) | 1L << low);
        }
        if (coverLevel(keyHigh, keyLow) != 0) {
            return false;
        }
        if (singles.takes(high, low)) {
            addSingle(slot, high, low);
        } else {
            insert(0, leaf, keyHigh, keyLow, 1L << low);
        }
        return true;
    }

    /** Clears a position; returns false if it was clear. */
    boolean clear(long high, long low) {
        long keyHigh = high >>> 6;
        long keyLow = high << 58 | low >>> 6;
        int leaf = leaves.find(keyHigh, keyLow);
        if (leaf >= 0) {
            return change(leaf, keyHigh, keyLow, leaves.word(leaf) & ~(1L << low));
        }
        int slot = singles.find(high, low);
        if (slot >= 0) {
            boolean isSet = singles.bit(slot) == 1L << low;
            if (isSet) {
                singles.remove(slot);
            }
            return isSet;
        }
        boolean isSet = coverLevel(keyHigh, keyLow) != 0;
        if (isSet) {
            turnOff(0, keyHigh, keyLow, 1L << low);
        }
        return isSet;
    }

    /** Changes a word of several bits; returns false if it stays the same. */
    private boolean change(int leaf, long keyHigh, long keyLow, long after) {
        long before = leaves.word(leaf);
        if (after == -1 || hasOneBit(after) || after == 0) {
            return change(keyHigh, keyLow, before, after);
        }
        leaves.setWord(leaf, after);
        return after != before;
    }

    private boolean change(long keyHigh, long keyLow, long before, long after) {
        if (after == before) {
            return false;
        }
        if (after == -1) {
            turnOn(0, keyHigh, keyLow, ~before);
        } else {
            store(0, keyHigh, keyLow, before, after);
        }
        return true;
    }

    /**
     * Sets children of one word; all positions under them must be clear. A word that becomes full
     * is replaced by a bit on the level above.
     */
    void turnOn(int level, long keyHigh, long keyLow, long children) {
        long before = word(level, keyHigh, keyLow);
        long after = before | children;
        boolean goesUp = after == -1 && level < count - 1;
        store(level, keyHigh, keyLow, before, goesUp ? 0 : after);
        if (goesUp) {
            turnOn(level + 1, keyHigh >>> 6, keyHigh << 58 | keyLow >>> 6, 1L << keyLow);
        }
    }

    /**
     * Clears children of one word; all positions under them must be set. A bit above that
     * represented the word is replaced by words.
     */
    void turnOff(int level, long keyHigh, long keyLow, long children) {
        long before = word(level, keyHigh, keyLow);
        if (before == 0) {
            turnOff(level + 1, keyHigh >>> 6, keyHigh << 58 | keyLow >>> 6, 1L << keyLow);
        }
        store(level, keyHigh, keyLow, before, (before == 0 ? -1 : before) & ~children);
    }

    /** Replaces a word; 0 means absent. */
    private void store(int level, long keyHigh, long keyLow, long before, long after) {
        boolean wasSingle = isSingle(level, keyHigh, keyLow, before);
        boolean isSingle = isSingle(level, keyHigh, keyLow, after);
        long high = keyHigh << 6 | keyLow >>> 58;
        long low = keyLow << 6;
        if (wasSingle) {
            singles.remove(singles.find(high, low));
        }
        if (isSingle) {
            addSingle(singles.find(high, low), high, low | Long.numberOfTrailingZeros(after));
        }
        storeIn(level, keyHigh, keyLow, isSingle ? 0 : after);
    }

    private static boolean hasOneBit(long word) {
        return (word & word - 1) == 0 && word != 0;
    }

    private boolean isSingle(int level, long keyHigh, long keyLow, long word) {
        return level == 0 && hasOneBit(word) && singles.takes(keyHigh << 6 | keyLow >>> 58, keyLow << 6);
    }

    private void addSingle(int slot, long high, long low) {
        singles = singles.orNew();
        singles.insert(~slot, high, low); // Slot 0 is the same in a new table as in none.
    }

    private void storeIn(int level, long keyHigh, long keyLow, long word) {
        int slot = table(level).find(keyHigh, keyLow);
        if (slot >= 0 && word != 0) {
            table(level).setWord(slot, word);
        } else if (slot >= 0) {
            remove(level, slot);
        } else if (word != 0) {
            insert(level, slot, keyHigh, keyLow, word);
        }
    }

    private void insert(int level, int slot, long keyHigh, long keyLow, long word) {
        if (table(level) == WordTable.NONE) {
            make(level);
        }
        table(level).insert(~slot, keyHigh, keyLow, word); // Slot 0 is the same in a new table as in NONE.
        highest = Math.max(highest, level);
    }

    private void make(int level) {
        if (level == 0) {
            leaves = new WordTable(isWide(0));
            return;
        }
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

    private void remove(int level, int slot) {
        table(level).remove(slot);
        while (highest > 0 && tables[highest].count() == 0) {
            highest--;
        }
    }

    /**
     * Inverts the positions first..last, which must be all clear or all set, at a cost of two words
     * per level.
     */
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
