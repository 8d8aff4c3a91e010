package io.ipam.examples;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the mistakes of all manifests, so that all are reported together. Thread safety: none.
 */
final class Mistakes {
    /** A set, because the replicas of a Deployment share its mistakes. */
    private final Set<String> lines = new LinkedHashSet<>();

    /** The result of a step; empty, with the mistake kept, if a manifest is broken. */
    <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (BrokenManifestException e) {
            add(e);
            return Optional.empty();
        }
    }

    /** Runs a step, and keeps its mistakes. */
    void run(Runnable step) {
        try {
            step.run();
        } catch (BrokenManifestException e) {
            add(e);
        }
    }

    void add(BrokenManifestException mistake) {
        String.valueOf(mistake.getMessage()).lines().forEach(lines::add);
    }

    /** Throws one exception with all mistakes, if there are any. */
    void tell() {
        if (!lines.isEmpty()) {
            throw new BrokenManifestException(String.join("\n", lines));
        }
    }
}
