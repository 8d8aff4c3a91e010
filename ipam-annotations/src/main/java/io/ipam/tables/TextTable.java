package io.ipam.tables;

import java.util.List;

/**
 * Rows of cells as text, aligned as kubectl does. Every column except the last is as wide as its
 * widest cell plus three spaces, at least six. Widths are counted in code points. A row keeps the
 * spaces before an empty last cell. A cell ends at its first line break, which {@code ...} marks,
 * and an escape character prints as {@code ^[}.
 *
 * <p>Cost: O(text), twice. Thread safety: stateless.
 */
final class TextTable {
    private static final int MIN_WIDTH = 6;
    private static final int PADDING = 3;
    private static final String LINE_BREAKS = "\n\r\f";

    private TextTable() {}

    /**
     * The rows, each ended by a line feed; the first one is the header. All rows have the same
     * number of cells.
     */
    static String format(List<List<String>> rows) {
        List<List<String>> printable = rows.stream()
                .map(row -> row.stream().map(TextTable::printable).toList())
                .toList();
        int[] widths = widths(printable);
        StringBuilder out = new StringBuilder();
        for (List<String> row : printable) {
            appendRow(out, row, widths);
        }
        return out.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.max(MIN_WIDTH, codePoints(row.get(i)) + PADDING));
            }
        }
        return widths;
    }

    private static void appendRow(StringBuilder out, List<String> row, int[] widths) {
        int last = row.size() - 1;
        for (int i = 0; i < last; i++) {
            String cell = row.get(i);
            out.append(cell).append(" ".repeat(widths[i] - codePoints(cell)));
        }
        if (last >= 0) {
            out.append(row.get(last));
        }
        out.append('\n');
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String printable(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (LINE_BREAKS.indexOf(cell.charAt(i)) >= 0) {
                return unescaped(cell.substring(0, i)) + "...";
            }
        }
        return unescaped(cell);
    }

    private static String unescaped(String cell) {
        return cell.replace("\u001b", "^[").replace('\t', ' ');
    }
}
