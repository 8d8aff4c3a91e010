package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.growth.Curve;
import io.ipam.benchmarks.growth.CurveTable;
import io.ipam.benchmarks.growth.OccupancyCurves;
import io.ipam.benchmarks.growth.Plots;
import io.ipam.benchmarks.growth.ReferenceCurve;
import io.ipam.benchmarks.growth.SizeCurves;
import io.ipam.benchmarks.growth.ThreadCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures how cost grows: with occupancy, for all peers; with the size of a pool, the number of pools, of held addresses and of
 * threads. Prints the curves with their fitted exponents, and draws them.
 *
 * <pre>
 * java -Xmx3g -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.Growth [--quick | --full] [--images=DIRECTORY]
 * </pre>
 */
public final class Growth {
    private static final String USAGE = "usage: Growth [--quick | --full] [--images=DIRECTORY]";

    private final Effort effort;
    private final Optional<Path> images;

    private Growth(Effort effort, Optional<Path> images) {
        this.effort = effort;
        this.images = images;
    }

    /**
     * Runs.
     *
     * @param arguments see above
     * @throws IOException when the directory cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Growth growth;
        try {
            growth = parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        growth.run();
    }

    /** Reads the arguments. */
    static Growth parse(String... arguments) {
        Effort effort = Effort.QUICK;
        Optional<Path> images = Optional.empty();
        for (String argument : arguments) {
            if (argument.equals("--quick")) {
                effort = Effort.QUICK;
            } else if (argument.equals("--full")) {
                effort = Effort.FULL;
            } else if (argument.startsWith("--images=")) {
                images = Optional.of(Path.of(argument.substring("--images=".length())));
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new Growth(effort, images);
    }

    private void run() throws IOException {
        System.out.println(Machine.text());
        if (images.isPresent()) {
            Files.createDirectories(images.get());
        }
        occupancy();
        held();
        for (Curve curve : List.of(SizeCurves.catalog(effort), SizeCurves.pools4(effort), SizeCurves.pools6(effort))) {
            System.out.println(CurveTable.of(curve, "ns"));
        }
        ThreadCurves.all(effort).forEach(curve -> System.out.println(CurveTable.of(curve, "ns")));
    }

    private void occupancy() {
        List<Curve> cost = OccupancyCurves.cost(effort);
        System.out.println(CurveTable.of("take and return in a /16, by occupancy", cost, "ns"));
        List<Curve> memory = OccupancyCurves.memory();
        System.out.println(CurveTable.of("memory of a /16 per address, by occupancy", memory, "B"));
        images.ifPresent(directory -> {
            Plots.byLabel(
                    directory.resolve("cost-by-occupancy"),
                    "Take the lowest free address of a /16 and return it",
                    "nanoseconds",
                    cost);
            Plots.byLabel(
                    directory.resolve("memory-by-occupancy"),
                    "Memory of a /16, per address of the pool",
                    "bytes",
                    memory);
        });
    }

    private void held() {
        Curve ours = SizeCurves.held(effort);
        Curve model = ReferenceCurve.held(effort);
        System.out.println(CurveTable.of(ours, "ns"));
        System.out.println(CurveTable.of(model, "ns"));
        images.ifPresent(directory -> Plots.bySize(
                directory.resolve("cost-by-held"),
                "Cost of a request by addresses held",
                "addresses held",
                List.of(ours, model)));
    }
}
