package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.number.Position;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of both forms, with java.util.BitSet as oracle. */
class BitmapContractTest {
    private static final int[] SIZES = {1, 63, 64, 65, 257, 4095, 4096, 4097, 20_000, 270_000};
    private static final double[] DENSITIES = {0, 0.001, 0.1, 0.5, 0.9, 0.999, 1};

    static Stream<Arguments> cases() {
        return Stream.of(BitmapForm.values())
                .flatMap(form -> java.util.stream.IntStream.of(SIZES)
                        .boxed()
                        .flatMap(n -> java.util.stream.DoubleStream.of(DENSITIES)
                                .mapToObj(density -> Arguments.of(form, n, density))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reads_everyDensity_agreeWithOracle(BitmapForm form, int n, double density) {
        SplittableRandom random = new SplittableRandom(n * 31L + (long) (density * 1000));
        BitmapForm.Subject subject = filled(form, n, density, random);
        subject.bitmap().verify();
        readEverything(subject, random);
        readEverything(copyOf(subject), random);
    }

    private static BitmapForm.Subject filled(BitmapForm form, int n, double density, SplittableRandom random) {
        BitmapForm.Subject subject = form.of(n);
        for (int i = 0; i < n; i++) {
            if (density == 1 || random.nextDouble() < density) {
                subject.set(i);
            }
        }
        return subject;
    }

    private static BitmapForm.Subject copyOf(BitmapForm.Subject s) {
        return new BitmapForm.Subject(s.bitmap().copy(), s.base(), s.last(), s.n(), (BitSet)
                s.oracle().clone());
    }

    private static void readEverything(BitmapForm.Subject subject, SplittableRandom random) {
        int n = subject.n();
        subject.counts();
        subject.noRankBeyond();
        subject.runs(0);
        subject.runs(n / 2);
        int step = Math.max(1, n / 300);
        for (int i = 0; i < n; i += step) {
            subject.get(i);
            subject.nextClear(i);
            int to = i + random.nextInt(n - i);
            subject.isClear(i, to);
        }
        for (int i = 0; i < n; i += Math.max(1, n / 8)) {
            subject.select(i);
            for (int bits = 0; bits < 14; bits += 2) {
                subject.nextClearBlock(i, bits, n - 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void setAndClear_anyOrder_emptiesAndFills(BitmapForm form, int n, double density) {
        SplittableRandom random = new SplittableRandom(n);
        BitmapForm.Subject subject = filled(form, n, density, random);
        for (int i = 0; i < Math.min(2 * n, 40_000); i++) {
            int p = random.nextInt(n);
            if (random.nextDouble() < density) {
                subject.set(p);
            } else {
                subject.clear(p);
            }
        }
        subject.bitmap().verify();
        readEverything(subject, random);
        for (int i = n - 1; i >= 0; i--) {
            subject.clear(i);
        }
        subject.bitmap().verify();
        subject.counts();
    }

    @ParameterizedTest
    @EnumSource
    void setLowest_repeated_fillsWithoutGap(BitmapForm form) {
        BitmapForm.Subject subject = form.of(300_000);
        for (int i = 0; i < subject.n(); i++) {
            assertEquals(i, subject.setLowestClear());
        }
        subject.bitmap().verify();
        subject.counts();
        assertEquals(subject.n(), subject.nextClear(0));
    }

    @ParameterizedTest
    @EnumSource
    void get_positionBeyondTheLast_throws(BitmapForm form) {
        BitmapForm.Subject subject = form.of(100);
        Bitmap bitmap = subject.bitmap();
        long high = subject.high(100);
        long low = subject.low(100);
        if (subject.position(100).compareTo(subject.last()) > 0
                && subject.position(100).bitLength() <= 128) {
            assertThrows(IndexOutOfBoundsException.class, () -> bitmap.get(high, low));
            assertThrows(IndexOutOfBoundsException.class, () -> bitmap.set(high, low));
            assertThrows(IndexOutOfBoundsException.class, () -> bitmap.clear(high, low));
            assertEquals(false, bitmap.nextClear(high, low, new Position()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void copy_laterChange_isIndependent(BitmapForm form) {
        BitmapForm.Subject subject = form.of(5000);
        for (int i = 0; i < 5000; i += 3) {
            subject.set(i);
        }
        BitmapForm.Subject copy = copyOf(subject);
        assertNotSame(subject.bitmap(), copy.bitmap());
        for (int i = 0; i < 5000; i += 2) {
            subject.set(i);
            copy.clear(i);
        }
        for (int i = 0; i < 5000; i++) {
            subject.get(i);
            copy.get(i);
        }
        subject.bitmap().verify();
        copy.bitmap().verify();
    }

    @Test
    void ofNothing_noPositions_isEmptyAndFull() {
        Bitmap nothing = Bitmap.ofNothing();
        nothing.verify();
        assertEquals(true, nothing.isEmpty() && nothing.isFull());
        assertEquals(false, nothing.nextClear(0, 0, new Position()));
        assertEquals(false, nothing.randomClear(1, new Position()));
        assertEquals(false, nothing.setLowestClear(new Position()));
        assertEquals(false, nothing.runs(0, 0).next(new Position(), new Position()));
        assertThrows(IndexOutOfBoundsException.class, () -> nothing.get(0, 0));
    }
}
