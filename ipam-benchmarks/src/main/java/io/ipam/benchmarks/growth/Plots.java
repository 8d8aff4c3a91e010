package io.ipam.benchmarks.growth;

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
import org.knowm.xchart.style.Styler;

/** Curves as PNG images. Thread safety: none needed; no state. */
public final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    private Plots() {}

    /**
     * Draws curves over the same labels, cost on a logarithmic axis.
     *
     * @param file where to, without the ending
     * @param title above
     * @param costTitle of the axis
     * @param curves with the same labels in the same order
     */
    public static void byLabel(Path file, String title, String costTitle, List<Curve> curves) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(costTitle)
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        for (Curve curve : curves) {
            chart.addSeries(
                    curve.name(),
                    curve.points().stream().map(Curve.Point::label).toList(),
                    curve.points().stream().map(Curve.Point::cost).toList());
        }
        save(BitmapEncoder.getBufferedImage(chart), file);
    }

    /**
     * Draws curves over their sizes, both axes logarithmic.
     *
     * @param file where to, without the ending
     * @param title above
     * @param sizeTitle of the axis below
     * @param curves which
     */
    public static void bySize(Path file, String title, String sizeTitle, List<Curve> curves) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(sizeTitle)
                .yAxisTitle("microseconds")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        for (Curve curve : curves) {
            chart.addSeries(
                    curve.name(),
                    curve.points().stream().mapToDouble(Curve.Point::size).toArray(),
                    curve.points().stream()
                            .mapToDouble(point -> point.cost() / 1_000)
                            .toArray());
        }
        save(BitmapEncoder.getBufferedImage(chart), file);
    }

    private static void save(BufferedImage image, Path file) {
        try {
            ImageIO.write(
                    image,
                    "png",
                    file.resolveSibling(file.getFileName() + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
