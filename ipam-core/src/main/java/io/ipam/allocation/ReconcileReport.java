package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The allocations without a live owner.
 *
 * <p>Thread safety: immutable.
 *
 * @param outdated whether the state was replaced after the observation; if so, nothing was compared
 * @param suspected the allocations whose owner has not been missing for the grace period, by pool
 *     and address
 * @param confirmed the allocations whose owner was missing in two observations at least the grace
 *     period apart, by pool and address
 * @param released the confirmed allocations that this call released; the others were released or
 *     renewed before, or the mode is {@link ReconcileMode#REPORT}
 */
public record ReconcileReport(boolean outdated, List<Orphan> suspected, List<Orphan> confirmed, List<Orphan> released) {
    /** Copies the lists. */
    public ReconcileReport {
        requireNonNull(suspected, "suspected");
        requireNonNull(released, "released");
        requireNonNull(confirmed, "confirmed");
        suspected = List.copyOf(suspected);
        confirmed = List.copyOf(confirmed);
        released = List.copyOf(released);
    }

    /**
     * {@return the report as human-readable lines, each ended by a line feed; at most ten of a
     * kind}
     */
    public String explain() {
        ReportText lines = new ReportText();
        if (outdated) {
            return lines.add(
                            "nothing was compared: the state was restored after the observation; observe and reconcile again")
                    .toString();
        }
        if (suspected.isEmpty() && confirmed.isEmpty()) {
            return lines.add("every allocation has a live owner, or is younger than the observation")
                    .toString();
        }
        Set<Orphan> gone = new HashSet<>(released);
        List<Orphan> kept =
                confirmed.stream().filter(orphan -> !gone.contains(orphan)).toList();
        lines.add("without a live owner: " + released.size() + " released, " + kept.size()
                + " confirmed and not released, " + suspected.size() + " suspected");
        lines.addAll("released: ", released, Orphan::toLine);
        lines.addAll("confirmed, release it: ", kept, Orphan::toLine);
        lines.addAll("suspected, reconcile again after the grace period: ", suspected, Orphan::toLine);
        return lines.toString();
    }

    /**
     * An allocation without a live owner.
     *
     * @param pool the pool
     * @param address the address
     * @param owner the owner that holds it
     * @param interfaceName the interface, empty if unknown
     * @param generation the generation of the grant
     * @param since the time of the first observation in which it had no live owner
     */
    public record Orphan(
            String pool, Address address, Owner owner, String interfaceName, long generation, Instant since) {
        /** Checks for null. */
        public Orphan {
            requireNonNull(pool, "pool");
            requireNonNull(address, "address");
            requireNonNull(owner, "owner");
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(since, "since");
        }

        private String toLine() {
            return address + " of " + pool + ", held by " + owner
                    + (interfaceName.isEmpty() ? "" : " for " + interfaceName) + ", since " + since;
        }
    }
}
