package io.ipam.engine.swap;

import io.ipam.address.Address;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReconcileReport.Orphan;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.Ledger;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.record.RecordColumns;
import io.ipam.record.RecordTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds allocations whose owner is not live. An allocation that was granted or renewed after the
 * observation is ignored. One without a live owner is suspected first. It is confirmed if an
 * observation at least a grace period later finds no live owner again.
 *
 * <p>Cost: O(held + live); it stores the suspected allocations only. Thread safety: guarded by the
 * swap lock.
 */
public final class Reconciler {
    private final Duration grace;
    /** The first observation without a live owner, by allocation. */
    private Map<Suspect, Since> suspected = new HashMap<>();

    private record Suspect(Owner owner, String interfaceName, Address address) {}

    /** The first observation that found a grant without a live owner. */
    private record Since(Instant at, long generation) {}

    Reconciler(Duration grace) {
        this.grace = grace;
    }

    /**
     * Compares a state with the live owners.
     *
     * @param active the current catalog
     * @param observation the mark that was made before the live owners were listed
     * @param live the live owners
     * @return the suspected and the confirmed allocations; none is released
     */
    public ReconcileReport compare(ActiveCatalog active, Observation observation, LiveOwners live) {
        List<Orphan> suspects = new ArrayList<>();
        List<Orphan> confirmed = new ArrayList<>();
        Map<Suspect, Since> since = new HashMap<>();
        for (Orphan orphan : orphans(active, observation, live)) {
            since.put(suspectOf(orphan), new Since(orphan.since(), orphan.generation()));
            (isConfirmed(orphan, observation.at()) ? confirmed : suspects).add(orphan);
        }
        suspected = since;
        return new ReconcileReport(false, suspects, confirmed, List.of());
    }

    /** Ends the suspicions about allocations that were released. */
    public void forget(List<Orphan> released) {
        released.forEach(orphan -> suspected.remove(suspectOf(orphan)));
    }

    private static Suspect suspectOf(Orphan orphan) {
        return new Suspect(orphan.owner(), orphan.interfaceName(), orphan.address());
    }

    /**
     * The time of the first observation that found this grant without a live owner: this one,
     * unless an earlier one did.
     */
    private Instant since(Suspect suspect, long generation, Observation observation) {
        Since known = suspected.get(suspect);
        return known != null && known.generation() == generation ? known.at() : observation.at();
    }

    /**
     * Keeps the suspicions about the allocations that a restored state also has. A restore may
     * assign new generations.
     */
    void carryOver(ActiveCatalog restored) {
        Map<Suspect, Since> kept = new HashMap<>();
        suspected.forEach((suspect, since) -> {
            PoolBinding binding = restored.poolOf(suspect.address());
            if (binding != null) {
                RecordTable records = restored.ledger(binding).records();
                int slot =
                        records.find(suspect.address().high(), suspect.address().low());
                if (slot != RecordTable.NONE
                        && records.owner(slot).equals(suspect.owner())
                        && records.interfaceName(slot).equals(suspect.interfaceName())) {
                    kept.put(suspect, new Since(since.at(), records.generation(slot)));
                }
            }
        });
        suspected = kept;
    }

    private boolean isConfirmed(Orphan orphan, Instant now) {
        boolean isSecond = orphan.since().isBefore(now);
        return isSecond && Duration.between(orphan.since(), now).compareTo(grace) >= 0;
    }

    private List<Orphan> orphans(ActiveCatalog active, Observation observation, LiveOwners live) {
        List<Orphan> orphans = new ArrayList<>();
        for (PoolBinding binding : active.all()) {
            collect(binding, active.ledger(binding), observation, live, orphans);
        }
        orphans.sort(Comparator.comparing(Orphan::pool, PoolCatalog.nameOrder()).thenComparing(Orphan::address));
        return orphans;
    }

    private void collect(
            PoolBinding binding, Ledger ledger, Observation observation, LiveOwners live, List<Orphan> orphans) {
        RecordColumns columns = copyOf(ledger);
        for (int slot = columns.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = columns.nextUsed(slot)) {
            Owner owner = columns.owner(slot);
            long generation = columns.generation(slot);
            if (generation <= observation.lastGeneration() && !live.contains(owner)) {
                Address address = ledger.address(columns.high(slot), columns.low(slot));
                String interfaceName = columns.interfaceName(slot);
                Instant since = since(new Suspect(owner, interfaceName, address), generation, observation);
                orphans.add(new Orphan(binding.pool().name(), address, owner, interfaceName, generation, since));
            }
        }
    }

    private static RecordColumns copyOf(Ledger ledger) {
        ledger.lock();
        try {
            return ledger.records().copy();
        } finally {
            ledger.unlock();
        }
    }
}
