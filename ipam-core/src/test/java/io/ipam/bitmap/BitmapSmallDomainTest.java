package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Hashes;
import io.ipam.number.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state of a few positions, and every query about them. */
class BitmapSmallDomainTest {
    private static final int N = 6;

    /** The subject in each of its 64 states. */
    private static BitmapForm.Subject inState(BitmapForm form, int state) {
        BitmapForm.Subject subject = form.of(N);
        IntStream.range(0, N).filter(i -> (state >> i & 1) != 0).forEach(subject::set);
        return subject;
    }

    @ParameterizedTest
    @EnumSource
    void setRun_everyRun_isAllOrNothing(BitmapForm form) {
        for (int state = 0; state < 1 << N; state++) {
            BitmapForm.Subject subject = inState(form, state);
            for (int first = 0; first < N; first++) {
                for (int last = first; last < N; last++) {
                    if (subject.setRun(first, last)) {
                        subject.clearRun(first, last);
                    } else if (subject.clearRun(first, last)) {
                        subject.setRun(first, last);
                    }
                    subject.isClear(first, last);
                }
            }
            subject.runs(0);
            subject.counts();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nextClearBlock_everyBlock_isFound(BitmapForm form) {
        for (int state = 0; state < 1 << N; state++) {
            BitmapForm.Subject subject = inState(form, state);
            for (int from = 0; from < N; from++) {
                for (int to = from; to < N; to++) {
                    subject.nextClearBlock(from, 0, to);
                    subject.nextClearBlock(from, 1, to);
                    subject.nextClearBlock(from, 2, to);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyClearPosition_byItsRank_isSelected(BitmapForm form) {
        for (int state = 0; state < 1 << N; state++) {
            BitmapForm.Subject subject = inState(form, state);
            IntStream.range(0, N).forEach(subject::select);
            subject.noRankBeyond();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 24, 25, 31, 32, 33, 63, 64, 65, 100})
    void nextClearBlock_longerThanBitmap_isNotFound(int bits) {
        for (BitmapForm form : new BitmapForm[] {BitmapForm.DENSE, BitmapForm.SPARSE}) {
            Bitmap bitmap = form.of(100).bitmap();
            assertEquals(false, bitmap.nextClearBlock(0, 0, bits, 0, 99, new Position()));
        }
    }

    @Test
    void nextClearBlock_wholeBitmap_isFound() {
        Position out = new Position();
        out.set(7, 7);
        assertEquals(true, Bitmap.covering(-1, -1).nextClearBlock(0, 0, 128, -1, -1, out));
        assertEquals("0", out.toString());
        long last = Bitmap.DENSE_POSITIONS - 1;
        out.set(7, 7);
        assertEquals(true, Bitmap.covering(0, last).nextClearBlock(0, 0, 24, 0, last, out));
        assertEquals("0", out.toString());
    }

    /**
     * Each clear position is equally likely: chi-square at the level of 0.1 %, for every number of
     * clear positions.
     */
    @Test
    void randomClear_manyDraws_isUniform() {
        Position out = new Position();
        for (int clear = 1; clear <= 20; clear++) {
            for (BitmapForm form : List.of(BitmapForm.DENSE, BitmapForm.SPARSE)) {
                BitmapForm.Subject subject = form.of(20);
                IntStream.range(0, 20 - clear).forEach(i -> subject.set(i * 7 % 20));
                int[] counts = new int[20];
                for (int draw = 0; draw < 1000 * clear; draw++) {
                    assertEquals(true, subject.bitmap().randomClear(Hashes.mix(draw), out));
                    counts[(int) out.low()]++;
                }
                assertEquals(clear, IntStream.of(counts).filter(n -> n > 0).count());
                IntStream.range(0, 20).filter(i -> counts[i] > 0).forEach(i -> assertEquals(false, subject.get(i)));
                double chi = IntStream.of(counts)
                        .filter(n -> n > 0)
                        .mapToDouble(n -> (n - 1000.0) * (n - 1000) / 1000)
                        .sum();
                assertTrue(chi < 43.8, form + " with " + clear + " clear: chi-square " + chi); // 19 degrees of freedom.
            }
        }
    }
}
