package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import java.util.List;

/**
 * The outcome of a restore.
 *
 * <p>Thread safety: immutable.
 *
 * @param held the number of restored held addresses
 * @param cooling the number of restored cooling addresses
 * @param problems the records that do not fit, at paths such as {@code pools[0].held[3]}
 * @param strays the addresses that stay taken although their records do not fit, by address
 */
public record RestoreReport(int held, int cooling, List<Problem> problems, List<Stray> strays) {
    /** Copies the lists. */
    public RestoreReport {
        problems = List.copyOf(requireNonNull(problems, "problems"));
        strays = List.copyOf(requireNonNull(strays, "strays"));
    }

    /**
     * {@return what was restored and what does not fit, as human-readable lines, each ended by a
     * line feed; at most ten of a kind}
     */
    public String explain() {
        ReportText lines = new ReportText().add("restored " + held + " held and " + cooling + " cooling addresses");
        if (!strays.isEmpty()) {
            lines.add(strays.size() + " more addresses stay taken: release each with IpamState.releaseStray once its"
                    + " holder no longer exists, or correct its record and restore into a new Ipam");
            lines.addAll("stray: ", strays, Stray::toString);
        }
        return lines.addAll("", problems, Problem::message).toString();
    }
}
