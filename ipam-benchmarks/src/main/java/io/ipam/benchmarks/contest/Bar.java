package io.ipam.benchmarks.contest;

import java.io.Serializable;
import java.util.Locale;

/**
 * What a figure or a ratio has to reach.
 *
 * @param kind what the bound is of
 * @param bound the bound
 */
public record Bar(Kind kind, double bound) implements Serializable {
    /** What a bound is of. */
    public enum Kind {
        /** The peer's figure through ours is to be at least the bound. */
        TIMES_BETTER,
        /** Our figure through the peer's is to be at most the bound. */
        TIMES_THE_PEER,
        /** Our figure itself is to be at most the bound; there is no peer. */
        FIGURE,
        /** There is no bound; the line only informs. */
        NONE
    }

    /**
     * A ratio of the peer's figure to ours that is to be large.
     *
     * @param bound the least
     * @return the bar
     */
    public static Bar atLeast(double bound) {
        return new Bar(Kind.TIMES_BETTER, bound);
    }

    /**
     * A ratio of our figure to the peer's that is to be small.
     *
     * @param bound the most
     * @return the bar
     */
    public static Bar atMost(double bound) {
        return new Bar(Kind.TIMES_THE_PEER, bound);
    }

    /**
     * A figure of ours that is to be small by itself.
     *
     * @param bound the most
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
     * Forms what is judged, the side that is to be larger above.
     *
     * @param ours our figure
     * @param peer the peer's
     * @return the peer's through ours, ours through the peer's, or ours
     */
    public double judged(double ours, double peer) {
        return switch (kind) {
            case TIMES_BETTER, NONE -> peer / ours;
            case TIMES_THE_PEER -> ours / peer;
            case FIGURE -> ours;
        };
    }

    /**
     * Judges.
     *
     * @param judged the ratio or figure
     * @return whether it reaches the bar; NaN does not
     */
    public boolean isReachedBy(double judged) {
        return switch (kind) {
            case TIMES_BETTER -> judged >= bound;
            case TIMES_THE_PEER, FIGURE -> judged <= bound;
            case NONE -> true;
        };
    }

    /** A number in few digits: no decimals from 100 on, none of a whole number that is small. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
