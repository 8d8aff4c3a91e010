package io.ipam.benchmarks.contest;

import java.io.Serializable;
import java.util.Locale;

/**
 * One line of the report.
 *
 * @param goal the goal's number
 * @param what the work
 * @param ours ipam's figure
 * @param peerName the name of the peer; empty if ipam's figure is judged by itself
 * @param peer the peer's figure
 * @param unit the unit of both figures
 * @param bar the bar to reach
 */
public record Row(int goal, String what, double ours, String peerName, double peer, String unit, Bar bar)
        implements Serializable {
    /**
     * Creates a line without a bar.
     *
     * @param goal the goal's number
     * @param what the work
     * @param ours ipam's figure
     * @param peerName the name of the peer
     * @param peer the peer's figure
     * @param unit the unit of both figures
     * @return the line
     */
    public static Row info(int goal, String what, double ours, String peerName, double peer, String unit) {
        return new Row(goal, what, ours, peerName, peer, unit, Bar.none());
    }

    /**
     * Creates a line whose figure is judged by itself.
     *
     * @param goal the goal's number
     * @param what the work
     * @param ours ipam's figure
     * @param unit the unit of the figure
     * @param bar its bar
     * @return the line
     */
    public static Row figure(int goal, String what, double ours, String unit, Bar bar) {
        return new Row(goal, what, ours, "", 0, unit, bar);
    }

    /** {@return the judged number: a ratio or ipam's figure} */
    public double judged() {
        return bar.judged(ours, peer);
    }

    /** {@return whether there is a bar} */
    public boolean hasBar() {
        return bar.kind() != Bar.Kind.NONE;
    }

    /** {@return whether there is a bar and the row misses it} */
    public boolean isShort() {
        return !bar.isReachedBy(judged());
    }

    /** {@return ipam's figure as printed} */
    String oursText() {
        return text(ours);
    }

    /** {@return the peer's figure as printed} */
    String peerText() {
        return peerName.isEmpty() ? "" : text(peer);
    }

    /** {@return the ratio as printed} */
    String ratioText() {
        return peerName.isEmpty() ? "" : Bar.number(judged()) + "x";
    }

    /** {@return the bar as printed} */
    String barText() {
        return switch (bar.kind()) {
            case TIMES_BETTER -> ">= " + Bar.number(bar.bound()) + "x";
            case TIMES_THE_PEER -> "<= " + Bar.number(bar.bound()) + "x";
            case FIGURE -> "<= " + text(bar.bound());
            case NONE -> "";
        };
    }

    /** {@return the verdict as printed} */
    String verdict() {
        return !hasBar() ? "-" : isShort() ? "SHORT" : "ok";
    }

    private String text(double value) {
        if (unit.equals("ns") && value >= 1_000) {
            return value >= 1_000_000
                    ? String.format(Locale.ROOT, "%.2f ms", value / 1_000_000)
                    : String.format(Locale.ROOT, "%.2f us", value / 1_000);
        }
        return Bar.number(value) + " " + unit;
    }
}
