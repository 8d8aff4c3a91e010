package io.ipam.occupancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Hashes;
import io.ipam.number.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state of seven addresses in three ranges, and every query about them and the gaps. */
class OccupancySmallDomainTest {
    private static final int[] MEMBERS = {2, 3, 6, 7, 8, 9, 12};
    private static final int BEYOND = 14;
    private static final AddressSet SET =
            AddressSet.parse(Family.IPV4, List.of("0.0.0.2-0.0.0.3", "0.0.0.6-0.0.0.9", "0.0.0.12"));

    private final Position out = new Position();

    private interface Question {
        void ask(Occupancy occupancy, Predicate<Integer> isTaken);
    }

    private static void inEveryState(Question question) {
        for (int state = 0; state < 1 << MEMBERS.length; state++) {
            Occupancy occupancy = Occupancy.of(SET);
            for (int i = 0; i < MEMBERS.length; i++) {
                if ((state >> i & 1) != 0) {
                    occupancy.take(0, MEMBERS[i]);
                }
            }
            int taken = state;
            question.ask(occupancy, a -> isMember(a) && (taken >> Arrays.binarySearch(MEMBERS, a) & 1) != 0);
        }
    }

    private static long taken(Occupancy occupancy) {
        Position count = new Position();
        occupancy.takenCount(count);
        assertEquals(0, count.high());
        return count.low();
    }

    private static boolean isMember(int a) {
        return Arrays.binarySearch(MEMBERS, a) >= 0;
    }

    private static IntStream free(Predicate<Integer> isTaken) {
        return IntStream.of(MEMBERS).filter(a -> !isTaken.test(a));
    }

    @Test
    void counts_everyState_areExact() {
        inEveryState((occupancy, isTaken) -> {
            long free = free(isTaken).count();
            assertEquals(free, occupancy.freeCount());
            assertEquals(MEMBERS.length - free, taken(occupancy));
            isAnswer(free(isTaken).findFirst(), occupancy::lowestFree);
            isAnswer(free(isTaken).findFirst(), occupancy.copy()::takeLowest);
            for (int from = 0; from < BEYOND; from++) {
                int start = from;
                isAnswer(
                        free(isTaken).filter(a -> a >= start).findFirst(),
                        cursor -> occupancy.nextFree(0, start, cursor));
            }
        });
    }

    private static void isAnswer(OptionalInt expected, Predicate<Position> search) {
        Position out = new Position();
        out.set(7, 99);
        assertEquals(expected.isPresent(), search.test(out));
        assertEquals(expected.isPresent() ? 0 : 7, out.high());
        assertEquals(expected.orElse(99), out.low(), "untouched when there is none");
    }

    @Test
    void take_randomOrByKey_takesFreeAddress() {
        inEveryState((occupancy, isTaken) -> {
            for (int key = 0; key < 10; key++) {
                Occupancy copy = occupancy.copy();
                long before = taken(copy);
                boolean taken = copy.takeRandom(Hashes.mix(key), out);
                assertEquals(before < MEMBERS.length, taken);
                assertEquals(before + (taken ? 1 : 0), taken(copy));
                assertTrue(!taken || free(isTaken).anyMatch(a -> a == out.low() && copy.isTaken(0, a)));
                assertEquals(before < MEMBERS.length, occupancy.freeByKey(key, out));
                assertTrue(!taken || free(isTaken).anyMatch(a -> a == out.low()));
            }
        });
    }

    /** If the place of a key is taken, the next free address follows; the search wraps around. */
    @Test
    void freeAtOrAfterKey_placeTaken_continues() {
        for (int key = 0; key < 50; key++) {
            int k = key;
            Occupancy.of(SET).freeByKey(key, out);
            int place = (int) out.low();
            inEveryState((occupancy, isTaken) -> {
                IntStream around = IntStream.concat(free(isTaken).filter(a -> a >= place), free(isTaken));
                isAnswer(around.findFirst(), cursor -> occupancy.freeByKey(k, cursor));
            });
        }
    }

