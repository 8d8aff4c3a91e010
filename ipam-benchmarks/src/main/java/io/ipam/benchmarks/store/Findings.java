package io.ipam.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/** Findings as text. Thread safety: none needed; no state. */
public final class Findings {
    private static final List<String> HEAD = List.of("goal", "store", "what", "measured", "judged", "bar", "");

    private Findings() {}

    /**
     * A Markdown table with aligned columns.
     *
     * @param findings the rows
     * @return its lines
     */
    public static String table(List<Finding> findings) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        findings.forEach(finding -> lines.add(cells(finding)));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            append(text, lines.get(i), widths);
            if (i == 0) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static List<String> cells(Finding finding) {
        return List.of(
                Integer.toString(finding.goal()),
                finding.store(),
                finding.what(),
                finding.measured(),
                finding.judgedText(),
                finding.barText(),
                finding.verdict());
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
     * The number of bars and of missed bars.
     *
     * @param findings the rows
     * @return a phrase
     */
    public static String summary(List<Finding> findings) {
        return "%d bars, %d missed"
                .formatted(
                        findings.stream().filter(Finding::hasBar).count(),
                        findings.stream().filter(Finding::isShort).count());
    }
}
