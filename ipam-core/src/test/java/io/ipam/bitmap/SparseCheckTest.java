package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Position;
import io.ipam.number.Uint128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Every invariant of the sparse form is broken by hand and must be named; every boundary of its
 * positions is tested.
 */
class SparseCheckTest {
    private static final long LAST = (1L << 40) + 10_100;

    /**
     * Words 1 and 2 have several bits, positions 1000 and 5000 are single, and word 100 is full:
     * its bit is on level 1.
     */
    private static SparseLevels levels() {
        SparseLevels levels = new SparseLevels(0, LAST);
        for (long low : new long[] {64, 65, 128, 130, 1000, 5000}) {
            levels.set(0, low);
        }
        levels.turnRun(true, 0, 6400, 0, 6463);
        verify(levels, 70);
        return levels;
    }

    private static void verify(SparseLevels levels, long set) {
        SparseCheck.verify(levels, 0, LAST, 0, set);
    }

    private static void assertBroken(String name, Executable check) {
        String message = assertThrows(IllegalStateException.class, check).getMessage();
        assertTrue(message.startsWith("invariant broken: " + name + ":"), message);
    }

    private static void addSingle(SparseLevels levels, long low) {
        int slot = levels.singles().find(0, low);
        levels.singles().insert(slot < 0 ? ~slot : slot, 0, low);
    }

    private static void setWord(SparseLevels levels, int level, long key, long word) {
        levels.table(level).setWord(levels.table(level).find(0, key), word);
    }

    @Test
    void verify_wrongCardinality_throws() {
        SparseLevels levels = levels();
        assertBroken("cardinality", () -> verify(levels, 69));
        assertBroken("cardinality", () -> SparseCheck.verify(levels, 0, LAST, 1, 70));
    }

    @Test
    void verify_fullWord_throws() {
        SparseLevels levels = levels();
        setWord(levels, 0, 2, -1);
        assertBroken("full words go up", () -> verify(levels, 132));
    }

    @Test
    void verify_fullTopLevel_succeeds() {
        SparseLevels top = new SparseLevels(0, 63);
        top.turnRun(true, 0, 0, 0, 63);
        assertDoesNotThrow(() -> SparseCheck.verify(top, 0, 63, 0, 64));
    }

    @Test
    void verify_wordOfOneBitInTable_throws() {
        SparseLevels levels = levels();
        setWord(levels, 0, 2, 4);
        assertBroken("single bits apart", () -> verify(levels, 69));
    }

    @Test
    void verify_wordInBothTables_throws() {
        SparseLevels levels = levels();
        addSingle(levels, 70);
        assertBroken("single bits apart", () -> verify(levels, 71));
    }

    @Test
    void verify_singleBitUnderFullBit_throws() {
        SparseLevels levels = levels();
        addSingle(levels, 6405);
        assertBroken("nothing under a full bit", () -> verify(levels, 71));
    }

    @Test
    void verify_wordUnderFullBit_throws() {
        for (int shift : new int[] {6, 12, 18, 24}) {
            SparseLevels levels = new SparseLevels(0, LAST);
            levels.set(0, 64);
            levels.set(0, 65);
            levels.turnRun(true, 0, 5L << shift, 0, (6L << shift) - 1);
            verify(levels, (1L << shift) + 2);
            for (long at : new long[] {5L << shift, (6L << shift) - 2}) {
                SparseLevels broken = new SparseLevels(levels);
                WordTable leaves = broken.table(0);
                leaves.insert(~leaves.find(0, at >>> 6), 0, at >>> 6, 3);
                assertBroken("nothing under a full bit", () -> verify(broken, (1L << shift) + 4));
            }
        }
    }

    @Test
    void verify_bitBeyondTheLast_throws() {
        for (int bit = 0; bit < 64; bit++) {
            SparseLevels levels = new SparseLevels(0, LAST);
            long word = LAST >>> 6;
            levels.set(0, LAST - 1);
            levels.set(0, LAST - 2);
            long bits = levels.word(0, 0, word);
            setWord(levels, 0, word, bits | 1L << bit);
            long set = Long.bitCount(bits | 1L << bit);
            if (bit <= (int) (LAST & 63)) {
                verify(levels, set);
            } else {
                assertBroken("ghost bits", () -> verify(levels, set));
            }
        }
    }

    @Test
    void verify_fullBitPartlyBeyondTheLast_throws() {
        SparseLevels levels = levels();
        setWord(levels, 1, 1, levels.word(1, 0, 1) | 1L << 50);
        verify(levels, 134);
        levels.turnOn(1, 0, LAST >>> 12, 1L << (LAST >>> 6));
        assertBroken("ghost bits", () -> verify(levels, 198));
    }

