package io.ipam.benchmarks.contest;

import java.util.List;

/** Rows as text. Thread safety: none needed; no state. */
public final class Report {
    private static final List<String> HEAD = List.of("goal", "what", "ours", "peer", "peer's", "ratio", "bar", "");

    private Report() {}

    /**
     * The rows as a Markdown table with aligned columns, readable in a terminal.
     *
     * @param rows the rows
     * @return lines, each with a line end
     */
    public static String table(List<Row> rows) {
        MarkdownTable table = new MarkdownTable(HEAD);
        rows.forEach(row -> table.add(cells(row)));
        return table.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(
                Integer.toString(row.goal()),
                row.what(),
                row.oursText(),
                row.peerName(),
                row.peerText(),
                row.ratioText(),
                row.barText(),
                row.verdict());
    }

    /**
     * Counts the rows, and the rows that are short.
     *
     * @param rows the rows
     * @return a short text
     */
    public static String summary(List<Row> rows) {
        return "%d ratios, %d short"
                .formatted(
                        rows.stream().filter(Row::hasBar).count(),
                        rows.stream().filter(Row::isShort).count());
    }

    /**
     * The exit code of the program.
     *
     * @param rows the rows
     * @return 1 if any row is short, otherwise 0
     */
    public static int exitCode(List<Row> rows) {
        return rows.stream().anyMatch(Row::isShort) ? 1 : 0;
    }
}
