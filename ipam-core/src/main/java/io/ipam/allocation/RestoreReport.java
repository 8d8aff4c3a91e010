package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import java.util.List;

/**
 * What was restored and what was set aside.
 *
 * <p>Thread safety: immutable.
 *
 * @param held how many held addresses were restored
 * @param cooling how many cooling addresses were restored
 * @param problems what is wrong with the records that were set aside, at {@code pools[0].held[3]}
 * @param setAside the records that were set aside, by pool
 */
public record RestoreReport(int held, int cooling, List<Problem> problems, StateSnapshot setAside) {
    /**
     * Copies the list.
     *
     * @param held how many held addresses were restored
     * @param cooling how many cooling addresses were restored
     * @param problems what is wrong with the records that were set aside, at {@code pools[0].held[3]}
     * @param setAside the records that were set aside, by pool
     */
    public RestoreReport {
        problems = List.copyOf(problems);
        requireNonNull(setAside, "setAside");
    }

    /** {@return what was restored and what is to be mended, as lines of text for a person, each ended by a line feed; at most ten problems} */
    public String explain() {
        Lines lines = new Lines().add("restored " + held + " held and " + cooling + " cooling addresses");
        if (!problems.isEmpty()) {
            int cools = setAside.pools().stream()
                    .mapToInt(pool -> pool.cooling().size())
                    .sum();
            lines.add("set aside " + setAside.heldCount() + " held and " + cools
                    + " cooling addresses, which others may be given: mend the records and restore all again");
        }
        return lines.addAll("", problems, Problem::message).toString();
    }
}