    /**
     * On each level the bit for the last position also represents positions beyond it; the bit
     * before does not.
     */
    @Test
    void verify_fullBitPartlyBeyondLastOf81Bits_throws() {
        long lastHigh = 1L << 16;
        for (int level = 1; level <= 13; level++) {
            int shift = 6 * level;
            long high = Uint128.shiftRightHigh(lastHigh, shift);
            long low = Uint128.shiftRightLow(lastHigh, 5, shift);
            SparseLevels ghost = new SparseLevels(lastHigh, 5);
            turnOn(ghost, level, high, low);
            assertBroken("ghost bits", () -> SparseCheck.verify(ghost, lastHigh, 5, 0, 0));
            SparseLevels levels = new SparseLevels(lastHigh, 5);
            turnOn(levels, level, low == 0 ? high - 1 : high, low - 1);
            SparseCheck.verify(levels, lastHigh, 5, Uint128.shiftLeftHigh(0, 1, shift), Uint128.shiftLeftLow(1, shift));
        }
    }

    private static void turnOn(SparseLevels levels, int level, long childHigh, long childLow) {
        levels.turnOn(level, childHigh >>> 6, childHigh << 58 | childLow >>> 6, 1L << childLow);
    }

    @Test
    void verify_wordUnderFullBitAbove64Bits_throws() {
        long high = 1L << 12;
        for (int shift : new int[] {6, 12, 18, 24}) {
            SparseLevels levels = new SparseLevels(1L << 16, LAST);
            levels.turnRun(true, high, 5L << shift, high, (6L << shift) - 1);
            SparseCheck.verify(levels, 1L << 16, LAST, 0, 1L << shift);
            WordTable leaves = levels.table(0);
            if (leaves == WordTable.NONE) {
                levels.set(0, 64);
                levels.set(0, 65);
                leaves = levels.table(0);
            }
            leaves.insert(~leaves.find(high >>> 6, 5L << shift - 6), high >>> 6, 5L << shift - 6, 3);
            assertBroken("nothing under a full bit", () -> SparseCheck.verify(levels, 1L << 16, LAST, 0, 0));
        }
    }

    @Test
    void verify_brokenTable_throws() {
        SparseLevels words = levels();
        setWord(words, 0, 2, 0);
        assertBroken("number of keys", () -> verify(words, 68));
        SparseLevels after = levels();
        addSingle(after, 5001); // In the slot of 5000, which moves.
        assertBroken("ascending", () -> verify(after, 71));
        SparseLevels before = levels();
        addSingle(before, 4999);
        assertBroken("reachable", () -> verify(before, 71));
        SparseLevels lost = levels();
        WordTable leaves = lost.table(0);
        long key = 50;
        while (leaves.find(0, key) == leaves.find(0, 49)) {
            key++;
        }
        leaves.insert(~leaves.find(0, key), 0, 49, 3); // In the place of another key.
        assertBroken("reachable", () -> verify(lost, 72));
    }

    @Test
    void verify_overfullTable_throws() {
        SparseLevels levels = levels();
        set(levels.singles(), "count", 1);
        assertBroken("number of positions", () -> verify(levels, 70));
        set(levels.singles(), "count", 2);
        set(levels.singles(), "most", 1);
        assertBroken("room", () -> verify(levels, 70));
        set(levels.singles(), "most", 2);
        verify(levels, 70);
        int keys = levels.table(0).count();
        set(levels.table(0), "mostKeys", keys);
        verify(levels, 70);
        set(levels.table(0), "mostKeys", keys - 1);
        assertBroken("room", () -> verify(levels, 70));
    }

