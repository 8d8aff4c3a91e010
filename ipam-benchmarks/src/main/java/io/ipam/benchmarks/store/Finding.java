package io.ipam.benchmarks.store;

import java.util.Locale;

/**
 * One line of the report.
 *
 * @param goal the number of the goal
 * @param store the store
 * @param what the work
 * @param measured the measured figures as printed
 * @param judged the figure that the bar is for
 * @param unit the unit of the judged figure and of the bar
 * @param bar the bar
 */
public record Finding(int goal, String store, String what, String measured, double judged, String unit, Bar bar) {
    /**
     * A bound of a figure.
     *
     * @param kind the side
     * @param bound the bound
     */
    public record Bar(Kind kind, double bound) {
        /** The side of a bound. */
        public enum Kind {
            /** A minimum. */
            AT_LEAST,
            /** A maximum. */
            AT_MOST,
            /** No bound: the line informs. */
            NONE
        }

        /** {@return a minimum} */
        public static Bar atLeast(double bound) {
            return new Bar(Kind.AT_LEAST, bound);
        }

        /** {@return a maximum} */
        public static Bar atMost(double bound) {
            return new Bar(Kind.AT_MOST, bound);
        }

        /** {@return no bound} */
        public static Bar none() {
            return new Bar(Kind.NONE, 0);
        }
    }

    /** {@return whether the figure misses its bar; NaN does} */
    public boolean isShort() {
        return switch (bar.kind()) {
            case AT_LEAST -> !(judged >= bar.bound());
            case AT_MOST -> !(judged <= bar.bound());
            case NONE -> false;
        };
    }

    /** {@return whether there is a bar} */
    public boolean hasBar() {
        return bar.kind() != Bar.Kind.NONE;
    }

    String judgedText() {
        return number(judged, unit);
    }

    String barText() {
        return switch (bar.kind()) {
            case AT_LEAST -> ">= " + number(bar.bound(), unit);
            case AT_MOST -> "<= " + number(bar.bound(), unit);
            case NONE -> "";
        };
    }

    String verdict() {
        return !hasBar() ? "-" : isShort() ? "SHORT" : "holds";
    }

    /** A number in three digits, and a unit. */
    static String number(double value, String unit) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return (String.format(Locale.ROOT, format, value) + " " + unit).strip();
    }
}
