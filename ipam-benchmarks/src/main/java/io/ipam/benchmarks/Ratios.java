package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Fork;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Report;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Sections;
import io.ipam.benchmarks.goals.Goals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the goals of docs/performance.md, each against its peers in one process. Prints a line for
 * each ratio: work, ipam, peer, ratio, bar, ok or short. Exits with 1 if a ratio is short, and with
 * 2 if an argument is unknown.
 *
 * <pre>
 * java -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.Ratios [--quick | --full]
 * [--goal=N] [--into=DOCUMENT]
 * </pre>
 *
 * <p>{@code --quick}, the default, takes less than a minute and gives a first impression. {@code
 * --full} takes some minutes and produces the published table. {@code --into} also writes the table
 * into the part "ratios" of a document. A wrong result of any contestant ends the program with a
 * stack trace.
 */
public final class Ratios {
    private static final String USAGE = "usage: Ratios [--quick | --full] [--goal=N] [--into=DOCUMENT]";

    private final Effort effort;
    private final int only;
    private final Optional<Path> document;

    private Ratios(Effort effort, int only, Optional<Path> document) {
        this.effort = effort;
        this.only = only;
        this.document = document;
    }

    /**
     * Runs the program.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        List<String> list = List.of(arguments);
        if (Fork.isChild(list)) {
            Ratios one = parse(list.subList(1, list.size()).toArray(String[]::new));
            Fork.answer(() -> one.measure());
            return;
        }
        try {
            Ratios ratios = parse(arguments);
            System.exit(ratios.run(ratios::inProcessOfItsOwn));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Parses the arguments. */
    static Ratios parse(String... arguments) {
        Effort effort = Effort.QUICK;
        int only = 0;
        Optional<Path> document = Optional.empty();
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                effort = Effort.QUICK;
            } else if (argument.equals("--full")) {
                effort = Effort.FULL;
            } else if (argument.equals("--smoke")) {
                effort = Effort.SMOKE;
            } else if (argument.matches("--goal=[1-9]")) {
                only = argument.charAt(argument.length() - 1) - '0';
            } else if (argument.startsWith("--into=")) {
                document = Optional.of(Path.of(argument.substring("--into=".length())));
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new Ratios(effort, only, document);
    }

    /** Measures the requested goals in this process. */
    ArrayList<Row> measure() {
        return wanted().stream()
                .flatMap(goal -> goal.run(effort).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Goal> wanted() {
        return Goals.all().stream()
                .filter(goal -> only == 0 || only == goal.number())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Row> inProcessOfItsOwn(Goal goal) {
        return (List<Row>) Fork.call(Ratios.class, List.of("--" + effort.name(), "--goal=" + goal.number()));
    }

    /** Runs the requested goals and returns the exit code. */
    int run(Function<Goal, List<Row>> how) {
        String machine = Machine.text();
        System.out.println(machine);
        List<Row> rows = new ArrayList<>();
        long started = System.nanoTime();
        for (Goal goal : wanted()) {
            long before = System.nanoTime();
            rows.addAll(how.apply(goal));
            System.err.println("goal " + goal.number() + ", " + goal.title() + ": " + since(before));
        }
        String table = Report.table(rows);
        String summary = Report.summary(rows) + "; " + effort.name() + " run, " + since(started);
        System.out.print(table + "\n" + summary + "\n");
        document.ifPresent(file -> Sections.replace(file, "ratios", machine + ".\n\n" + table + "\n" + summary + "."));
        return Report.exitCode(rows);
    }

    private static String since(long started) {
        return String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - started) / 1e9);
    }
}
