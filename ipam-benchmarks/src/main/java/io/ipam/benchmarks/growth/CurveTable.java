package io.ipam.benchmarks.growth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Curves as Markdown. Thread safety: none needed; no state. */
public final class CurveTable {
    private CurveTable() {}

    /**
     * One curve with its exponent.
     *
     * @param curve the curve
     * @param unit the unit of the cost
     * @return lines, each with a line end
     */
    public static String of(Curve curve, String unit) {
        StringBuilder head = new StringBuilder("| " + curve.name() + " |");
        StringBuilder line = new StringBuilder("|-|");
        StringBuilder costs = new StringBuilder("| " + unit + " |");
        for (Curve.Point point : curve.points()) {
            head.append(' ').append(point.label()).append(" |");
            line.append("-|");
            costs.append(' ').append(number(point.cost())).append(" |");
        }
        head.append(" exponent |\n");
        line.append("-|\n");
        costs.append(' ').append(exponent(curve)).append(" |\n");
        return head.append(line).append(costs).toString();
    }

    /**
     * Several curves with common labels.
     *
     * @param title the heading of the names
     * @param curves the curves
     * @param unit the unit of the cost
     * @return lines, each with a line end
     */
    public static String of(String title, List<Curve> curves, String unit) {
        StringBuilder text = new StringBuilder("| " + title + ", " + unit + " |");
        StringBuilder line = new StringBuilder("|-|");
        for (Curve.Point point : curves.get(0).points()) {
            text.append(' ').append(point.label()).append(" |");
            line.append("-|");
        }
        text.append('\n').append(line).append('\n');
        for (Curve curve : curves) {
            text.append("| ").append(curve.name()).append(" |");
            curve.points()
                    .forEach(point ->
                            text.append(' ').append(number(point.cost())).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Curves one after the other, each with its exponent.
     *
     * @param curves the curves
     * @param unit the unit of the cost
     * @return lines, each with a line end
     */
    public static String each(List<Curve> curves, String unit) {
        return curves.stream().map(curve -> of(curve, unit)).collect(Collectors.joining("\n"));
    }

    /**
     * The memory that structures retain, one line per point.
     *
     * @param curves one curve per content
     * @return lines, each with a line end
     */
    public static String structures(List<Curve> curves) {
        StringBuilder text = new StringBuilder("| memory of | structure | B |\n|-|-|-|\n");
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                text.append("| %s | %s | %s |%n".formatted(curve.name(), point.label(), number(point.cost())));
            }
        }
        return text.toString();
    }

    private static String exponent(Curve curve) {
        double exponent = curve.exponent();
        return Double.isNaN(exponent) ? "" : String.format(Locale.ROOT, "%.2f", exponent + 0.0);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
