package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;

/** Rows as text. Thread safety: none needed; no state. */
public final class Report {
    private static final List<String> HEAD = List.of("goal", "what", "ours", "peer", "peer's", "ratio", "bar", "");

    private Report() {}

    /**
     * The rows as a Markdown table, aligned so that it reads well on a terminal too.
     *
     * @param rows the rows
     * @return lines, each with its end
     */
    public static String table(List<Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, HEAD, widths);
        for (int width : widths) {
            text.append('|').append("-".repeat(width + 2));
        }
        text.append("|\n");
        cells.subList(1, cells.size()).forEach(line -> append(text, line, widths));
        return text.toString();
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

    private static void append(StringBuilder text, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ")
                    .append(line.get(i))
                    .append(" ".repeat(widths[i] - line.get(i).length() + 1));
        }
        text.append("|\n");
    }

    /**
     * How many rows there are, and how many fall short.
     *
     * @param rows the rows
     * @return in a few words
     */
    public static String summary(List<Row> rows) {
        return "%d ratios, %d short"
                .formatted(
                        rows.stream().filter(Row::hasBar).count(),
                        rows.stream().filter(Row::isShort).count());
    }

    /**
     * What the program exits with.
     *
     * @param rows the rows
     * @return 1 if any is short, else 0
     */
    public static int exitCode(List<Row> rows) {
        return rows.stream().anyMatch(Row::isShort) ? 1 : 0;
    }
}
