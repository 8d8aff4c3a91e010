package io.ipam.examples;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The arguments of the quickstart.
 *
 * @param manifests the directory with the manifests; empty for the shipped examples
 * @param store the file that keeps the state; empty for a state in memory
 * @param report the file of the HTML page; empty for none
 */
record Options(Optional<Path> manifests, Optional<Path> store, Optional<Path> report) {
    static final Options NONE = new Options(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String STORE = "--store=";
    private static final String REPORT = "--report=";

    /** Reads the arguments; each one may occur at most once. */
    static Options parse(String... args) {
        Options options = NONE;
        for (String arg : args) {
            options = options.with(arg);
        }
        return options;
    }

    private Options with(String arg) {
        if (store.isEmpty() && hasFile(arg, STORE)) {
            return withStore(file(arg, STORE));
        }
        if (report.isEmpty() && hasFile(arg, REPORT)) {
            return new Options(manifests, store, Optional.of(file(arg, REPORT)));
        }
        if (!arg.startsWith("--") && manifests.isEmpty()) {
            return new Options(Optional.of(Path.of(arg)), store, report);
        }
        throw new BrokenManifestException(
                "arguments",
                "",
                "at most one directory with the manifests, --store=FILE, and --report=FILE.html; \"" + arg
                        + "\" is none of them");
    }

    Options withStore(Path file) {
        return new Options(manifests, Optional.of(file), report);
    }

    private static boolean hasFile(String arg, String option) {
        return arg.startsWith(option) && arg.length() > option.length();
    }

    private static Path file(String arg, String option) {
        return Path.of(arg.substring(option.length()));
    }
}
