package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Goal;
import java.util.List;

/** All goals. Thread safety: none needed; no state. */
public final class Goals {
    private Goals() {}

    /** {@return the goals, by number} */
    public static List<Goal> all() {
        return List.of(
                new SteadyStateGoal(),
                new LowOccupancyGoal(),
                new MemoryGoal(),
                new RandomChoiceGoal(),
                new LargeFamilyGoal(),
                new RecordsGoal(),
                new WholeWayGoal(),
                new GrowthGoal(),
                new ThreadsGoal());
    }
}
