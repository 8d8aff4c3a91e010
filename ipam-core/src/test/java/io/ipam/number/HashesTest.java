package io.ipam.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The seeded hashes, for any bits that a table uses, and the mixing function. */
class HashesTest {
    private static final int PLACES = 1024;
    /** As many keys as places occupy 647 places if the hash is random. */
    private static final int LEAST = 600;

    private static void assertSpreads(int shift, IntToLongFunction hashOfKey) {
        Set<Long> places = new HashSet<>();
        for (int key = 0; key < PLACES; key++) {
            places.add(hashOfKey.applyAsLong(key) >>> shift & PLACES - 1);
        }
        assertTrue(places.size() > LEAST, places.size() + " places");
    }

    /**
     * For any difference of two keys, they collide in 20 bits for one of 2^20 seeds: it cannot be
     * chosen.
     */
    @ParameterizedTest
    @ValueSource(
            longs = {1, 2, 1L << 31, 1L << 32, 1L << 62, 1L << 63, -1, 0x8000_0000_8000_0000L, 0x9E3779B97F4A7C15L})
    void ofNumber_numbersWithAChosenDifference_collideAsOftenAsByChance(long difference) {
        int collisions = 0;
        for (long seed = 0; seed < 1 << 16; seed++) {
            long hash = Hashes.ofNumber(0, 5, seed);
            collisions += (hash ^ Hashes.ofNumber(0, 5 ^ difference, seed)) << 44 == 0 ? 1 : 0;
            collisions += (hash ^ Hashes.ofNumber(0, 5 + difference, seed)) << 44 == 0 ? 1 : 0;
            collisions += (hash ^ Hashes.ofNumber(difference, 5, seed)) >>> 44 == 0 ? 1 : 0;
        }
        assertTrue(collisions < 8, collisions + " collisions");
    }

    /**
     * The hash of a text changes in half of its bits with each bit of each unit, and of the seed.
     */
    @Test
    void ofText_oneBitDiffers_halfOfTheBitsDiffer() {
        String text = "7f3c-41d2-9a";
        for (int bit = 0; bit < text.length() * Character.SIZE; bit++) {
            int unit = bit / Character.SIZE;
            char changed = (char) (text.charAt(unit) ^ 1 << bit % Character.SIZE);
            String other = text.substring(0, unit) + changed + text.substring(unit + 1);
            int differing = 0;
            for (long seed = 0; seed < 64; seed++) {
                differing += Long.bitCount(Hashes.ofText(text, seed) ^ Hashes.ofText(other, seed));
            }
            assertEquals(32, differing / 64.0, 4, "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 16, 24, 31, 36, 42, 48, 54})
    void ofNumber_numbersInEqualSteps_areSpread(int bits) {
        for (int shift : new int[] {0, 32, 54}) {
            assertSpreads(shift, key -> Hashes.ofNumber(0, (long) key << bits, 1));
            assertSpreads(shift, key -> Hashes.ofNumber((long) key << bits, 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 54})
    void seededHashes_seedsInARow_areSpread(int shift) {
        assertSpreads(shift, seed -> Hashes.ofNumber(1, 2, seed));
        assertSpreads(shift, seed -> Hashes.ofText("cart-0", seed));
    }

    /**
     * Texts with equal {@code String.hashCode}: a hash derived from it would map all of them to one
     * place.
     */
    @Test
    void ofText_textsOfOneHashCode_areSpread() {
        assertEquals(
                1,
                IntStream.range(0, PLACES)
                        .map(key -> colliding(key).hashCode())
                        .distinct()
                        .count());
        assertSpreads(0, key -> Hashes.ofText(colliding(key), 1));
        assertSpreads(54, key -> Hashes.ofText(colliding(key), 1));
    }

    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 10; bit++) {
            text.append((number >> bit & 1) == 0 ? "at" : "c6");
        }
        return text.toString();
    }

    /** The length is part of the hash: no text has the hash of another one that ends with zeros. */
    @Test
    void ofText_textsOfZeros_differ() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length < 20; length++) {
            hashes.add(Hashes.ofText("\0".repeat(length), 1));
        }
        assertEquals(20, hashes.size());
    }

    /** Half of the bits of the result change with each bit of the argument. */
    @Test
    void mix_oneBitDiffers_halfOfTheBitsDiffer() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int changed = 0;
            for (long value = 0; value < 64; value++) {
                long spread = value * Hashes.GOLDEN;
                changed += Long.bitCount(Hashes.mix(spread) ^ Hashes.mix(spread ^ 1L << bit));
            }
            assertEquals(32, changed / 64.0, 3, "bit " + bit);
        }
    }

    /**
     * The published vectors of FNV-1a, 64 bits: the place of a key is the same in every process and
     * every release.
     */
    @ParameterizedTest
    @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
    void ofText_isFnv1a(String text, String hash) {
        assertEquals(hash, Long.toHexString(Hashes.ofText(text)));
    }
}
