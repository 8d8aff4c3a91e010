package io.ipam.engine.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    /**
     * Free counts, including static addresses, and for each pool the stamps of its recycled
     * addresses, oldest first.
     */
    private record Pools(int[] statics, int[] free, long[][] stamps, BitSet open) implements Assignment.Supply {
        static Pools allOpen(int[] statics, int[] free, long[][] stamps) {
            BitSet open = new BitSet();
            open.set(0, free.length);
            return new Pools(statics, free, stamps, open);
        }

        static Pools allOpen(int[] free, long[][] stamps) {
            return allOpen(new int[free.length], free, stamps);
        }

        @Override
        public long ordinary(int pool) {
            return free(pool) - statics[pool];
        }

        @Override
        public boolean isOpen(int pool) {
            return open.get(pool);
        }

        @Override
        public long free(int pool) {
            assertTrue(open.get(pool), "looked at a closed pool");
            return free[pool];
        }

        @Override
        public int recycled(int pool) {
            assertTrue(open.get(pool), "looked at a closed pool");
            return stamps[pool].length;
        }

        @Override
        public long releasedMillis(int pool, int nth) {
            return stamps[pool][nth];
        }
    }

    private record Case(int[][] candidates, int[] statics, int[] free, long[][] stamps) {
        static Case random(long seed) {
            Random random = new Random(seed);
            int pools = 1 + random.nextInt(4);
            int[][] candidates = new int[1 + random.nextInt(5)][];
            for (int i = 0; i < candidates.length; i++) {
                candidates[i] = distinct(random, pools);
            }
            int[] statics = random.ints(pools, -2, 3).map(n -> Math.max(0, n)).toArray();
            int[] free = IntStream.of(statics).map(n -> n + random.nextInt(3)).toArray();
            long[][] stamps = new long[pools][];
            for (int i = 0; i < pools; i++) {
                stamps[i] = random.longs(random.nextInt(3), 0, 50).sorted().toArray();
            }
            return new Case(candidates, statics, free, stamps);
        }

        private static int[] distinct(Random random, int pools) {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < pools; i++) {
                all.add(i);
            }
            java.util.Collections.shuffle(all, random);
            return all.subList(0, random.nextInt(pools + 1)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        Assignment assignment() {
            return new Assignment(candidates, free.length, Pools.allOpen(statics, free, stamps));
        }

        @Override
        public String toString() {
            return Arrays.deepToString(candidates) + " free " + Arrays.toString(free) + " static "
                    + Arrays.toString(statics) + " recycled " + Arrays.deepToString(stamps);
        }

        /**
         * The price of some addresses of each pool: one recycled address is more expensive than all
         * static ones.
         */
        int price(int[] taken) {
            int price = 0;
            for (int i = 0; i < taken.length; i++) {
                price += Math.min(statics[i], Math.max(0, taken[i] - (free[i] - statics[i])));
                price += 100 * Math.max(0, taken[i] - free[i]);
            }
            return price;
        }
    }

    @Property(tries = 5000)
    void make_anyPools_servesIfAnyAssignmentDoesAtTheLowestPrice(@ForAll long seed) {
        Case c = Case.random(seed);
        Assignment assignment = c.assignment();
        boolean made = assignment.make();
        assertEquals(Assignment.NONE, assignment.closedPool());
        int served = made ? c.candidates.length : assignment.unservedDemand();
        assertTrue(lowestPrice(c, served) >= 0, c::toString);
        if (!made) {
            assertEquals(-1, lowestPrice(c, served + 1), c::toString);
            return;
        }
        assertEquals(lowestPrice(c, served), checkedPrice(c, assignment), c::toString);
    }

    @Property(tries = 2000)
    void assign_poolsOpenedOneByOne_equalsAllOpen(@ForAll long seed) {
        Case c = Case.random(seed);
        Assignment expected = c.assignment();
        boolean made = expected.make();
        BitSet open = new BitSet();
        Assignment actual;
        while (true) {
            actual = new Assignment(c.candidates, c.free.length, new Pools(c.statics, c.free, c.stamps, open));
            boolean answer = actual.make();
            if (actual.closedPool() == Assignment.NONE) {
                assertEquals(made, answer, c::toString);
                break;
            }
            assertFalse(answer);
            assertFalse(open.get(actual.closedPool()));
            open.set(actual.closedPool());
        }
        assertEquals(expected.unservedDemand(), actual.unservedDemand(), c::toString);
        for (int i = 0; made && i < c.candidates.length; i++) {
            assertEquals(expected.poolOf(i), actual.poolOf(i), c::toString);
        }
    }

    @Property(tries = 2000)
    void assign_greedySuffices_isGreedy(@ForAll long seed) {
        Case c = Case.random(seed);
        int[] left = IntStream.range(0, c.free.length)
                .map(i -> c.free[i] - c.statics[i])
                .toArray();
        int[] greedy = new int[c.candidates.length];
        for (int i = 0; i < greedy.length; i++) {
            greedy[i] = Arrays.stream(c.candidates[i])
                    .filter(p -> left[p] > 0)
                    .findFirst()
                    .orElse(-1);
            if (greedy[i] < 0) {
                return;
            }
            left[greedy[i]]--;
        }
        Assignment assignment = c.assignment();
        assertTrue(assignment.make());
        for (int i = 0; i < greedy.length; i++) {
            assertEquals(greedy[i], assignment.poolOf(i), c::toString);
        }
    }

    @Test
    void assign_onlyRecycledAddresses_usesTheOldest() {
        long[][] stamps = {{30}, {10, 40}, {20}};
        Assignment assignment = new Assignment(
                new int[][] {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2}}, 3, Pools.allOpen(new int[3], stamps));
        assertTrue(assignment.make());
        assertEquals(
                List.of(1, 2, 0, 1),
                List.of(poolOf(assignment, 0), poolOf(assignment, 1), poolOf(assignment, 2), poolOf(assignment, 3)));
    }

    @Test
    void assign_equalReleaseTimes_prefersFirstCandidate() {
        Assignment assignment =
                new Assignment(new int[][] {{1, 0, 2}}, 3, Pools.allOpen(new int[3], new long[][] {{10}, {10}, {10}}));
        assertTrue(assignment.make());
        assertEquals(1, assignment.poolOf(0));
    }

    @Test
    void make_staticAddressOfFirstCandidate_isUsedAfterOrdinaryOnesOfTheSecond() {
        Assignment assignment = new Assignment(
                new int[][] {{0, 1}, {0, 1}, {0, 1}},
                2,
                Pools.allOpen(new int[] {1, 0}, new int[] {1, 1}, new long[][] {{}, {10}}));
        assertTrue(assignment.make());
        assertEquals(List.of(1, 0, 1), List.of(poolOf(assignment, 0), poolOf(assignment, 1), poolOf(assignment, 2)));
    }

    /** The second demand has one candidate, so the first moves to the static address. */
    @Test
    void make_laterDemandNeedsTheOrdinaryAddress_earlierOneMovesToAStaticOne() {
        Assignment assignment = new Assignment(
                new int[][] {{0, 1}, {0}}, 2, Pools.allOpen(new int[] {0, 1}, new int[] {1, 1}, new long[2][0]));
        assertTrue(assignment.make());
        assertEquals(List.of(1, 0), List.of(poolOf(assignment, 0), poolOf(assignment, 1)));
    }

    @Test
    void assign_poolServes_readsNoLaterPool() {
        BitSet open = new BitSet();
        open.set(0);
        Assignment assignment =
                new Assignment(new int[][] {{0, 1}}, 2, new Pools(new int[2], new int[] {1, 1}, new long[2][0], open));
        assertTrue(assignment.make());
        assertEquals(0, assignment.poolOf(0));
    }

    private static int poolOf(Assignment assignment, int demand) {
        return assignment.poolOf(demand);
    }

    private static int checkedPrice(Case c, Assignment assignment) {
        int[] taken = new int[c.free.length];
        for (int i = 0; i < c.candidates.length; i++) {
            int pool = assignment.poolOf(i);
            assertTrue(Arrays.stream(c.candidates[i]).anyMatch(p -> p == pool), c::toString);
            taken[pool]++;
        }
        for (int i = 0; i < taken.length; i++) {
            assertTrue(taken[i] <= c.free[i] + c.stamps[i].length, c::toString);
            assertEquals(Math.max(0, taken[i] - c.free[i]), assignment.recycledTaken(i));
        }
        return c.price(taken);
    }

    /** Tries every assignment of the first {@code demands} demands; -1 if there is none. */
    private static int lowestPrice(Case c, int demands) {
        return lowestPrice(c, demands, 0, new int[c.free.length]);
    }

    private static int lowestPrice(Case c, int demands, int from, int[] taken) {
        if (from == demands) {
            return c.price(taken);
        }
        int best = -1;
        for (int pool : c.candidates[from]) {
            if (taken[pool] < c.free[pool] + c.stamps[pool].length) {
                taken[pool]++;
                int found = lowestPrice(c, demands, from + 1, taken);
                taken[pool]--;
                best = found >= 0 && (best < 0 || found < best) ? found : best;
            }
        }
        return best;
    }
}
