package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Samples;
import io.ipam.benchmarks.store.Finding;
import io.ipam.benchmarks.store.Findings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Goal 15: runs goals of {@link Ratios} with two benchmark jars alternately, and compares the
 * medians of their figures. {@code scripts/compare-with-base} builds the jars. Exits with 1 if a
 * figure of the second jar is more than 10 % above that of the first one.
 *
 * <pre>
 * java -cp benchmarks.jar io.ipam.benchmarks.JarComparison
 *      OLD_JAR NEW_JAR [--rounds=N] [--goals=7,9]
 * </pre>
 */
public final class JarComparison {
    private static final String USAGE = "usage: JarComparison OLD_JAR NEW_JAR [--rounds=N] [--goals=7,9]";
    private static final double MOST = 1.1;
    private static final int WHAT = 2;
    private static final int OURS = 3;
    private static final int PEER = 4;

    private JarComparison() {}

    /**
     * Runs the program.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        List<String> jars = new ArrayList<>();
        int rounds = 5;
        List<String> goals = List.of("7", "9");
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.matches("--rounds=[1-9][0-9]?")) {
                rounds = Integer.parseInt(value);
            } else if (argument.matches("--goals=[1-9](,[1-9])*")) {
                goals = List.of(value.split(","));
            } else {
                jars.add(argument);
            }
        }
        if (jars.size() != 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        System.out.println(Machine.text() + ".");
        List<Finding> findings = compare(Path.of(jars.get(0)), Path.of(jars.get(1)), goals, rounds);
        System.out.print(Findings.table(findings) + "\n" + Findings.summary(findings) + "; " + rounds + " rounds\n");
        System.exit(findings.stream().anyMatch(Finding::isShort) ? 1 : 0);
    }

    private static List<Finding> compare(Path oldJar, Path newJar, List<String> goals, int rounds) {
        Map<String, List<Double>> before = new LinkedHashMap<>();
        Map<String, List<Double>> after = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String goal : goals) {
                boolean isOldFirst = round % 2 == 0;
                run(isOldFirst ? oldJar : newJar, goal, isOldFirst ? before : after);
                run(isOldFirst ? newJar : oldJar, goal, isOldFirst ? after : before);
            }
        }
        List<Finding> findings = new ArrayList<>();
        before.forEach((what, nanos) -> {
            if (after.containsKey(what)) {
                findings.add(finding(what, median(nanos), median(after.get(what))));
            }
        });
        return findings;
    }

    private static Finding finding(String what, double before, double after) {
        String measured = String.format(Locale.ROOT, "%,.0f ns, before %,.0f ns", after, before);
        return new Finding(15, "none", what, measured, after / before, "x", Finding.Bar.atMost(MOST));
    }

    private static double median(List<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }

    private static void run(Path jar, String goal, Map<String, List<Double>> figures) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                Ratios.class.getName(),
                "--quick",
                "--goal=" + goal);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(line -> read(line, figures));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no output of " + command, e);
        }
    }

    /** Parses a line of the table. Figures in other units than time are ignored. */
    static void read(String line, Map<String, List<Double>> figures) {
        String[] cells = line.split("\\|");
        if (cells.length <= PEER || !cells[1].strip().matches("[0-9]+")) {
            return;
        }
        String what = cells[WHAT].strip();
        String[] figure = cells[OURS].strip().split(" ");
        double unit = figure.length < 2
                ? 0
                : switch (figure[1]) {
                    case "ns" -> 1;
                    case "us" -> 1e3;
                    case "ms" -> 1e6;
                    default -> 0;
                };
        if (unit > 0) {
            List<Double> values = figures.computeIfAbsent(what, key -> new ArrayList<>());
            values.add(unit * Double.parseDouble(figure[0].replace(",", "")));
        }
    }
}
