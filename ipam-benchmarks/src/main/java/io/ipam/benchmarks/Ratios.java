package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Report;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.goals.Goals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs the goals of docs/performance.md, each against its peers in this run, and prints a line for each ratio: what, ours, peer,
 * ratio, bar, ok or short. Exits with 1 when one is short, with 2 when it does not understand its arguments.
 *
 * <pre>
 * java -Xmx3g -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.Ratios [--quick | --full] [--goal=N]
 * </pre>
 *
 * <p>{@code --quick}, the default, takes less than a minute and is for a look; {@code --full} takes some minutes and is what is
 * published. A wrong answer of any contestant ends the program with a stack trace.
 */
public final class Ratios {
    private static final String USAGE = "usage: Ratios [--quick | --full] [--goal=N]";

    private final Effort effort;
    private final int only;

    private Ratios(Effort effort, int only) {
        this.effort = effort;
        this.only = only;
    }

    /**
     * Runs.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        Ratios ratios;
        try {
            ratios = parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(ratios.run());
    }

    /** Reads the arguments. */
    static Ratios parse(String... arguments) {
        Effort effort = Effort.QUICK;
        int only = 0;
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                effort = Effort.QUICK;
            } else if (argument.equals("--full")) {
                effort = Effort.FULL;
            } else if (argument.equals("--smoke")) {
                effort = Effort.SMOKE;
            } else if (argument.matches("--goal=[1-9]")) {
                only = argument.charAt(argument.length() - 1) - '0';
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new Ratios(effort, only);
    }

    /** Runs the goals asked for and returns what to exit with. */
    int run() {
        System.out.println(Machine.text());
        List<Row> rows = new ArrayList<>();
        long started = System.nanoTime();
        for (Goal goal : Goals.all()) {
            if (only == 0 || only == goal.number()) {
                long before = System.nanoTime();
                rows.addAll(goal.run(effort));
                System.err.printf(
                        Locale.ROOT,
                        "goal %d, %s: %.1f s%n",
                        goal.number(),
                        goal.title(),
                        (System.nanoTime() - before) / 1e9);
            }
        }
        System.out.print(Report.table(rows));
        long shorts = rows.stream().filter(Row::isShort).count();
        System.out.printf(
                Locale.ROOT,
                "%n%d ratios, %d short; %s, %.0f s%n",
                rows.stream().filter(row -> row.bar().isPresent()).count(),
                shorts,
                effort.name(),
                (System.nanoTime() - started) / 1e9);
        return Report.exitCode(rows);
    }
}
