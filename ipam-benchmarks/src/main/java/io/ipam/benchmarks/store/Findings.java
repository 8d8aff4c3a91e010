package io.ipam.benchmarks.store;

import io.ipam.benchmarks.contest.MarkdownTable;
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
        MarkdownTable table = new MarkdownTable(HEAD);
        findings.forEach(finding -> table.add(cells(finding)));
        return table.toString();
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
