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
}
