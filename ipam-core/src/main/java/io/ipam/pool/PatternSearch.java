package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches a catalog by patterns within a number of steps, so that hostile patterns have a bounded
 * cost. Each pattern is matched once for each family. After the last step, every search finds
 * nothing, and {@link #isExhausted} returns true.
 *
 * <p>Cost: a compared name needs 8 steps and one for each compared character; a match needs 32
 * more. Five million steps take 20 to 50 ms. Thread safety: none.
 */
public final class PatternSearch {
    private static final int STEPS_PER_NAME = 8;
    private static final int STEPS_PER_MATCH = 32;

    private final PoolCatalog catalog;
    private final StepBudget budget;
    private final Map<Key, List<Pool>> found = new HashMap<>();

    private PatternSearch(PoolCatalog catalog, StepBudget budget) {
        this.catalog = catalog;
        this.budget = budget;
    }

    private record Key(PoolNamePattern pattern, Family family) {}

    /**
     * {@return a search}
     *
     * @param catalog the catalog
     * @param steps the maximum number of steps of all searches together, not negative
     */
    public static PatternSearch of(PoolCatalog catalog, long steps) {
        requireNonNull(catalog, "catalog");
        if (steps < 0) {
            throw new IllegalArgumentException("steps must be at least 0, was " + steps);
        }
        return new PatternSearch(catalog, new StepBudget(steps));
    }

    /**
     * Finds the pools of one family whose names match, by name; none after the last step.
     *
     * @param pattern the pattern
     * @param family the family
     */
    public List<Pool> matching(PoolNamePattern pattern, Family family) {
        requireNonNull(family, "family");
        return found.computeIfAbsent(new Key(requireNonNull(pattern, "pattern"), family), this::search);
    }

    private List<Pool> search(Key key) {
        String start = key.pattern.literalPrefix();
        List<Pool> pools = catalog.pools();
        List<Pool> matches = new ArrayList<>();
        for (int i = firstFrom(pools, start); i < pools.size() && !budget.isExhausted(); i++) {
            Pool pool = pools.get(i);
            if (!pool.name().startsWith(start)) {
                break;
            }
            if (pool.family() == key.family && matches(key.pattern, pool.name())) {
                budget.spend(STEPS_PER_MATCH);
                matches.add(pool);
            }
        }
        return budget.isExhausted() ? List.of() : List.copyOf(matches);
    }

    /**
     * Matches a name. Returns false after the last step.
     *
     * @param pattern the pattern
     * @param name the name
     */
    public boolean matches(PoolNamePattern pattern, String name) {
        requireNonNull(pattern, "pattern");
        requireNonNull(name, "name");
        budget.spend(STEPS_PER_NAME);
        return !budget.isExhausted() && pattern.matches(name, budget);
    }

    /** {@return whether a search ended early for lack of steps} */
    public boolean isExhausted() {
        return budget.isExhausted();
    }

    /** The index of the first pool whose name is not below a text. */
    private static int firstFrom(List<Pool> pools, String start) {
        int low = 0;
        int high = pools.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (NameOrder.BY_CODE_POINT.compare(pools.get(middle).name(), start) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
