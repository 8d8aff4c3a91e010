package io.ipam.resolution;

import io.ipam.allocation.Holding;
import io.ipam.problem.Problem;
import java.util.List;

/**
 * The facts that the resolution of a request found.
 *
 * @param demands the resolution of each demand, by interface in the order requested, then by family
 * @param problems the problems of the request as a whole
 * @param notes the notes on the request as a whole
 * @param releases the holdings that the owner gives up in the same step
 */
record Findings(List<DemandResolution> demands, List<Problem> problems, List<Note> notes, List<Holding> releases) {
    /** Copies the lists. */
    Findings {
        demands = List.copyOf(demands);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
        releases = List.copyOf(releases);
    }

    /** A request that is refused before any demand is resolved. */
    static Findings refused(Problem problem) {
        return new Findings(List.of(), List.of(problem), List.of(), List.of());
    }

    /** Whether neither a problem nor a demand without a pool prevents an allocation. */
    boolean servable() {
        if (!problems.isEmpty()) {
            return false;
        }
        for (DemandResolution demand : demands) {
            if (demand instanceof DemandResolution.Unserved) {
                return false;
            }
        }
        return true;
    }
}
