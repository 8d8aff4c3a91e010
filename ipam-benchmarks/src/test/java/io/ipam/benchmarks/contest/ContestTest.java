package io.ipam.benchmarks.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphStats;

class ContestTest {
    private static final Effort EFFORT = new Effort("test", 5, 20_000, 20_000, 10_000_000_000L);

    private static long spin(int operations) {
        long sum = 1;
        for (int i = 0; i < operations; i++) {
            sum = sum * 31 + i;
        }
        return sum;
    }

    @Test
    void run_severalContestants_eachRoundStartsWithTheNext() {
        List<String> calls = new ArrayList<>();
        Figures figures = new Contest(EFFORT)
                .run(List.of(
                        new Contestant("a", n -> {
                            calls.add("a");
                            return spin(n);
                        }),
                        new Contestant("b", n -> {
                            calls.add("b");
                            return spin(n);
                        })));
        assertEquals(List.of("a", "b"), figures.names());
        assertEquals(5, figures.of("a").count());
        List<String> rounds = calls.subList(calls.size() - 10, calls.size());
        assertEquals(List.of("a", "b", "b", "a", "a", "b", "b", "a", "a", "b"), rounds);
    }

    @Test
    void run_results_areConsumed() {
        Contest contest = new Contest(EFFORT);
        contest.run(List.of(new Contestant("a", n -> 1)));
        assertTrue(contest.consumed() > 5);
    }

    @Test
    void run_moreWork_takesLonger() {
        Figures figures = new Contest(EFFORT)
                .run(List.of(new Contestant("one", ContestTest::spin), new Contestant("fifty", n -> spin(50 * n))));
        assertTrue(figures.median("fifty") > figures.median("one"), figures.of("one") + " " + figures.of("fifty"));
    }

    @Test
    void bytes_allocatingWork_countsGarbage() {
        Object[] kept = new Object[1];
        double bytes = new Contest(EFFORT)
                .bytesPerOperation(
                        n -> {
                            for (int i = 0; i < n; i++) {
                                kept[0] = new long[10];
                            }
                            return n;
                        },
                        10_000);
        assertTrue(bytes >= 88 && bytes < 120, "bytes " + bytes);
        assertEquals(0, new Contest(EFFORT).bytesPerOperation(ContestTest::spin, 10_000), 0.1);
    }

    @Test
    void run_repeatedName_throws() {
        Contest contest = new Contest(EFFORT);
        List<Contestant> twins = List.of(new Contestant("a", n -> n), new Contestant("a", n -> n));
        assertThrows(IllegalArgumentException.class, () -> contest.run(twins));
    }

    @Test
    void run_lineupOfThreads_worksInParallel() {
        Lineup two = new Lineup("two", List.of(ContestTest::spin, ContestTest::spin), 1_000);
        Figures figures = new Threads(EFFORT).run(List.of(two, two.alone()));
        assertEquals(List.of("two", "two, alone"), figures.names());
        // Ten blocks of four; on a busy machine the time limit ends them after at least two.
        int samples = figures.of("two").count();
        assertTrue(samples >= 8 && samples <= 40 && samples % 4 == 0, () -> samples + " samples");
        assertEquals(samples, figures.of("two, alone").count());
        assertTrue(figures.median("two") > 0);
    }

    private record Named(String name, List<Object> parts) {}

    @Test
    void footprint_objectGraph_equalsJolsWalk() {
        Object parts = new ArrayList<>(List.of(new BitSet(1000), new HashMap<>(Map.of("a", 1, "b", 2)), new byte[13]));
        Object[] roots = {parts, new Named("name", List.of(parts, "other")), new int[3][5], 7L};
        System.setProperty("jol.magicFieldOffset", "true");
        assertEquals(GraphStats.parseInstance(roots).totalSize(), Footprint.bytes(roots));
    }

    @Test
    void footprint_sharedObject_isCountedOnce() {
        long[] shared = new long[100];
        long one = Footprint.bytes((Object) shared);
        assertTrue(one >= 800 && one <= 824, "bytes " + one);
        assertEquals(
                Footprint.bytes(new Object[] {new Object[] {shared, shared}}) - one,
                Footprint.bytesBeside(new Object[] {shared, shared}, (Object) shared));
    }
}
