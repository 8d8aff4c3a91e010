package io.ipam.tables;

import java.util.List;

/**
 * The labels of the rows of an SVG map: the first address of each row. An ellipsis replaces the
 * part that all of them have in common.
 *
 * @param common the number of characters that all addresses have in common
 * @param widest the longest label
 */
record RowLabels(int common, String widest) {
    static RowLabels of(List<MapGrid.Row> rows) {
        List<String> texts = rows.stream().map(RowLabels::text).toList();
        int common = texts.isEmpty() ? 0 : common(texts);
        String widest = texts.stream().reduce("", (a, b) -> a.length() >= b.length() ? a : b);
        return new RowLabels(common, label(widest, common));
    }

    private static String text(MapGrid.Row row) {
        return row.range().first().toString();
    }

    /**
     * The length of the longest common prefix that ends at a separator and is shorter than each
     * text.
     */
    private static int common(List<String> texts) {
        String first = texts.get(0);
        int end = first.length() - 1;
        while (end > 0 && !(isSeparator(first.charAt(end - 1)) && isCommon(first.substring(0, end), texts))) {
            end--;
        }
        return end;
    }

    private static boolean isSeparator(char character) {
        return character == '.' || character == ':';
    }

    private static boolean isCommon(String start, List<String> texts) {
        return texts.stream().allMatch(text -> text.startsWith(start) && text.length() > start.length());
    }

    String of(MapGrid.Row row) {
        return label(text(row), common);
    }

    private static String label(String text, int common) {
        return common == 0 ? text : "…" + text.substring(common);
    }
}