    private static void set(Object object, String field, Object value) {
        try {
            var found = object.getClass().getDeclaredField(field);
            found.setAccessible(true);
            found.set(object, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** One word of two bits near a long run, before and after the queried run. */
    @Test
    void isClear_longRunNextToWord_isTrue() {
        for (long high : new long[] {0, 1, 5}) {
            SparseBitmap bitmap = new SparseBitmap(1 << 16, 0);
            assertTrue(bitmap.setRun(high, 1, high, 2));
            assertTrue(bitmap.setRun(high + 2, 7, high + 2, 8));
            assertTrue(bitmap.isClear(high, 3, high + 2, 6));
            assertFalse(bitmap.isClear(high, 2, high + 2, 6));
            assertFalse(bitmap.isClear(high, 3, high + 2, 7));
        }
    }

    @Test
    void nextClearBlock_moreThan64Bits_isFound() {
        SparseBitmap bitmap = new SparseBitmap(-1, -1);
        Position block = new Position();
        assertTrue(bitmap.setRun(0, 7, 4, 0));
        assertTrue(bitmap.nextClearBlock(0, 0, 70, -1, -1, block));
        assertEquals("0x400000000000000000", block.toString());
        assertTrue(bitmap.set(127, 0));
        assertTrue(bitmap.nextClearBlock(0, 0, 70, -1, -1, block));
        assertEquals("0x800000000000000000", block.toString());
    }

    @Test
    void count_moreThan64Bits_isExact() {
        SparseBitmap bitmap = new SparseBitmap(1 << 16, 0);
        Position set = new Position();
        assertTrue(bitmap.setRun(0, 0, 1, -1));
        assertTrue(bitmap.clearRun(0, 0, 1, 0));
        bitmap.cardinality(set);
        assertEquals("18446744073709551615", set.toString());
        bitmap.verify();
    }

    @Test
    void verify_brokenBitmap_throws() {
        SparseBitmap bitmap = new SparseBitmap(0, 1000);
        Position end = new Position();
        assertTrue(bitmap.setRun(0, 100, 0, 900));
        bitmap.verify();
        bitmap.cardinality(end);
        assertEquals(801, end.low());
        assertEquals("SparseBitmap[0x00000000000000321 set, last 0x000000000000003e8]", bitmap.toString());
        set(bitmap, "setLow", 800L);
        assertBroken("cardinality", bitmap::verify);
    }

    @Test
    void set_positionBeyondTheLast_throws() {
        SparseBitmap bitmap = new SparseBitmap(1, 1000);
        Position out = new Position();
        for (long[] at : new long[][] {{1, 1001}, {2, 0}, {-1, -1}}) {
            long high = at[0];
            long low = at[1];
            assertRefused(() -> bitmap.get(high, low));
            assertRefused(() -> bitmap.set(high, low));
            assertRefused(() -> bitmap.clear(high, low));
            assertRefused(() -> bitmap.setRun(0, 0, high, low));
            assertRefused(() -> bitmap.clearRun(0, 0, high, low));
            assertRefused(() -> bitmap.clearRun(high, low, 1, 1000));
            assertRefused(() -> bitmap.isClear(0, 0, high, low));
            assertRefused(() -> bitmap.isClear(high, low, 1, 1000));
            assertRefused(() -> bitmap.nextClearBlock(0, 0, 1, high, low, out));
            assertFalse(bitmap.nextClear(high, low, out));
        }
        assertTrue(bitmap.isEmpty());
        assertTrue(bitmap.set(1, 1000));
        bitmap.verify();
    }

    private static void assertRefused(Executable call) {
        assertThrows(IndexOutOfBoundsException.class, call);
    }

    /** Far more draws than allowed miss it, so the clear positions are numbered. */
    @Test
    void randomClear_oneClearPosition_findsIt() {
        SparseBitmap bitmap = new SparseBitmap(0, (1L << 30) - 1);
        Position out = new Position();
        assertTrue(bitmap.setRun(0, 0, 0, 12_344));
        assertTrue(bitmap.setRun(0, 12_346, 0, (1L << 30) - 2));
        int[] times = new int[2];
        for (int i = 0; i < 200; i++) {
            assertTrue(bitmap.randomClear(i, out));
            times[out.low() == 12_345 ? 0 : 1]++;
            assertFalse(bitmap.get(out.high(), out.low()));
        }
        assertTrue(times[0] > 60 && times[1] > 60, times[0] + " and " + times[1]);
        assertTrue(bitmap.set(0, 12_345) && bitmap.set(0, (1L << 30) - 1));
        assertTrue(bitmap.isFull());
        assertFalse(bitmap.randomClear(1, out));
        assertFalse(bitmap.setLowestClear(out));
        bitmap.verify();
    }

    @Test
    void search_lastPositions_findsThem() {
        Position out = new Position();
        SparseBitmap all = new SparseBitmap(-1, -1);
        assertTrue(all.setRun(-1, -(1L << 30), -1, -1));
        assertFalse(all.nextClear(-1, -(1L << 30), out));
        assertFalse(all.nextClear(-1, -1, out));
        assertTrue(all.nextClear(-1, -(1L << 30) - 1, out));
        assertTrue(all.clear(-1, -2));
        assertTrue(all.nextClear(-1, -(1L << 30), out));
        assertEquals(-2, out.low());
        assertTrue(all.set(-1, -2));
        assertTrue(all.setRun(0, 3, -1, -(1L << 30) - 1));
        assertTrue(all.nextClear(0, 0, out));
        assertEquals(0, out.low());
        assertFalse(all.nextClear(5, 3, out));
        assertTrue(all.setRun(0, 0, 0, 2));
        assertTrue(all.isFull());
        assertFalse(all.nextClear(0, 0, out));
        all.verify();
    }
}
