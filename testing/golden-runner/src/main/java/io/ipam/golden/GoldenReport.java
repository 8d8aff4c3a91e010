package io.ipam.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results of one file.
 *
 * @param file the vectors' file name
 * @param matched cases with the recorded outcome
 * @param declared cases by the rule that explains them, in the order the rules were given
 * @param unexplained one text per case that neither matches nor is declared
 * @param faults errors of the run itself: idle or too wide rules, missing pages, kinds without a
 *     check
 */
public record GoldenReport(
        String file, int matched, Map<String, Integer> declared, List<String> unexplained, List<String> faults) {

    private static final int SHOWN = 20;

    /**
     * The results on one line.
     *
     * @return for example {@code ranges.json: matched 300, declared differences: reversed-range 12,
     *     unexplained 0}
     */
    public String summary() {
        String differences = declared.isEmpty()
                ? "none"
                : declared.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return file + ": matched " + matched + ", declared differences: " + differences + ", unexplained "
                + unexplained.size();
    }

    /**
     * Fails if a case is unexplained or the run itself has an error.
     *
     * @throws AssertionError with the summary and the details
     */
    public void verify() {
        if (unexplained.isEmpty() && faults.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        lines.addAll(faults);
        unexplained.stream().limit(SHOWN).forEach(lines::add);
        if (unexplained.size() > SHOWN) {
            lines.add("... and " + (unexplained.size() - SHOWN) + " more");
        }
        throw new AssertionError(String.join("\n", lines));
    }
}
