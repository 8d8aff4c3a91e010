package io.ipam.benchmarks.contest;

import java.util.Locale;

/**
 * What a ratio has to reach.
 *
 * @param atLeast whether the ratio is to be at least the bound, else at most
 * @param bound the bound
 */
public record Bar(boolean atLeast, double bound) {
    /**
     * A ratio of the peer's figure to ours that is to be large.
     *
     * @param bound the least
     * @return the bar
     */
    public static Bar atLeast(double bound) {
        return new Bar(true, bound);
    }

    /**
     * A ratio of our figure to the peer's that is to be small.
     *
     * @param bound the most
     * @return the bar
     */
    public static Bar atMost(double bound) {
        return new Bar(false, bound);
    }

    /**
     * Forms the ratio, the side that is to be larger above.
     *
     * @param ours our figure
     * @param peer the peer's
     * @return the peer's through ours where the bar says at least, ours through the peer's where it says at most
     */
    public double ratio(double ours, double peer) {
        return atLeast ? peer / ours : ours / peer;
    }

    /**
     * Judges.
     *
     * @param ratio the ratio
     * @return whether it reaches the bar; NaN does not
     */
    public boolean isReachedBy(double ratio) {
        return atLeast ? ratio >= bound : ratio <= bound;
    }

    @Override
    public String toString() {
        return (atLeast ? ">= " : "<= ") + number(bound);
    }

    /** A number in few digits: no decimals from 100 on. */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
