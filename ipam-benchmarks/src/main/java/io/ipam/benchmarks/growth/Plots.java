package io.ipam.benchmarks.growth;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves as PNG images. Thread safety: none needed; no state. */
public final class Plots {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final int MOST_LABELS = 20;

    /** Colours that people with colour blindness can distinguish. ipam has the first one. */
    private static final Color[] COLORS = {
        new Color(0x0072B2),
        new Color(0x000000),
        new Color(0xE69F00),
        new Color(0xF0C987),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xD55E00)
    };

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS
    };

    private Plots() {}

    /**
     * Draws the plot of a family, if it has one.
     *
     * @param directory the directory of the file
     * @param family the family
     * @param curves its curves
     */
    public static void draw(Path directory, Family family, List<Curve> curves) {
        switch (family) {
            case OCCUPANCY ->
                byLabel(
                        directory.resolve("cost-by-occupancy.png"),
                        "Take the lowest free address of a /16, return another",
                        "how much of the /16 is held",
                        "nanoseconds",
                        curves);
            case HELD ->
                bySize(
                        directory.resolve("cost-by-held.png"),
                        "Cost of one request",
                        "addresses held",
                        "microseconds",
                        curves);
            case MEMORY_BY_OCCUPANCY ->
                byLabel(
                        directory.resolve("memory-per-address.png"),
                        "Memory of a /16, for each address of it",
                        "how much of the /16 is held",
                        "bytes",
                        curves);
            default -> {}
        }
    }

    /**
     * Draws the rates of one process over stores.
     *
     * @param directory the directory of the image
     * @param curves one curve per store
     */
    public static void storesByCallers(Path directory, List<Curve> curves) {
        byLabel(
                directory.resolve("store-by-callers.png"),
                "One process on one pool: grants and releases for each bare commit",
                "callers",
                "operations in units of r",
                curves);
    }

    /**
     * Draws the rates of several processes over stores.
     *
     * @param directory the directory of the image
     * @param curves one curve per store
     */
    public static void storesByProcesses(Path directory, List<Curve> curves) {
        byLabel(
                directory.resolve("store-by-processes.png"),
                "Processes with 8 callers each: grants and releases for each bare commit",
                "processes",
                "operations in units of r",
                curves);
    }

    /**
     * Draws curves over common labels, with cost on a logarithmic axis.
     *
     * @param file the file to write
     * @param title the title
     * @param labelTitle the title of the horizontal axis
     * @param costTitle the title of the vertical axis
     * @param curves the curves, with equal labels in equal order
     */
    static void byLabel(Path file, String title, String labelTitle, String costTitle, List<Curve> curves) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(labelTitle)
                .yAxisTitle(costTitle + ", logarithmic")
                .build();
        style(chart.getStyler());
        costAxis(chart.getStyler(), curves, 1);
        chart.getStyler().setOverlapped(true);
        chart.getStyler().setXAxisMaxLabelCount(MOST_LABELS);
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            CategorySeries series = chart.addSeries(
                    curve.name(),
                    curve.points().stream().map(Curve.Point::label).toList(),
                    curve.points().stream().map(Curve.Point::cost).toList());
            series.setMarkerColor(COLORS[i % COLORS.length]);
            series.setMarker(MARKERS[i % MARKERS.length]);
            series.setLineColor(COLORS[i % COLORS.length]);
            series.setLineStyle(new BasicStroke(i == 0 ? 3.5f : 1.8f));
        }
        save(BitmapEncoder.getBufferedImage(chart), file);
    }

    /**
     * Draws curves over their sizes, both axes logarithmic.
     *
     * @param file the file to write
     * @param title the title
     * @param sizeTitle the title of the horizontal axis
     * @param costTitle the title of the vertical axis; a thousandth of the cost is drawn
     * @param curves the curves
     */
    private static void bySize(Path file, String title, String sizeTitle, String costTitle, List<Curve> curves) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(sizeTitle + ", logarithmic")
                .yAxisTitle(costTitle + ", logarithmic")
                .build();
        style(chart.getStyler());
        costAxis(chart.getStyler(), curves, 1 / 1_000.0);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("#,###");
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            XYSeries series = chart.addSeries(
                    curve.name(),
                    curve.points().stream().mapToDouble(Curve.Point::size).toArray(),
                    curve.points().stream()
                            .mapToDouble(point -> point.cost() / 1_000)
                            .toArray());
            series.setMarkerColor(COLORS[i % COLORS.length]);
            series.setMarker(MARKERS[i % MARKERS.length]);
            series.setLineColor(COLORS[i % COLORS.length]);
            series.setLineStyle(new BasicStroke(i == 0 ? 3.5f : 1.8f));
        }
        save(BitmapEncoder.getBufferedImage(chart), file);
    }

    private static void style(AxesChartStyler styler) {
        styler.setYAxisLogarithmic(true);
        styler.setYAxisDecimalPattern("#,##0.####");
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xDDDDDD));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setMarkerSize(8);
    }

    /**
     * Powers of ten around all costs, so that the first and the last tick of the axis have a label.
     */
    private static void costAxis(AxesChartStyler styler, List<Curve> curves, double scale) {
        double least = Double.MAX_VALUE;
        double most = Double.MIN_VALUE;
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                least = Math.min(least, point.cost() * scale);
                most = Math.max(most, point.cost() * scale);
            }
        }
        styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
        styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most))));
    }

    private static void save(BufferedImage image, Path file) {
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
