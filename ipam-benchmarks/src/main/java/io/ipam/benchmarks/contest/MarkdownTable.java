package io.ipam.benchmarks.contest;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table with aligned columns, readable in a terminal. Thread safety: none. */
public final class MarkdownTable {
    private final List<List<String>> lines = new ArrayList<>();
    private final int[] widths;

    /**
     * Creates a table without rows.
     *
     * @param head the titles of the columns
     */
    public MarkdownTable(List<String> head) {
        widths = new int[head.size()];
        add(head);
    }

    /**
     * Adds a row.
     *
     * @param cells one text per column
     */
    public void add(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
        lines.add(cells);
    }

    /** {@return the lines, each with a line end} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, lines.get(0));
        for (int width : widths) {
            text.append('|').append("-".repeat(width + 2));
        }
        text.append("|\n");
        lines.subList(1, lines.size()).forEach(line -> append(text, line));
        return text.toString();
    }

    private void append(StringBuilder text, List<String> line) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ")
                    .append(line.get(i))
                    .append(" ".repeat(widths[i] - line.get(i).length() + 1));
        }
        text.append("|\n");
    }
}
