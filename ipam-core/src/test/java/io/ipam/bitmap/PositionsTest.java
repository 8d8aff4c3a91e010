package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Hashes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uniform draws below a number. */
class PositionsTest {
    private static final int EACH = 3000;

    /**
     * A product of 3 * 2^29 and 32 bits favours two of three numbers, except for the draws that are
     * repeated.
     */
    @ParameterizedTest
    @CsvSource({"3, 3, 13.8", "7, 7, 22.5", "1610612736, 3, 13.8"})
    void below_manySeeds_isUniform(int n, int places, double mostChiSquare) {
        int[] counts = new int[places];
        for (int i = 0; i < places * EACH; i++) {
            counts[Positions.below(n, Hashes.mix(i)) % places]++;
        }
        double chi = 0;
        for (int count : counts) {
            chi += (double) (count - EACH) * (count - EACH) / EACH;
        }
        assertTrue(chi < mostChiSquare, "chi-square " + chi); // The level of 0.1 %.
    }
}
