package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Sections;
import io.ipam.benchmarks.growth.Curve;
import io.ipam.benchmarks.growth.CurveTable;
import io.ipam.benchmarks.growth.Plots;
import io.ipam.benchmarks.store.Backend;
import io.ipam.benchmarks.store.Backends;
import io.ipam.benchmarks.store.StoreCurves;
import io.ipam.benchmarks.store.StoreEffort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures grants plus releases over stores, in units of the bare commits of each store. The curves
 * are over callers, over processes, and over held addresses. Prints the curves, and draws them.
 *
 * <pre>
 * java -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.StoreGrowth
 *      [--quick | --full] [--store=URL]... [--images=DIRECTORY] [--into=DOCUMENT]
 * </pre>
 *
 * <p>{@code --store} is as for {@link StoreRatios}. The default is PostgreSQL, H2, and etcd with
 * one and three servers. {@code --into} also writes the tables into the part "store-growth" of a
 * document.
 */
public final class StoreGrowth {
    private static final String USAGE =
            "usage: StoreGrowth [--quick | --full] [--store=URL]... [--images=DIRECTORY] [--into=DOCUMENT]";
    private static final List<String> STORES = List.of("postgresql", "h2", "etcd-1", "etcd-3");

    private final StoreEffort effort;
    private final List<String> stores;
    private final Optional<Path> images;
    private final Optional<Path> document;
    private final List<Curve> byCallers = new ArrayList<>();
    private final List<Curve> byProcesses = new ArrayList<>();
    private final List<Curve> byHeld = new ArrayList<>();

    private StoreGrowth(StoreEffort effort, List<String> stores, Optional<Path> images, Optional<Path> document) {
        this.effort = effort;
        this.stores = stores.isEmpty() ? STORES : List.copyOf(stores);
        this.images = images;
        this.document = document;
    }

    /**
     * Runs the program.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        try {
            parse(arguments).run();
            System.exit(0);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Parses the arguments. */
    static StoreGrowth parse(String... arguments) {
        StoreEffort effort = StoreEffort.QUICK;
        List<String> stores = new ArrayList<>();
        Optional<Path> images = Optional.empty();
        Optional<Path> document = Optional.empty();
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
            } else if (argument.startsWith("--images=")) {
                images = Optional.of(Path.of(value));
            } else if (argument.startsWith("--into=")) {
                document = Optional.of(Path.of(value));
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new StoreGrowth(effort, stores, images, document);
    }

    /** Measures the curves of each store, and prints and draws them. */
    void run() {
        StringBuilder text = new StringBuilder(Machine.text()).append('.');
        long started = System.nanoTime();
        for (String url : stores) {
            try (Backend store = Backends.open(url)) {
                text.append("\n").append(store.description()).append('.');
                measure(store);
            }
        }
        text.append("\n\n").append(table("one process, by callers", byCallers));
        text.append("\n").append(table("processes with 8 callers each, by processes", byProcesses));
        text.append("\n").append(table("one process with 64 callers, by held addresses", byHeld));
        text.append("%n%s run, %.0f s.%n".formatted(effort.name(), (System.nanoTime() - started) / 1e9));
        System.out.print(text);
        document.ifPresent(file -> Sections.replace(file, "store-growth", text.toString()));
        images.ifPresent(this::draw);
    }

    private void measure(Backend store) {
        System.err.println(store.name());
        try (StoreCurves curves = new StoreCurves(store, effort)) {
            byCallers.add(curves.callers());
            byProcesses.addAll(curves.processes());
            byHeld.add(curves.held());
        }
    }

    private static String table(String title, List<Curve> curves) {
        return curves.isEmpty() ? "" : CurveTable.of(title, curves, "r");
    }

    private void draw(Path directory) {
        Plots.storesByCallers(directory, byCallers);
        if (!byProcesses.isEmpty()) {
            Plots.storesByProcesses(directory, byProcesses);
        }
    }
}
