package io.ipam.examples;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The arguments of the quickstart.
 *
 * @param manifests the directory with the manifests; without it the shipped examples are read
 * @param store the file that keeps the state; without it the state is in memory
 */
record Options(Optional<Path> manifests, Optional<Path> store) {
    private static final String STORE = "--store=";

    /** Reads the arguments; each one occurs at most once. */
    static Options parse(String... args) {
        Options options = new Options(Optional.empty(), Optional.empty());
        for (String arg : args) {
            options = options.with(arg);
        }
        return options;
    }

    private Options with(String arg) {
        if (arg.startsWith(STORE) && arg.length() > STORE.length() && store.isEmpty()) {
            return new Options(manifests, Optional.of(Path.of(arg.substring(STORE.length()))));
        }
        if (!arg.startsWith("--") && manifests.isEmpty()) {
            return new Options(Optional.of(Path.of(arg)), store);
        }
        throw new BrokenManifestException(
                "arguments",
                "",
                "at most one directory with the manifests, and --store=FILE; \"" + arg + "\" is neither");
    }
}
