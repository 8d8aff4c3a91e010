package io.ipam.tables;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of cells as an HTML table. The first row and the first cell of each row are headers.
 *
 * <p>Cost: O(text). Thread safety: stateless.
 */
final class HtmlTable {
    private HtmlTable() {}

    /** The table, one row per line. */
    static String format(List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<table>\n<thead>\n");
        out.append(row(rows.get(0), "th")).append("</thead>\n<tbody>\n");
        rows.stream().skip(1).forEach(row -> out.append(row(row, "td")));
        return out.append("</tbody>\n</table>\n").toString();
    }

    private static String row(List<String> cells, String element) {
        return cells.stream()
                .skip(1)
                .map(cell -> cell(cell, element))
                .collect(Collectors.joining("", "<tr>" + cell(cells.get(0), "th"), "</tr>\n"));
    }

    private static String cell(String text, String element) {
        return "<" + element + ">" + Markup.escape(text) + "</" + element + ">";
    }
}
