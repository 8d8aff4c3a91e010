package io.ipam.benchmarks.contest;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the report.
 *
 * @param goal the goal's number
 * @param what the work
 * @param ours our figure
 * @param peerName who it is held against
 * @param peer the peer's figure
 * @param unit of both figures
 * @param bar what the ratio has to reach; empty for a line that only informs
 */
public record Row(int goal, String what, double ours, String peerName, double peer, String unit, Optional<Bar> bar) {
    /**
     * A line with a bar.
     *
     * @param goal the goal's number
     * @param what the work
     * @param ours our figure
     * @param peerName who it is held against
     * @param peer the peer's figure
     * @param unit of both figures
     * @param bar what the ratio has to reach
     * @return the line
     */
    public static Row of(int goal, String what, double ours, String peerName, double peer, String unit, Bar bar) {
        return new Row(goal, what, ours, peerName, peer, unit, Optional.of(bar));
    }

    /**
     * A line that informs.
     *
     * @param goal the goal's number
     * @param what the work
     * @param ours our figure
     * @param peerName who it is held against
     * @param peer the peer's figure
     * @param unit of both figures
     * @return the line
     */
    public static Row info(int goal, String what, double ours, String peerName, double peer, String unit) {
        return new Row(goal, what, ours, peerName, peer, unit, Optional.empty());
    }

    /** {@return the ratio, as the bar forms it; without a bar, the peer's figure through ours} */
    public double ratio() {
        return bar.orElse(Bar.atLeast(0)).ratio(ours, peer);
    }

    /** {@return whether there is a bar and it is not reached} */
    public boolean isShort() {
        return bar.isPresent() && !bar.get().isReachedBy(ratio());
    }

    /** {@return the ratio as printed} */
    String ratioText() {
        return Bar.number(ratio()) + "x";
    }

    /** {@return the verdict as printed} */
    String verdict() {
        if (bar.isEmpty()) {
            return "-";
        }
        return isShort() ? "SHORT" : "ok";
    }

    /** {@return a figure with its unit} */
    String figure(double value) {
        if (unit.equals("ns") && value >= 1_000) {
            return value >= 1_000_000
                    ? String.format(Locale.ROOT, "%.2f ms", value / 1_000_000)
                    : String.format(Locale.ROOT, "%.2f us", value / 1_000);
        }
        return Bar.number(value) + " " + unit;
    }
}
