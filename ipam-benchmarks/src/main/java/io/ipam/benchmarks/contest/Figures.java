package io.ipam.benchmarks.contest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a contest has measured, by contestant. Thread safety: not to be changed once handed on. */
public final class Figures {
    private final Map<String, Samples> byName = new LinkedHashMap<>();

    void put(String name, Samples samples) {
        if (byName.put(name, samples) != null) {
            throw new IllegalArgumentException("two contestants are called " + name);
        }
    }

    /** {@return the contestants, in their order} */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The samples of a contestant.
     *
     * @param name who
     * @return the samples
     */
    public Samples of(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no contestant is called " + name);
    }

    /**
     * The figure of a contestant.
     *
     * @param name who
     * @return nanoseconds per operation, the sample in the middle
     */
    public double median(String name) {
        return of(name).median();
    }
}
