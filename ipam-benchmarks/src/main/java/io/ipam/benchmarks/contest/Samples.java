package io.ipam.benchmarks.contest;

import java.util.Arrays;

/**
 * The measurements of one contestant, one number per sample. Thread safety: none; must not change
 * after it is passed on.
 *
 * <p>Goals and curves use {@link #median}.
 */
public final class Samples {
    private final double[] sorted;

    /**
     * Copies the values.
     *
     * @param values at least one
     */
    public Samples(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no sample");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** {@return the median; for an even number of samples, the mean of the middle two} */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return the number of samples} */
    public int count() {
        return sorted.length;
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
