package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Sections;
import io.ipam.benchmarks.store.Backend;
import io.ipam.benchmarks.store.Backends;
import io.ipam.benchmarks.store.Finding;
import io.ipam.benchmarks.store.Findings;
import io.ipam.benchmarks.store.StoreEffort;
import io.ipam.benchmarks.store.StoreGoals;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs goals 10 to 14 of docs/performance.md over stores, in units of the bare durable conditional
 * commits of one writer, measured in the same run. Prints a line for each figure with its bar.
 * Exits with 1 if a figure misses its bar, and with 2 if an argument is unknown.
 *
 * <pre>
 * java -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.StoreRatios
 *      [--quick | --full] [--store=URL]... [--goal=N] [--into=DOCUMENT [--part=NAME]]
 * </pre>
 *
 * <p>{@code --store} names a database of its own: {@code postgresql}, {@code h2}, or {@code etcd-1}
 * and {@code etcd-3} for one and three servers. Otherwise it is the JDBC URL of an empty database,
 * or {@code etcd:HOST:PORT}. The default is PostgreSQL and H2. {@code --quick}, the default, takes
 * about two minutes. {@code --into} also writes the table into a part of a document, by default
 * "store".
 */
public final class StoreRatios {
    private static final String USAGE =
            "usage: StoreRatios [--quick | --full] [--store=URL]... [--goal=N] [--into=DOCUMENT [--part=NAME]]";

    private final StoreEffort effort;
    private final List<String> stores;
    private final int only;
    private final Optional<Path> document;
    private final String part;

    private StoreRatios(StoreEffort effort, List<String> stores, int only, Optional<Path> document, String part) {
        this.effort = effort;
        this.stores = stores.isEmpty() ? Backends.defaults() : List.copyOf(stores);
        this.only = only;
        this.document = document;
        this.part = part;
    }

    /**
     * Runs the program.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) throws SQLException {
        try {
            System.exit(parse(arguments).run());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Parses the arguments. */
    static StoreRatios parse(String... arguments) {
        StoreEffort effort = StoreEffort.QUICK;
        List<String> stores = new ArrayList<>();
        int only = 0;
        Optional<Path> document = Optional.empty();
        String part = "store";
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.equals("--quick")) {
                effort = StoreEffort.QUICK;
            } else if (argument.equals("--full")) {
                effort = StoreEffort.FULL;
            } else if (argument.equals("--smoke")) {
                effort = StoreEffort.SMOKE;
            } else if (argument.startsWith("--store=") && Backends.isKnown(value)) {
                stores.add(value);
            } else if (argument.matches("--goal=1[0-4]")) {
                only = Integer.parseInt(value);
            } else if (argument.startsWith("--into=")) {
                document = Optional.of(Path.of(value));
            } else if (argument.startsWith("--part=")) {
                part = value;
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new StoreRatios(effort, stores, only, document, part);
    }

    /** Runs the goals of each store; returns the exit code. */
    int run() throws SQLException {
        StringBuilder machine = new StringBuilder(Machine.text()).append('.');
        long started = System.nanoTime();
        List<Finding> findings = new ArrayList<>();
        for (String url : stores) {
            try (Backend store = Backends.open(url)) {
                machine.append("\n").append(store.description()).append('.');
                findings.addAll(new StoreGoals(store, effort, only).run());
            }
        }
        String table = Findings.table(findings);
        String summary = String.format(
                Locale.ROOT,
                "%s; %s run, %.0f s",
                Findings.summary(findings),
                effort.name(),
                (System.nanoTime() - started) / 1e9);
        System.out.print(machine + "\n" + table + "\n" + summary + "\n");
        document.ifPresent(file -> Sections.replace(file, part, machine + "\n\n" + table + "\n" + summary + "."));
        return findings.stream().anyMatch(Finding::isShort) ? 1 : 0;
    }
}
