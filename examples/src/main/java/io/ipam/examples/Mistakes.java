package io.ipam.examples;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the mistakes of all manifests, so that all are told at once. Thread safety: none. */
final class Mistakes {
    /** Each line once: the replicas of a Deployment share its mistakes. */
    private final Set<String> lines = new LinkedHashSet<>();

    /** What the step gives; empty when a manifest is broken, which is kept. */
    <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (BrokenManifestException e) {
            add(e);
            return Optional.empty();
        }
    }

    /** Does a step, and keeps what is broken. */
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
