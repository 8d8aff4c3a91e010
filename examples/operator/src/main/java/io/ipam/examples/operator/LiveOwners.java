package io.ipam.examples.operator;

import io.ipam.Ipam;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.Stray;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.owner.Owner;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Releases the addresses of owners that are gone. Thread safety: safe. */
final class LiveOwners {
    private static final System.Logger LOG = System.getLogger(LiveOwners.class.getName());

    private final Ipam ipam;
    private final State state;
    private final Cluster cluster;
    /** The strays without a live owner, with the first observation of that. Guarded by this. */
    private Map<Stray, Instant> suspected = Map.of();

    LiveOwners(Ipam ipam, State state, Cluster cluster) {
        this.ipam = ipam;
        this.state = state;
        this.cluster = cluster;
    }

    /** Compares the state with the owners that exist, after the observation, on the API server. */
    synchronized ReconcileReport reconcile() {
        Observation mark = ipam.observe();
        List<Stray> strays = ipam.state().strays();
        List<Owner> live = cluster.liveOwners();
        ReconcileReport report = ipam.reconcile(mark, live, ReconcileMode.FREE);
        Set<String> pools = releaseStrays(strays, live, mark.at());
        report.released().forEach(orphan -> pools.add(orphan.pool()));
        state.confirm(pools);
        if (!report.confirmed().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, report.explain());
        }
        return report;
    }

    /**
     * Releases the strays whose owner was missing in two observations at least the grace period
     * apart, as {@code Ipam.reconcile} does for allocations. Returns their pools.
     */
    private Set<String> releaseStrays(List<Stray> strays, List<Owner> live, Instant now) {
        Map<Stray, Instant> orphans = new HashMap<>();
        Set<String> pools = new HashSet<>();
        for (Stray stray : strays) {
            if (stray.owner().isEmpty() || live.stream().anyMatch(stray.owner().get()::isSameAs)) {
                continue;
            }
            Instant since = suspected.getOrDefault(stray, now);
            if (since.isBefore(now)
                    && !since.plus(ipam.settings().reconcileGrace()).isAfter(now)) {
                ipam.state().releaseStray(stray.address());
                pools.add(stray.pool());
                LOG.log(System.Logger.Level.WARNING, "released, its owner is gone: " + stray);
            } else {
                orphans.put(stray, since);
            }
        }
        suspected = orphans;
        return pools;
    }
}
