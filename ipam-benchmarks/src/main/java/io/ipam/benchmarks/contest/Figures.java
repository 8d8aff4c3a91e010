package io.ipam.benchmarks.contest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The measurements of a contest, by contestant. Thread safety: none; must not change after it is
 * passed on.
 */
public final class Figures {
    private final Map<String, Samples> byName = new LinkedHashMap<>();

    void put(String name, Samples samples) {
        if (byName.put(name, samples) != null) {
            throw new IllegalArgumentException("contestant names must be unique: " + name);
        }
    }

    /** {@return the contestants, in their order} */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The samples of a contestant.
     *
     * @param name the contestant
     * @return the samples
     */
    public Samples of(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "there is no contestant " + name);
    }

    /**
     * The figure of a contestant.
     *
     * @param name the contestant
     * @return nanoseconds per operation, the median of the samples
     */
    public double median(String name) {
        return of(name).median();
    }
}
