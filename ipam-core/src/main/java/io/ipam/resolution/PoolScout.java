package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the pools named for one demand: each once, the first time it is named. Sorts them into those that may serve, in
 * the order named, and rejections.
 *
 * <p>Cost: each name or match once; no text is made. Thread safety: none.
 */
final class PoolScout {
    /** Up to this many names, looking through lists is cheaper than a hash set. */
    private static final int LINEAR = 12;

    private final PoolChecks checks;
    private @Nullable Set<String> seen;
    final List<Pool> passed = new ArrayList<>(2);
    final List<Rejection> rejections = new ArrayList<>(0);
    final List<Note> notes = new ArrayList<>(0);

    PoolScout(PoolChecks checks) {
        this.checks = checks;
    }

    /** A name, with the pool that has it. */
    void named(String name, @Nullable Pool pool) {
        if (!isNew(name)) {
            notes.add(new Note.NamedTwice(List.of(name), name));
        } else if (pool == null) {
            rejections.add(new Rejection.UnknownPool(name));
        } else {
            look(pool);
        }
    }

    /** A pattern, with the pools that match it. */
    void matched(String pattern, Family family, List<Pool> matches) {
        if (matches.isEmpty()) {
            notes.add(new Note.PatternWithoutMatch(pattern, family));
            return;
        }
        List<String> again = new ArrayList<>(0);
        for (Pool pool : matches) {
            if (isNew(pool.name())) {
                look(pool);
            } else {
                again.add(pool.name());
            }
        }
        if (!again.isEmpty()) {
            notes.add(new Note.NamedTwice(again, pattern));
        }
    }

    private void look(Pool pool) {
        Rejection rejection = checks.first(pool);
        if (rejection == null) {
            passed.add(pool);
        } else {
            rejections.add(rejection);
        }
    }

    private boolean isNew(String name) {
        if (seen != null) {
            return seen.add(name);
        }
        for (int index = 0; index < passed.size(); index++) {
            if (passed.get(index).name().equals(name)) {
                return false;
            }
        }
        for (int index = 0; index < rejections.size(); index++) {
            if (rejections.get(index).pool().equals(name)) {
                return false;
            }
        }
        if (passed.size() + rejections.size() == LINEAR) {
            seen = new HashSet<>();
            passed.forEach(pool -> seen.add(pool.name()));
            rejections.forEach(rejection -> seen.add(rejection.pool()));
            seen.add(name);
        }
        return true;
    }
}
