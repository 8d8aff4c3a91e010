package io.ipam.benchmarks.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Judgements, tables, and the arithmetic of slices. */
class FindingTest {
    private static Finding finding(double judged, Finding.Bar bar) {
        return new Finding(10, "H2", "1 process x 8 callers", "83.1 ops/s", judged, "r", bar);
    }

    @Test
    void isShort_figureAtBar_isFalse() {
        assertFalse(finding(1.5, Finding.Bar.atLeast(1.5)).isShort());
        assertFalse(finding(1.5, Finding.Bar.atMost(1.5)).isShort());
        assertFalse(finding(1.5, Finding.Bar.none()).isShort());
    }

    @Test
    void isShort_figureBeyondBarOrMissing_isTrue() {
        assertTrue(finding(1.4, Finding.Bar.atLeast(1.5)).isShort());
        assertTrue(finding(1.6, Finding.Bar.atMost(1.5)).isShort());
        assertTrue(finding(Double.NaN, Finding.Bar.atMost(1.5)).isShort());
        assertTrue(finding(Double.NaN, Finding.Bar.atLeast(1.5)).isShort());
    }

    @Test
    void table_findings_haveAlignedCells() {
        String table = Findings.table(
                List.of(finding(1_234, Finding.Bar.atLeast(0.9)), finding(0.5, Finding.Bar.atLeast(0.9))));
        String[] lines = table.split("\n");
        assertEquals(
                "| 10   | H2    | 1 process x 8 callers | 83.1 ops/s | 1,234 r | >= 0.90 r | holds |", lines[2], table);
        assertTrue(lines[3].endsWith("| 0.50 r  | >= 0.90 r | SHORT |"), table);
        assertEquals(lines[0].length(), lines[1].length(), table);
    }

    @Test
    void slice_rates_yieldShares() {
        Slice slice = new Slice(100, new double[] {50, 200, 100}, 0.01, 0.02, new ObservedSession.Calls(30, 20, 60, 7));
        assertEquals(3.5, slice.inBareCommits());
        assertEquals(0.25, slice.leastShare());
        assertEquals(50.0 / 150, slice.firstShare());
        assertEquals(1.5, slice.attemptsPerCommit());
        assertEquals(3, slice.operationsPerCommit());
    }

    @Test
    void percentile_sortedLatencies_isAtItsRank() {
        long[] sorted = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertEquals(6, Callers.Latencies.percentile(sorted, 0.5));
        assertEquals(10, Callers.Latencies.percentile(sorted, 0.99));
    }
}
