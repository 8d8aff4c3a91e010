package io.ipam.benchmarks.contest;

import java.util.Arrays;

/**
 * What was measured of one contestant, one number per sample. Thread safety: not to be changed once
 * handed on.
 *
 * <p>{@link #median} is what goals and curves are judged by.
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

    /** {@return the one in the middle; of an even number, the mean of both} */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return how many} */
    public int count() {
        return sorted.length;
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
