package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A HashMap from words to positions as the model, while the table grows and shrinks. */
class SingleBitTableTest {
    private record At(long high, long low) {
        At word() {
            return new At(high, low & -64);
        }
    }

    private final Map<At, At> model = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(4);
    private SingleBitTable table = SingleBitTable.none(false);

    private void begin(boolean wide) {
        model.clear();
        table = SingleBitTable.none(wide).orNew();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changes_anySequence_agreeWithModel(boolean wide) {
        begin(wide);
        List<At> held = new ArrayList<>();
        for (int most : new int[] {1, 5, 40, 3, 200, 0, 2000, 17, 300, 0}) {
            while (held.size() < most) {
                held.add(insert(anyOfAFreeWord(wide)));
                table.verify();
            }
            while (held.size() > most) {
                remove(held.remove(random.nextInt(held.size())));
                table.verify();
            }
            assertHolds();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changes_constantSize_agreeWithModel(boolean wide) {
        for (int size : new int[] {1, 2, 3, 4, 7, 20, 100}) {
            begin(wide);
            List<At> held = new ArrayList<>();
            for (int i = 0; i < 40 * size + 200; i++) {
                if (held.size() == size) {
                    remove(held.remove(random.nextInt(size)));
                }
                held.add(insert(anyOfAFreeWord(wide)));
                table.verify();
            }
            assertHolds();
        }
    }

    /** Some of them are neighbours. */
    private At anyOfAFreeWord(boolean wide) {
        At at;
        do {
            long low = random.nextBoolean() ? random.nextInt(200_000) : random.nextLong();
            at = new At(wide ? random.nextLong(4) - 2 : 0, low);
        } while (model.containsKey(at.word()) || !table.takes(at.high, at.low));
        return at;
    }

    private At insert(At at) {
        int slot = table.find(at.high, at.low);
        assertTrue(slot < 0);
        table.insert(~slot, at.high, at.low);
        model.put(at.word(), at);
        return at;
    }

    private void remove(At at) {
        model.remove(at.word());
        table.remove(table.find(at.high, at.low));
        assertTrue(table.find(at.high, at.low) < 0);
    }

    private void assertHolds() {
        assertHolds(table);
        assertHolds(table.copy());
    }

    private void assertHolds(SingleBitTable subject) {
        subject.verify();
        assertEquals(model.size(), subject.count());
        model.forEach((word, at) -> {
            int slot = subject.find(word.high, word.low);
            assertTrue(slot >= 0);
            assertEquals(slot, subject.find(word.high, word.low | 63));
            assertEquals(at, new At(subject.high(slot), subject.low(slot)));
            assertEquals(1L << at.low, subject.bit(slot));
        });
        Set<At> seen = new HashSet<>();
        for (int i = 0; i < subject.end(); i += subject.step()) {
            if (subject.isTaken(i)) {
                seen.add(new At(subject.high(i), subject.low(i)));
            }
        }
        assertEquals(Set.copyOf(model.values()), seen);
        assertTrue(subject.end() / subject.step() <= 16 + 5 * model.size(), () -> "too large: " + subject.end());
    }

    /**
     * Ten of each: clustered in the middle, at the front, and at the end, where only spare slots
     * remain.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insert_clustersAtBothEnds_agreesWithModel(boolean wide) {
        begin(wide);
        List<At> byHash = sortedByHash(wide, 60_000);
        List<At> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(byHash.get(i));
            crowd.add(byHash.get(byHash.size() / 2 + i));
            crowd.add(byHash.get(byHash.size() - 1 - i));
        }
        for (int round = 0; round < 30; round++) {
            shuffle(crowd);
            for (At at : crowd) {
                insert(at);
                table.verify();
            }
            assertHolds();
            shuffle(crowd);
            for (At at : crowd) {
                remove(at);
                table.verify();
            }
            assertHolds();
        }
    }

    /** A table that is never full, with all entries after the capacity. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insert_clusterAtTheEnd_addsSpareSlots(boolean wide) {
        begin(wide);
        List<At> byHash = sortedByHash(wide, 300_000);
        for (int i = 0; i < 600; i++) {
            insert(byHash.get(byHash.size() - 1 - i));
            table.verify();
        }
        assertHolds();
        for (int i = 0; i < 600; i++) {
            remove(byHash.get(byHash.size() - 1 - i));
            table.verify();
        }
        assertHolds();
    }

    /** A cluster at the end of a table that has room elsewhere, repeatedly. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void insert_spareSlotsFull_addsSlotsWithoutGrowing(boolean wide) {
        List<At> byHash = sortedByHash(wide, 100_000);
        for (int others : new int[] {200, 201, 230, 260, 300, 400}) {
            begin(wide);
            for (int i = 0; i < others; i++) {
                insert(byHash.get(i * 200));
            }
            for (int i = 0; i < 60; i++) {
                insert(byHash.get(byHash.size() - 1 - i));
                table.verify();
            }
            assertHolds();
            for (int i = 0; i < 60; i++) {
                remove(byHash.get(byHash.size() - 1 - i));
                table.verify();
            }
            assertHolds();
        }
    }

    @Test
    void verify_brokenInvariant_throwsWithItsName() {
        At at = new At(0, 1000);
        List<At> held = List.of(new At(0, 5000), at); // With room for one more.
        begin(false);
        held.forEach(this::insert);
        table.insert(table.find(at.high, at.low), at.high, 1001);
        assertBroken("ascending");
        begin(false);
        held.forEach(this::insert);
        table.insert(table.find(at.high, at.low), at.high, 999);
        assertBroken("reachable");
    }

    private void assertBroken(String name) {
        String message =
                assertThrows(IllegalStateException.class, () -> table.verify()).getMessage();
        assertTrue(message.startsWith("invariant broken: " + name + ":"), message);
    }

    /** They are in different words. */
    private List<At> sortedByHash(boolean wide, int n) {
        SingleBitTable any = SingleBitTable.none(wide);
        Set<At> words = new HashSet<>();
        while (words.size() < n) {
            words.add(new At(wide ? random.nextLong() : 0, random.nextLong() & -64));
        }
        return words.stream()
                .map(at -> new At(at.high, at.low | random.nextInt(64)))
                .sorted(Comparator.comparingLong(at -> any.hash(at.high, at.low) + Long.MIN_VALUE))
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    }

    private void shuffle(List<At> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            list.set(i, list.set(random.nextInt(i + 1), list.get(i)));
        }
    }

    /** The words of one hash differ in their lower halves. */
    @Test
    void find_wordsOfEqualHash_areDistinguished() {
        SingleBitTable narrow = SingleBitTable.none(false);
        begin(true);
        List<At> same = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long low = (i - 4L) << 59 | i;
            same.add(new At(77 ^ narrow.hash(0, low), low));
        }
        assertEquals(
                1,
                same.stream().map(at -> table.hash(at.high, at.low)).distinct().count());
        for (int round = 0; round < 50; round++) {
            shuffle(same);
            for (At at : same) {
                insert(at);
                table.verify();
            }
            assertHolds();
            shuffle(same);
            for (At at : same) {
                remove(at);
                table.verify();
            }
        }
    }

    @Test
    void takes_hashZero_isFalse() {
        SingleBitTable narrow = SingleBitTable.none(false);
        for (long low : new long[] {0, 1, 63}) {
            assertFalse(narrow.takes(0, low));
        }
        for (long low : new long[] {64, 65, -1, Long.MIN_VALUE}) {
            assertTrue(narrow.takes(0, low));
        }
        SingleBitTable wide = SingleBitTable.none(true);
        assertFalse(wide.takes(0, 5));
        assertTrue(wide.takes(1, 5));
        assertTrue(wide.takes(0, 64));
        assertFalse(wide.takes(narrow.hash(0, 640), 640));
    }

    /** Together with others in the first slots, where free slots also contain 0. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void find_hashZero_isAbsent(boolean wide) {
        begin(wide);
        long low = wide ? 6400 : 1;
        At nothing = new At(wide ? SingleBitTable.none(false).hash(0, low) : 0, low);
        assertFalse(table.takes(nothing.high, nothing.low));
        assertTrue(table.find(nothing.high, nothing.low) < 0);
        for (At at : sortedByHash(wide, 1000).subList(0, 50)) {
            insert(at);
            assertTrue(table.find(nothing.high, nothing.low) < 0);
        }
    }

    @Test
    void none_firstPosition_createsTable() {
        for (boolean wide : new boolean[] {false, true}) {
            SingleBitTable none = SingleBitTable.none(wide);
            none.verify();
            assertSame(none, none.copy());
            assertSame(none, SingleBitTable.none(wide));
            assertEquals(0, none.count());
            assertTrue(none.find(3, 1000) < 0);
            SingleBitTable one = none.orNew();
            assertNotSame(none, one);
            assertSame(one, one.orNew());
            assertNotSame(one, one.copy());
            assertEquals(none.step(), one.step());
            assertEquals(wide ? 2 : 1, one.step());
        }
    }

    /** The hash of a word is invertible: no two words of 64 bits have the same. */
    @Test
    void hash_neighboursAndMultiples_differ() {
        SingleBitTable narrow = SingleBitTable.none(false);
        for (int shift : new int[] {6, 16, 32, 48}) {
            long hashes = IntStream.range(0, 50_000)
                    .mapToLong(i -> narrow.hash(0, (long) i << shift))
                    .distinct()
                    .count();
            assertEquals(Math.min(50_000, 1L << Math.min(40, 64 - shift)), hashes);
        }
    }

    /**
     * The upper bits of the hash, which determine homes, differ as often as by chance: 2590 of
     * 4096.
     */
    @Test
    void hash_oneBitChanged_spreadsHomes() {
        Stream.of(false, true).forEach(wide -> {
            SingleBitTable any = SingleBitTable.none(wide);
            for (int shift : new int[] {6, 16, 32, 40}) {
                for (long step : new long[] {1, 3, 64, 1000}) {
                    long[] homes = IntStream.range(0, 4096)
                            .mapToLong(i -> any.hash(wide ? i * step : 0, wide ? 1 : i * step << shift) >>> 52)
                            .toArray();
                    long different = java.util.Arrays.stream(homes).distinct().count();
                    assertTrue(different > 2450, () -> wide + " " + shift + " " + step + ": " + different);
                }
            }
        });
    }
}
