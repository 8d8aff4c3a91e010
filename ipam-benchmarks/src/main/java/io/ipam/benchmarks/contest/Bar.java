package io.ipam.benchmarks.contest;

import java.io.Serializable;
import java.util.Locale;

/**
 * The bound that a figure or a ratio must reach.
 *
 * @param kind the judged quantity
 * @param bound the bound
 */
public record Bar(Kind kind, double bound) implements Serializable {
    /** The judged quantity. */
    public enum Kind {
        /** The peer's figure divided by ipam's must be at least the bound. */
        TIMES_BETTER,
        /** ipam's figure divided by the peer's must be at most the bound. */
        TIMES_THE_PEER,
        /** ipam's figure must be at most the bound; there is no peer. */
        FIGURE,
        /** There is no bound; the line only informs. */
        NONE
    }

    /**
     * Requires a minimum ratio of the peer's figure to ipam's.
     *
     * @param bound the minimum
     * @return the bar
     */
    public static Bar atLeast(double bound) {
        return new Bar(Kind.TIMES_BETTER, bound);
    }

    /**
     * Requires a maximum ratio of ipam's figure to the peer's.
     *
     * @param bound the maximum
     * @return the bar
     */
    public static Bar atMost(double bound) {
        return new Bar(Kind.TIMES_THE_PEER, bound);
    }

    /**
     * Requires a maximum figure of ipam.
     *
     * @param bound the maximum
     * @return the bar
     */
    public static Bar figure(double bound) {
        return new Bar(Kind.FIGURE, bound);
    }

    /** {@return no bar} */
    public static Bar none() {
        return new Bar(Kind.NONE, 0);
    }

    /**
     * Computes the judged number. In a ratio, the figure that must be larger is the numerator.
     *
     * @param ours ipam's figure
     * @param peer the peer's figure
     * @return peer / ipam, ipam / peer, or ipam's figure
     */
    public double judged(double ours, double peer) {
        return switch (kind) {
            case TIMES_BETTER, NONE -> peer / ours;
            case TIMES_THE_PEER -> ours / peer;
            case FIGURE -> ours;
        };
    }

    /**
     * Compares a number with the bound.
     *
     * @param judged the ratio or figure
     * @return whether it reaches the bar; false for NaN
     */
    public boolean isReachedBy(double judged) {
        return switch (kind) {
            case TIMES_BETTER -> judged >= bound;
            case TIMES_THE_PEER, FIGURE -> judged <= bound;
            case NONE -> true;
        };
    }

    /**
     * Formats a number in few digits: no decimals from 100 on, and none for a small whole number.
     */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
