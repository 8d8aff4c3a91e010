package io.ipam.benchmarks.growth;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The cost of something as a function of size. Thread safety: immutable.
 *
 * @param name the measured quantity
 * @param points in ascending order of size
 */
public record Curve(String name, List<Point> points) implements Serializable {
    /**
     * A point.
     *
     * @param label the printed label
     * @param size the size, positive
     * @param cost the cost, positive
     */
    public record Point(String label, double size, double cost) implements Serializable {}

    /** Copies the points. */
    public Curve {
        points = List.copyOf(points);
    }

    /**
     * Fits {@code cost = c * size^e} by least squares on the logarithms.
     *
     * @return the exponent e: 0 if the cost does not depend on the size, 1 if it is proportional;
     *     NaN for fewer than two sizes
     */
    public double exponent() {
        double n = points.size();
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (Point point : points) {
            double x = Math.log(point.size());
            double y = Math.log(point.cost());
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        double spread = n * sumXx - sumX * sumX;
        return spread > 1e-12 ? (n * sumXy - sumX * sumY) / spread : Double.NaN;
    }

    /** {@return a builder of a curve} */
    static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the points of a curve. Thread safety: none. */
    static final class Builder {
        private final String name;
        private final List<Point> points = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        Builder add(String label, double size, double cost) {
            points.add(new Point(label, size, cost));
            return this;
        }

        Curve build() {
            return new Curve(name, points);
        }
    }
}
