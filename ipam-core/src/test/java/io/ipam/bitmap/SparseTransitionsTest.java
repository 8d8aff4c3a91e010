package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Position;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Words that change between no bit, one bit, several bits, and all bits, at distant places. Some of
 * these places are special cases of the tables. The model is a TreeSet of numbers; every invariant
 * is checked after every change.
 */
class SparseTransitionsTest {
    /** The widths of positions, and the first positions of the words to change. */
    enum Place {
        BITS_64(64),
        BITS_68(68),
        BITS_80(80),
        BITS_128(128);

        private final int bits;

        Place(int bits) {
            this.bits = bits;
        }

        Bitmap bitmap() {
            return new SparseBitmap(Uint128.onesHigh(bits), Uint128.onesLow(bits));
        }

        /**
         * The first and the last position, the positions around 2^63, in 128 bits one whose hash is
         * 0, neighbours, and others.
         */
        List<BigInteger> words() {
            BigInteger end = BigInteger.ONE.shiftLeft(bits);
            BigInteger half = BigInteger.ONE.shiftLeft(63);
            long mask = Uint128.onesHigh(bits);
            return List.of(
                    BigInteger.ZERO,
                    BigInteger.valueOf(64),
                    end.subtract(BigInteger.valueOf(64)),
                    half.subtract(BigInteger.valueOf(64)),
                    half,
                    Uint128.toBigInteger(SingleBitTable.none(false).hash(0, 640) & mask, 640),
                    BigInteger.valueOf(1L << 40),
                    end.subtract(BigInteger.valueOf(1L << 50)));
        }
    }

    /** Changes one position, or as many as make the word one bit, full, or empty. */
    record Step(int word, int bit, int kind) {
        void run(Place place, Bitmap bitmap, TreeSet<BigInteger> model) {
            BigInteger base = place.words().get(word);
            for (int i = 0; i < 64; i++) {
                boolean on = switch (kind) {
                    case 0 -> true; // Full.
                    case 1 -> i == bit;
                    case 2 -> i % 7 == bit % 7;
                    default -> false;
                };
                if (kind < 4 || i == bit) {
                    turn(bitmap, model, base.add(BigInteger.valueOf(i)), kind < 4 ? on : kind < 6);
                }
            }
        }
    }

    private static void turn(Bitmap bitmap, TreeSet<BigInteger> model, BigInteger at, boolean on) {
        long high = Uint128.high(at);
        long low = Uint128.low(at);
        boolean changes = on ? model.add(at) : model.remove(at);
        assertEquals(changes, on ? bitmap.set(high, low) : bitmap.clear(high, low));
        assertEquals(on, bitmap.get(high, low));
        bitmap.verify();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.integers().between(0, 7))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void transitions_everyPlace_agreeWithModel(@ForAll Place place, @ForAll("steps") List<Step> steps) {
        Bitmap bitmap = place.bitmap();
        TreeSet<BigInteger> model = new TreeSet<>();
        for (Step step : steps) {
            step.run(place, bitmap, model);
            assertSame(place, model, bitmap);
        }
        Bitmap copy = bitmap.copy();
        List<BigInteger> held = List.copyOf(model);
        for (BigInteger at : held) {
            turn(bitmap, model, at, false);
        }
        assertTrue(bitmap.isEmpty());
        assertSame(place, new TreeSet<>(held), copy);
    }

    private static void assertSame(Place place, TreeSet<BigInteger> model, Bitmap bitmap) {
        assertEquals(model.isEmpty(), bitmap.isEmpty());
        Position out = new Position();
        bitmap.cardinality(out);
        assertEquals(BigInteger.valueOf(model.size()), BitmapForm.Subject.value(out));
        assertRuns(model, bitmap);
        for (BigInteger base : place.words()) {
            BigInteger last = base.add(BigInteger.valueOf(63));
            BigInteger middle = base.add(BigInteger.valueOf(31));
            assertEquals(
                    model.subSet(middle, true, last, true).isEmpty(),
                    bitmap.isClear(Uint128.high(middle), Uint128.low(middle), Uint128.high(last), Uint128.low(last)));
            // From so far away that all existing words are visited.
            assertEquals(model.headSet(middle).isEmpty(), clearBefore(bitmap, middle));
        }
    }

    private static boolean clearBefore(Bitmap bitmap, BigInteger end) {
        BigInteger last = end.subtract(BigInteger.ONE);
        return bitmap.isClear(0, 0, Uint128.high(last), Uint128.low(last));
    }

    private static void assertRuns(TreeSet<BigInteger> model, Bitmap bitmap) {
        Position first = new Position();
        Position last = new Position();
        SetRuns runs = bitmap.runs(0, 0);
        Iterator<BigInteger> expected = model.iterator();
        while (runs.next(first, last)) {
            BigInteger end = BitmapForm.Subject.value(last);
            for (BigInteger at = BitmapForm.Subject.value(first); at.compareTo(end) <= 0; at = at.add(BigInteger.ONE)) {
                assertEquals(expected.next(), at);
            }
        }
        assertFalse(expected.hasNext());
    }

    /**
     * Thousands of single positions, some in words of two, replaced while the tables grow and
     * shrink.
     */
    @Property(tries = 12)
    void transitions_manyPositions_agreeWithModel(@ForAll Place place, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bitmap bitmap = place.bitmap();
        Set<BigInteger> model = new HashSet<>();
        Position at = new Position();
        for (int most : new int[] {3000, 40, 900, 0}) {
            while (model.size() < most) {
                at.draw(random.nextLong(), Uint128.onesHigh(place.bits), Uint128.onesLow(place.bits));
                for (int n = random.nextInt(4) == 0 ? 2 : 1; n > 0; n--) {
                    at.set(at.high(), at.low() ^ n);
                    assertEquals(model.add(BitmapForm.Subject.value(at)), bitmap.set(at.high(), at.low()));
                }
            }
            bitmap.verify();
            assertRuns(new TreeSet<>(model), bitmap);
            assertRuns(new TreeSet<>(model), bitmap.copy());
            for (BigInteger held : List.copyOf(model)) {
                if (model.size() > most / 3) {
                    model.remove(held);
                    assertTrue(bitmap.clear(Uint128.high(held), Uint128.low(held)));
                }
            }
            bitmap.verify();
            assertRuns(new TreeSet<>(model), bitmap);
        }
    }

    /** A copy shares empty tables; the first position of either affects only that one. */
    @Property(tries = 1)
    void copy_emptyBitmap_isIndependent() {
        for (Place place : Place.values()) {
            Bitmap one = place.bitmap();
            Bitmap other = one.copy();
            assertNotSame(one, other);
            IntStream.of(0, 1000, 1001, 5000).forEach(i -> assertTrue(one.set(0, i)));
            assertTrue(other.isEmpty());
            assertFalse(other.get(0, 1000));
            assertTrue(other.set(0, 1000));
            assertTrue(other.clear(0, 1000));
            assertTrue(one.get(0, 1000));
            one.verify();
            other.verify();
        }
    }
}
