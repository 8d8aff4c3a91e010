package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Position;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the dense form: levels, groups of blocks, and invariants that tests break. */
class DenseBitmapTest {
    private static final int GROUP = 1 << 18;

    /** Mostly full, so that words, blocks, and groups often become full and open again. */
    @ParameterizedTest
    @ValueSource(ints = {256, 64 * 130, 3 * GROUP})
    void setLowest_wordsFillAndOpen_isLowest(int n) {
        SplittableRandom random = new SplittableRandom(n);
        int[] open = IntStream.of(0, 1, 63, 64, 65, 4095, 4096, GROUP - 1, GROUP, 2 * GROUP + 70, n - 65, n - 1)
                .filter(p -> p < n)
                .toArray();
        BitmapForm.Subject subject = BitmapForm.DENSE.of(n);
        subject.setRun(0, n - 1);
        for (int i = 0; i < 3000; i++) {
            if (random.nextInt(5) < 3) {
                subject.clear(open[random.nextInt(open.length)]);
            } else {
                subject.setLowestClear();
            }
            if (i % 50 == 0 || n == 256) {
                subject.bitmap().verify();
            }
        }
    }

    /** Every run over the ends of words, with the positions before it clear or set. */
    @Test
    void setRun_everyRunOfThreeWords_agreesWithOracle() {
        for (int first = 0; first < 192; first++) {
            for (int last = first; last < 192; last += 7) {
                runFrom(first, last, 192);
                runFrom(first, last, first);
            }
        }
    }

    private static void runFrom(int first, int last, int setBefore) {
        BitmapForm.Subject subject = BitmapForm.DENSE.of(192);
        for (int i = setBefore & ~63; i < setBefore; i++) {
            subject.set(i);
        }
        assertEquals(true, subject.setRun(first, last));
        subject.bitmap().verify();
        subject.runs(0);
        assertEquals(true, subject.clearRun(first, last));
        subject.bitmap().verify();
        subject.nextClear(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {GROUP, 2 * GROUP, 4 * GROUP + 5000})
    void randomClear_severalGroups_findsPosition(int n) {
        BitmapForm.Subject subject = BitmapForm.DENSE.of(n);
        subject.bitmap().verify();
        readAtEdges(subject);
        subject.setRun(0, GROUP / 2);
        subject.setRun(GROUP - 5000, GROUP - 2);
        if (n > GROUP) {
            subject.setRun(GROUP, n - 4100);
        }
        subject.bitmap().verify();
        readAtEdges(subject);
    }

    private static void readAtEdges(BitmapForm.Subject subject) {
        for (int edge = 0; edge <= subject.n(); edge += GROUP / 2) {
            for (int p = Math.max(0, edge - 2); p < Math.min(subject.n(), edge + 3); p++) {
                subject.select(p);
                subject.nextClear(p);
            }
        }
        subject.select(subject.n() - 1);
        subject.noRankBeyond();
    }

    @Test
    void nextClear_severalGroups_searchesForward() {
        BitmapForm.Subject subject = BitmapForm.DENSE.of(4 * GROUP);
        subject.setRun(GROUP, 4 * GROUP - 1);
        int[] starts = {GROUP - 1, GROUP, 2 * GROUP + 5, 4 * GROUP - 1};
        IntStream.of(starts).forEach(subject::nextClear);
        subject.clear(3 * GROUP + 7);
        IntStream.of(starts).forEach(subject::nextClear);
    }

    @Test
    void search_fullBitmap_findsNothing() {
        Bitmap bitmap = new DenseBitmap(100);
        bitmap.setRun(0, 0, 0, 99);
        Position out = new Position();
        out.set(0, 77);
        assertEquals(false, bitmap.setLowestClear(out));
        assertEquals(false, bitmap.randomClear(3, out));
        assertEquals(77, out.low(), "untouched when there is none");
        assertEquals("DenseBitmap[100 of 100 set]", bitmap.toString());
        assertTrue(bitmap.clear(0, 99));
        assertEquals("DenseBitmap[99 of 100 set]", bitmap.toString());
    }

    @Test
    void covering_upTo2To24Positions_isDense() {
        assertInstanceOf(DenseBitmap.class, Bitmap.covering(0, 0));
        assertInstanceOf(DenseBitmap.class, Bitmap.covering(0, Bitmap.DENSE_POSITIONS - 1));
        assertInstanceOf(SparseBitmap.class, Bitmap.covering(0, Bitmap.DENSE_POSITIONS));
        assertInstanceOf(SparseBitmap.class, Bitmap.covering(0, -1));
        assertInstanceOf(SparseBitmap.class, Bitmap.covering(1, 0));
    }

    /** The bits above the last group are those of a count of 4096, and are none. */
    @Test
    void firstSet_emptyBlocks_areSkipped() {
        DenseLevels levels = new DenseLevels(GROUP + 13 * 4096);
        levels.setRun(GROUP, GROUP + 12 * 4096 - 1);
        levels.set(5000);
        assertEquals(5000, DenseSearch.firstSet(levels, 0));
        assertEquals(GROUP, DenseSearch.firstSet(levels, 5001));
    }

    @Test
    void constructor_invalidSize_throws() {
        assertThrows(IllegalArgumentException.class, () -> new DenseBitmap(-1));
        assertThrows(IllegalArgumentException.class, () -> new DenseBitmap((1 << 24) + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 70 * 64 + 5, GROUP + 70})
    void verify_brokenInvariant_throwsWithItsName(int size) {
        DenseLevels ghost = new DenseLevels(size);
        ghost.words[ghost.one - 1] |= 1L << size;
        assertBroken("ghost bits", ghost);
        for (int p : new int[] {0, size - 1}) {
            DenseLevels lost = new DenseLevels(size);
            lost.words[p >>> 6] &= ~(1L << p);
            assertBroken("sums", lost);
        }
        DenseLevels block = new DenseLevels(size);
        block.words[block.groups - 1]++;
        assertBroken("sums", block);
        DenseLevels summary = new DenseLevels(size);
        summary.words[summary.two - 1] ^= 1L << 40;
        assertBroken("summaries", summary);
    }

    @Test
    void verify_brokenTopGroupsOrLowest_throws() {
        DenseLevels top = new DenseLevels(100);
        Arrays.fill(top.words, 0, top.two, 0);
        assertBroken("summaries", top);
        DenseLevels mark = new DenseLevels(70 * 64 + 5);
        mark.words[mark.one] ^= 1;
        assertBroken("summaries", mark);
        DenseLevels above = new DenseLevels(GROUP + 70);
        above.words[above.two] ^= 1;
        assertBroken("summaries", above);
        DenseLevels group = new DenseLevels(GROUP + 70);
        group.words[group.groups]++;
        assertBroken("sums", group);
        DenseLevels lowest = new DenseLevels(256);
        lowest.setRun(0, 127);
        assertEquals(128, lowest.setLowest());
        lowest.verify();
        moveLastClearTo(0, lowest);
        assertBroken("lowest", lowest);
    }

    /** All other invariants hold afterwards. */
    private static void moveLastClearTo(int p, DenseLevels levels) {
        levels.words[3] &= Long.MAX_VALUE;
        levels.words[p >>> 6] |= 1L << p;
        levels.words[levels.one] |= 1L << (p >>> 6);
    }

    private static void assertBroken(String invariant, DenseLevels broken) {
        String message =
                assertThrows(IllegalStateException.class, broken::verify).getMessage();
        assertTrue(message.startsWith("invariant broken: " + invariant + ": is "), message);
    }
}