    @Test
    void takeRun_everyRun_isAllOrNothing() {
        inEveryState((occupancy, isTaken) -> {
            for (int first = 0; first < BEYOND; first++) {
                for (int last = first; last < BEYOND; last++) {
                    boolean within = IntStream.rangeClosed(first, last).allMatch(OccupancySmallDomainTest::isMember);
                    boolean free = within && IntStream.rangeClosed(first, last).noneMatch(isTaken::test);
                    boolean taken = IntStream.rangeClosed(first, last).allMatch(isTaken::test);
                    assertEquals(within, occupancy.containsRun(0, first, 0, last));
                    assertEquals(free, occupancy.isRunFree(0, first, 0, last));
                    assertEquals(free, occupancy.copy().takeRun(0, first, 0, last));
                    assertEquals(taken, occupancy.copy().releaseRun(0, first, 0, last));
                }
            }
        });
    }

    @Test
    void runs_everyState_areMaximal() {
        inEveryState((occupancy, isTaken) -> {
            assertEquals(runs(a -> isTaken.test(a)), listed(occupancy.takenRuns()));
            assertEquals(runs(a -> isMember(a) && !isTaken.test(a)), listed(occupancy.freeRuns()));
        });
    }

    private static List<String> runs(IntPredicate isIn) {
        List<String> runs = new ArrayList<>();
        for (int first = 0; first < BEYOND; first++) {
            if (isIn.test(first) && !isIn.test(first - 1)) {
                int last = first;
                while (isIn.test(last + 1)) {
                    last++;
                }
                runs.add(first + "-" + last);
            }
        }
        return runs;
    }

    private static List<String> listed(SetRuns runs) {
        List<String> listed = new ArrayList<>();
        Position first = new Position();
        Position last = new Position();
        while (runs.next(first, last)) {
            listed.add(first + "-" + last);
        }
        assertFalse(runs.next(first, last), "it has ended and stays so");
        return listed;
    }

    @Test
    void takeAllAndReleaseAll_ofEveryRunInEveryState_changeNothingElse() {
        inEveryState((occupancy, isTaken) -> {
            for (int first = 0; first < BEYOND; first++) {
                for (int last = first; last < BEYOND; last++) {
                    int from = first;
                    int to = last;
                    Occupancy copy = occupancy.copy();
                    copy.takeAll(0, first, 0, last);
                    assertTaken(copy, a -> isMember(a) && (isTaken.test(a) || a >= from && a <= to));
                    copy.releaseAll(0, first, 0, last);
                    assertTaken(copy, a -> isMember(a) && isTaken.test(a) && (a < from || a > to));
                }
            }
        });
    }

    private static void assertTaken(Occupancy occupancy, IntPredicate isTaken) {
        occupancy.verify();
        for (int a = 0; a < BEYOND; a++) {
            assertEquals(isTaken.test(a), occupancy.isTaken(0, a));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "::1-::7fff:ffff:ffff:ffff, 9223372036854775807",
        "::-::7fff:ffff:ffff:ffff, 9223372036854775807",
        "::2-::7fff:ffff:ffff:ffff, 9223372036854775806",
        "::-::8000:0:0:0, 9223372036854775807",
        "::-::ffff:ffff:ffff:ffff, 9223372036854775807",
        "::-::1:0:0:0:0, 9223372036854775807",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 9223372036854775807",
        "::-::ffff, 65536"
    })
    void freeCount_beyondLong_isMaxValue(String range, long count) {
        AddressRange all = AddressRange.parse(range);
        Occupancy occupancy = Occupancy.of(AddressSet.of(all));
        assertEquals(count, occupancy.freeCount());
        assertEquals(0, taken(occupancy));
        occupancy.takeRun(
                all.first().high(),
                all.first().low(),
                all.last().high(),
                all.last().low());
        assertEquals(0, occupancy.freeCount());
        assertTrue(occupancy.isFull());
        occupancy.release(all.last().high(), all.last().low());
        assertEquals(1, occupancy.freeCount());
    }

    @Test
    void toString_changedOccupancy_differs() {
        Occupancy occupancy = Occupancy.of(SET);
        assertSame(SET, occupancy.addresses());
        String before = occupancy.toString();
        assertTrue(before.contains("0.0.0.6-0.0.0.9"), before);
        occupancy.takeLowest(out);
        assertNotEquals(before, occupancy.toString());
    }
}
