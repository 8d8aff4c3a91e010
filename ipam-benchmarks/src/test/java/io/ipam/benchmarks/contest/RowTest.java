package io.ipam.benchmarks.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row FASTER = new Row(1, "churn", 10, "Roaring", 120, "ns", Bar.atLeast(10));
    private static final Row TOO_SLOW = new Row(1, "churn", 10, "Roaring", 99, "ns", Bar.atLeast(10));
    private static final Row SMALL = new Row(2, "memory", 20, "BitSet", 10, "B", Bar.atMost(2));
    private static final Row TOO_LARGE = new Row(2, "memory", 21, "BitSet", 10, "B", Bar.atMost(2));
    private static final Row FIGURE = Row.figure(3, "garbage", 0, "B", Bar.figure(0));
    private static final Row INFORMS = Row.info(3, "churn", 10, "other", 1, "ns");

    @Test
    void judged_eachKindOfBar_dividesByTheRightSide() {
        assertEquals(12, FASTER.judged());
        assertEquals(2, SMALL.judged());
        assertEquals(0.1, INFORMS.judged());
    }

    @Test
    void isShort_figureAtTheBound_isFalse() {
        assertFalse(FASTER.isShort());
        assertTrue(TOO_SLOW.isShort());
        assertFalse(SMALL.isShort());
        assertTrue(TOO_LARGE.isShort());
        assertFalse(INFORMS.isShort());
        assertFalse(FIGURE.isShort());
        assertTrue(Row.figure(3, "garbage", 0.001, "B", Bar.figure(0)).isShort());
    }

    @Test
    void isShort_divisionByZero_isTrue() {
        assertTrue(new Row(1, "", 0, "", 0, "ns", Bar.atLeast(1)).isShort());
        assertTrue(new Row(1, "", 0, "", 0, "ns", Bar.atMost(1)).isShort());
    }

    @Test
    void exitCode_anyRowShort_isOne() {
        assertEquals(0, Report.exitCode(List.of(FASTER, SMALL, INFORMS)));
        assertEquals(1, Report.exitCode(List.of(FASTER, TOO_LARGE, SMALL)));
        assertEquals(0, Report.exitCode(List.of()));
        assertEquals("3 ratios, 1 short", Report.summary(List.of(FASTER, TOO_LARGE, SMALL, INFORMS)));
    }

    @Test
    void table_rowsOfEachKind_isAlignedMarkdown() {
        assertEquals("""
                | goal | what    | ours  | peer    | peer's | ratio | bar    |       |
                |------|---------|-------|---------|--------|-------|--------|-------|
                | 1    | churn   | 10 ns | Roaring | 120 ns | 12x   | >= 10x | ok    |
                | 1    | churn   | 10 ns | Roaring | 99 ns  | 9.90x | >= 10x | SHORT |
                | 3    | churn   | 10 ns | other   | 1 ns   | 0.10x |        | -     |
                | 3    | garbage | 0 B   |         |        |       | <= 0 B | ok    |
                """, Report.table(List.of(FASTER, TOO_SLOW, INFORMS, FIGURE)));
    }

    @Test
    void oursText_longTime_hasLargerUnit() {
        assertEquals("1.50 us", Row.figure(7, "", 1_500, "ns", Bar.figure(0)).oursText());
        assertEquals(
                "2.50 ms", Row.figure(7, "", 2_500_000, "ns", Bar.figure(0)).oursText());
        assertEquals("2,500 B", Row.figure(7, "", 2_500, "B", Bar.figure(0)).oursText());
    }
}
