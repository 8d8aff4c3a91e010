package io.ipam.benchmarks.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row FASTER = Row.of(1, "churn", 10, "Roaring", 120, "ns", Bar.atLeast(10));
    private static final Row TOO_SLOW = Row.of(1, "churn", 10, "Roaring", 99, "ns", Bar.atLeast(10));
    private static final Row SMALL = Row.of(2, "memory", 20, "BitSet", 10, "B", Bar.atMost(2));
    private static final Row TOO_LARGE = Row.of(2, "memory", 21, "BitSet", 10, "B", Bar.atMost(2));
    private static final Row INFORMS = Row.info(3, "churn", 10, "other", 1, "ns");

    @Test
    void theSideThatIsToBeLargerStandsAbove() {
        assertEquals(12, FASTER.ratio());
        assertEquals(2, SMALL.ratio());
        assertEquals(0.1, INFORMS.ratio());
    }

    @Test
    void aBarIsReachedAtItsBound() {
        assertFalse(FASTER.isShort());
        assertTrue(TOO_SLOW.isShort());
        assertFalse(SMALL.isShort());
        assertTrue(TOO_LARGE.isShort());
        assertFalse(INFORMS.isShort());
    }

    @Test
    void whatCannotBeDividedIsShort() {
        assertTrue(Row.of(1, "", 0, "", 0, "ns", Bar.atLeast(1)).isShort());
        assertTrue(Row.of(1, "", 0, "", 0, "ns", Bar.atMost(1)).isShort());
    }

    @Test
    void exitCodeTellsWhetherAnyIsShort() {
        assertEquals(0, Report.exitCode(List.of(FASTER, SMALL, INFORMS)));
        assertEquals(1, Report.exitCode(List.of(FASTER, TOO_LARGE, SMALL)));
        assertEquals(0, Report.exitCode(List.of()));
    }

    @Test
    void tableIsMarkdown() {
        assertEquals("""
                | goal | what  | ours    | peer    |         | ratio | bar     |       |
                |------|-------|---------|---------|---------|-------|---------|-------|
                | 1    | churn | 10.0 ns | Roaring | 120 ns  | 12.0x | >= 10.0 | ok    |
                | 1    | churn | 10.0 ns | Roaring | 99.0 ns | 9.90x | >= 10.0 | SHORT |
                | 3    | churn | 10.0 ns | other   | 1.00 ns | 0.10x |         | -     |
                """, Report.table(List.of(FASTER, TOO_SLOW, INFORMS)));
    }

    @Test
    void longTimesHaveLargerUnits() {
        assertEquals("1.50 us", FASTER.figure(1_500));
        assertEquals("2.50 ms", FASTER.figure(2_500_000));
        assertEquals("2,500 B", SMALL.figure(2_500));
    }
}
