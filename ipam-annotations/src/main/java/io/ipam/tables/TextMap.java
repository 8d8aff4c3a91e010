package io.ipam.tables;

import io.ipam.pool.Pool;
import java.util.function.Function;

/** A map as text. Thread safety: none. */
final class TextMap {
    private static final int GROUP = 8;
    private static final String GAP = "...";

    private final Pool pool;
    private final MapGrid grid;
    private final MapLegend legend;
    private final StringBuilder out = new StringBuilder();

    TextMap(Pool pool, MapGrid grid, MapLegend legend) {
        this.pool = pool;
        this.grid = grid;
        this.legend = legend;
    }

    String text() {
        out.append("pool ").append(Markup.visible(pool.name())).append(", ").append(pool.subnet());
        if (grid.rows().isEmpty()) {
            return out.append(": no addresses\n").toString();
        }
        out.append(": one character is ").append(MapLegend.cellSize(pool, grid)).append('\n');
        int width =
                grid.rows().stream().mapToInt(row -> label(row).length()).max().orElse(0);
        grid.rows().forEach(row -> appendRow(row, width));
        out.append('\n');
        appendLegend();
        return out.toString();
    }

    private static String label(MapGrid.Row row) {
        return row.range().first().toString();
    }

    private void appendRow(MapGrid.Row row, int width) {
        out.append(row.isAfterGap() ? GAP + "\n" : "");
        StringBuilder line = new StringBuilder(padded(label(row), width)).append(' ');
        for (int i = 0; i < row.cells().size(); i++) {
            line.append(i % GROUP == 0 ? " " : "")
                    .append(row.cells().get(i).counts().symbol());
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private void appendLegend() {
        int symbolWidth = width(MapLegend.Entry::symbols);
        int labelWidth = width(MapLegend.Entry::label);
        int countWidth = width(MapLegend.Entry::count);
        for (MapLegend.Entry entry : legend.entries()) {
            String line = padded(entry.symbols(), symbolWidth) + "  " + padded(entry.label(), labelWidth) + "  "
                    + " ".repeat(countWidth - entry.count().length()) + entry.count();
            out.append(line.stripTrailing()).append('\n');
        }
    }

    private int width(Function<MapLegend.Entry, String> column) {
        return legend.entries().stream()
                .mapToInt(entry -> column.apply(entry).length())
                .max()
                .orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
