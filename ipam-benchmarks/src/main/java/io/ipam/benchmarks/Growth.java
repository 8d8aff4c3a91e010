package io.ipam.benchmarks;

import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Fork;
import io.ipam.benchmarks.contest.Sections;
import io.ipam.benchmarks.growth.Curve;
import io.ipam.benchmarks.growth.Family;
import io.ipam.benchmarks.growth.Plots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the growth of cost with occupancy, pool size, and the numbers of pools, held addresses,
 * and threads. Also measures the memory of each structure. Prints the curves with their fitted
 * exponents, and plots them.
 *
 * <pre>
 * java -cp ipam-benchmarks/target/benchmarks.jar io.ipam.benchmarks.Growth [--quick | --full]
 * [--images=DIRECTORY] [--into=DOCUMENT]
 * </pre>
 *
 * <p>{@code --images} writes the plots to a directory. {@code --into} also writes the tables into
 * the part "growth" of a document.
 */
public final class Growth {
    private static final String USAGE =
            "usage: Growth [--quick | --full] [--only=FAMILY] [--images=DIRECTORY] [--into=DOCUMENT]";

    private final Effort effort;
    private final Optional<Family> only;
    private final Optional<Path> images;
    private final Optional<Path> document;

    private Growth(Effort effort, Optional<Family> only, Optional<Path> images, Optional<Path> document) {
        this.effort = effort;
        this.only = only;
        this.images = images;
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
            Growth one = parse(list.subList(1, list.size()).toArray(String[]::new));
            Fork.answer(() -> new ArrayList<>(one.only.orElseThrow().measure(one.effort)));
            return;
        }
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

    /** Parses the arguments. */
    static Growth parse(String... arguments) {
        Effort effort = Effort.QUICK;
        Optional<Family> only = Optional.empty();
        Optional<Path> images = Optional.empty();
        Optional<Path> document = Optional.empty();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.equals("--quick")) {
                effort = Effort.QUICK;
            } else if (argument.equals("--full")) {
                effort = Effort.FULL;
            } else if (argument.startsWith("--only=")) {
                only = Optional.of(Family.valueOf(value));
            } else if (argument.startsWith("--images=")) {
                images = Optional.of(Path.of(value));
            } else if (argument.startsWith("--into=")) {
                document = Optional.of(Path.of(value));
            } else {
                throw new IllegalArgumentException(USAGE + "; not " + argument);
            }
        }
        return new Growth(effort, only, images, document);
    }

    private void run() {
        String machine = Machine.text();
        Map<Family, List<Curve>> measured = new EnumMap<>(Family.class);
        for (Family family : only.map(List::of).orElse(List.of(Family.values()))) {
            System.err.println(family);
            measured.put(family, inProcessOfItsOwn(family));
        }
        StringBuilder text = new StringBuilder(machine + ".\n");
        measured.forEach((family, curves) -> text.append('\n').append(family.table(curves)));
        System.out.print(text);
        document.ifPresent(file -> Sections.replace(file, "growth", text.toString()));
        images.ifPresent(directory -> draw(directory, measured));
    }

    @SuppressWarnings("unchecked")
    private List<Curve> inProcessOfItsOwn(Family family) {
        return (List<Curve>) Fork.call(Growth.class, List.of("--" + effort.name(), "--only=" + family));
    }

    private static void draw(Path directory, Map<Family, List<Curve>> measured) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        measured.forEach((family, curves) -> Plots.draw(directory, family, curves));
    }
}
