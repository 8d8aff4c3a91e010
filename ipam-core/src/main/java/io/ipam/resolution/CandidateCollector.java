package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the pools that a reference names, each at its first occurrence, with the verdict of the
 * checks that do not depend on the interface.
 *
 * <p>Cost: O(1) per name or match; no text is created. Thread safety: none.
 */
final class CandidateCollector {
    /** Up to this many names, comparing them one by one is cheaper than a hash set. */
    private static final int LINEAR = 12;

    private final PoolChecks checks;
    private final NearestNames nearest;
    private final List<PoolVerdict> verdicts = new ArrayList<>(2);
    private final List<Note> notes = new ArrayList<>(0);
    private @Nullable Set<String> seen;

    CandidateCollector(PoolChecks checks, NearestNames nearest) {
        this.checks = checks;
        this.nearest = nearest;
    }

    /** The pools in the order named. */
    List<PoolVerdict> verdicts() {
        return verdicts;
    }

    /** The notes on repeated names and on patterns without a match. */
    List<Note> notes() {
        return notes;
    }

    /** Adds a name, with the pool of that name. */
    void named(String name, @Nullable Pool pool) {
        if (!isNew(name)) {
            notes.add(new Note.NamedTwice(List.of(name), name));
        } else if (pool == null) {
            nearest.admit(name);
            verdicts.add(new PoolVerdict(null, new Rejection.UnknownPool(name, Optional.empty())));
        } else {
            verdicts.add(checks.verdict(pool));
        }
    }

    /** Adds a pattern, with the pools that match it. */
    void matched(String pattern, Family family, List<Pool> matches) {
        if (matches.isEmpty()) {
            notes.add(new Note.PatternWithoutMatch(pattern, family));
            return;
        }
        List<String> again = new ArrayList<>(0);
        for (Pool pool : matches) {
            if (isNew(pool.name())) {
                verdicts.add(checks.verdict(pool));
            } else {
                again.add(pool.name());
            }
        }
        if (!again.isEmpty()) {
            notes.add(new Note.NamedTwice(again, pattern));
        }
    }

    private boolean isNew(String name) {
        if (seen != null) {
            return seen.add(name);
        }
        for (int index = 0; index < verdicts.size(); index++) {
            if (verdicts.get(index).name().equals(name)) {
                return false;
            }
        }
        if (verdicts.size() == LINEAR) {
            seen = new HashSet<>();
            verdicts.forEach(verdict -> seen.add(verdict.name()));
            seen.add(name);
        }
        return true;
    }
}
