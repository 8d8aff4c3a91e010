package io.ipam.engine.swap;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a snapshot, their problems, and the start of new ones. Thread safety: none.
 */
final class SnapshotGenerations {
    private static final String HIGHEST_RULE = "a generation must be at most " + Generations.HIGHEST;

    private final StateSnapshot snapshot;
    private final Set<Long> seen = new HashSet<>();
    private final long last;

    /** Generations that continue above those of the snapshot and of the replaced state. */
    SnapshotGenerations(StateSnapshot snapshot, long lastGeneration, long nowMillis) {
        this.snapshot = snapshot;
        long highest = snapshot.pools().stream()
                .flatMap(pool -> pool.held().stream())
                .mapToLong(PoolSnapshot.Held::generation)
                .filter(generation -> generation <= Generations.HIGHEST)
                .max()
                .orElse(0);
        long counted = isLastBad() ? 0 : snapshot.lastGeneration();
        last = Generations.afterRestore(Math.max(Math.max(highest, lastGeneration), counted), nowMillis);
    }

    private boolean isLastBad() {
        return snapshot.lastGeneration() > Generations.HIGHEST;
    }

    List<Problem> problems() {
        String offending = Long.toString(snapshot.lastGeneration());
        return isLastBad()
                ? List.of(Problem.of(ProblemType.INVALID, "lastGeneration", offending, HIGHEST_RULE, ""))
                : List.of();
    }

    /**
     * The problem of the generation of a record; null if there is none. Each generation is accepted
     * only once.
     */
    @Nullable
    Problem problemOf(long generation, String where) {
        if (generation > Generations.HIGHEST) {
            return Problem.of(ProblemType.INVALID, where, Long.toString(generation), HIGHEST_RULE, "");
        }
        if (generation != PoolSnapshot.Held.NO_GENERATION && !seen.add(generation)) {
            String rule = "a generation must be unique";
            return Problem.of(ProblemType.DUPLICATE, where, Long.toString(generation), rule, "");
        }
        return null;
    }

    /** The generation after which new ones continue. */
    long last() {
        return last;
    }
}
