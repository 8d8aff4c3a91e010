package io.ipam.tables;

import io.ipam.address.AddressRange;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map as an SVG element. Neighbors of one state in a row share an element, whose title states
 * their addresses.
 *
 * <p>Layout, from the top: the first and the last address, the rows, and the legend. Thread safety:
 * none.
 */
final class SvgMap {
    private static final int PITCH = CellShape.SIZE + 2;
    private static final int GROUP = 8;
    private static final int GROUP_GAP = 4;
    private static final int ROW_GAP = 12;
    private static final int LINE = 20;
    /** The width of a character in tenths of a pixel. */
    private static final int CHARACTER_TENTHS = 79;

    private final Pool pool;
    private final MapGrid grid;
    private final MapLegend legend;
    private final RowLabels labels;
    private final int left;
    private final int right;
    private final StringBuilder frames = new StringBuilder();
    private final Map<CellShape, StringBuilder> shapes = new LinkedHashMap<>();
    private final StringBuilder texts = new StringBuilder();
    private int frameX;
    private int frameY;
    private int y;
    private int width;

    SvgMap(Pool pool, MapGrid grid, MapLegend legend) {
        this.pool = pool;
        this.grid = grid;
        this.legend = legend;
        labels = RowLabels.of(grid.rows());
        left = widthOf(labels.widest()) + GROUP;
        right = x(MapGrid.COLUMNS - 1) + CellShape.SIZE;
        width = right;
    }

    String svg() {
        addText(
                0,
                pool.listed().first().map(first -> first + " - ").orElse("no addresses")
                        + pool.listed().last().map(Object::toString).orElse(""));
        y += LINE;
        grid.rows().forEach(this::addRow);
        y += GROUP;
        addLegend();
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + width + "\" height=\"" + y
                + "\" viewBox=\"0 0 " + width + " " + y
                + "\" font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"13\">\n<title>"
                + Markup.escape("pool " + pool.name() + ", " + pool.subnet() + ": "
                        + legend.totals().text()) + "</title>\n"
                + "<path fill=\"none\" stroke=\"" + CellShape.FRAME_COLOR + "\" d=\"" + frames + "\"/>\n" + groups()
                + "<g fill=\"currentColor\">\n" + texts + "</g>\n</svg>\n";
    }

    private String groups() {
        StringBuilder out = new StringBuilder();
        shapes.forEach((shape, paths) -> out.append("<g ")
                .append(shape.attributes())
                .append(">\n")
                .append(paths)
                .append("</g>\n"));
        return out.toString();
    }

    private void addRow(MapGrid.Row row) {
        if (row.isAfterGap()) {
            addText(0, "⋮");
            y += ROW_GAP;
        }
        addText(0, labels.of(row));
        List<MapGrid.Cell> run = new ArrayList<>();
        int first = 0;
        for (int column = 0; column < MapGrid.COLUMNS; column++) {
            MapGrid.Cell cell = row.cells().get(column);
            if (!run.isEmpty() && !continues(run.get(0), cell)) {
                addRun(first, run);
                run.clear();
            }
            first = run.isEmpty() ? column : first;
            run.add(cell);
        }
        addRun(first, run);
        y += PITCH;
    }

    /** Whether two cells can share an element. */
    private static boolean continues(MapGrid.Cell before, MapGrid.Cell cell) {
        char symbol = cell.counts().symbol();
        return symbol == before.counts().symbol() && CellShape.of(symbol).isOfOneState();
    }

    private void addRun(int firstColumn, List<MapGrid.Cell> run) {
        StateCounts counts = run.get(0).counts();
        if (counts.symbol() == StateCounts.OUTSIDE) {
            return;
        }
        CellShape shape = CellShape.of(counts.symbol());
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < run.size(); i++) {
            addFrame(x(firstColumn + i), shape);
            path.append(shape.path(counts.symbol(), x(firstColumn + i), y));
        }
        if (shape == CellShape.EMPTY) {
            // One area that shows the title replaces those of the cells, which are invisible.
            int left = x(firstColumn);
            int right = x(firstColumn + run.size() - 1) + CellShape.SIZE;
            path.setLength(0);
            path.append(CellShape.area(left, y, right - left));
        }
        AddressRange range = new AddressRange(
                run.get(0).range().first(), run.get(run.size() - 1).range().last());
        String states = shape.isOfOneState() ? counts.present().get(0).label() : counts.text();
        shapes.computeIfAbsent(shape, key -> new StringBuilder())
                .append("<path d=\"")
                .append(path)
                .append("\"><title>")
                .append(range)
                .append(": ")
                .append(states)
                .append("</title></path>\n");
    }

    /** Adds a square to the path of all frames, relative to the square before. */
    private void addFrame(int x, CellShape shape) {
        if (shape.hasFrame()) {
            frames.append(frames.isEmpty() ? "M" + x + ".5 " + y + ".5" : "m" + (x - frameX) + " " + (y - frameY))
                    .append(CellShape.FRAME);
            frameX = x;
            frameY = y;
        }
    }

    private int x(int column) {
        return left + column * PITCH + column / GROUP * GROUP_GAP;
    }

    /** The entries of the legend from left to right, on as many lines as they need. */
    private void addLegend() {
        int x = 0;
        for (MapLegend.Entry entry : legend.entries()) {
            String text = entry.label() + (entry.count().isEmpty() ? "" : " " + entry.count());
            int next = x + 2 * PITCH + widthOf(text);
            if (x > 0 && next > right) {
                next -= x;
                x = 0;
                y += LINE;
            }
            addSample(x, entry);
            addText(x + PITCH + 2, text);
            x = next;
        }
        y += x > 0 ? LINE : 0;
        addText(0, grid.rows().isEmpty() ? "" : "one cell is " + MapLegend.cellSize(pool, grid));
        y += LINE;
    }

    private void addSample(int x, MapLegend.Entry entry) {
        char symbol = entry.symbols().length() == 1 ? entry.symbols().charAt(0) : '4';
        CellShape shape = CellShape.of(symbol);
        addFrame(x, shape);
        shapes.computeIfAbsent(shape, key -> new StringBuilder())
                .append("<path d=\"")
                .append(shape.path(symbol, x, y))
                .append("\"/>\n");
    }

    private void addText(int x, String text) {
        width = Math.max(width, x + widthOf(text));
        texts.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y + CellShape.SIZE - 1)
                .append("\">")
                .append(text)
                .append("</text>\n");
    }

    private static int widthOf(String text) {
        return (text.length() * CHARACTER_TENTHS + 9) / 10;
    }
}
