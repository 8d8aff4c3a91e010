package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools that one reference names, shared by all demands of a request that use it.
 *
 * <p>Layout: a verdict for each named pool, and sets of candidates. Each listed network and each
 * checked master interface has its own set; all other interfaces share one.
 *
 * <p>Cost: the pools are checked once. A further network needs memory, and a check of each pool,
 * only if a pool lists it. With filters or an order of the caller, each interface is checked
 * separately. Thread safety: none.
 */
final class NamedPools {
    private final PoolReference reference;
    private final UsageView usage;
    private final NearestNames nearest;
    private final List<PoolVerdict> verdicts;
    private final List<Note> notes;
    private final @Nullable Set<String> listedNetworks;
    private final Map<PoolNetworks, CandidateSet> byNetwork = new HashMap<>(2);
    /** The candidates for networks that no pool lists; null until they are needed. */
    private @Nullable CandidateSet unlisted;
    /** The verdicts of the pools that are dropped there. */
    private List<PoolVerdict> dropped = List.of();

    private NamedPools(
            PoolReference reference, CandidateCollector collector, RequestInputs inputs, NearestNames nearest) {
        this.reference = reference;
        this.usage = inputs.usage();
        this.nearest = nearest;
        this.verdicts = collector.verdicts();
        this.notes = collector.notes();
        this.listedNetworks = listedNetworks(verdicts, inputs.settings().systemNamespace());
    }

    /** Collects the pools of a reference. */
    static NamedPools collect(PoolReference reference, Family family, RequestInputs inputs, NearestNames nearest) {
        CandidateCollector collector = new CandidateCollector(new PoolChecks(inputs, family), nearest);
        reference.visit(collector);
        return new NamedPools(reference, collector, inputs, nearest);
    }

    /** The networks that pools list, qualified; null if no pool lists any. */
    private static @Nullable Set<String> listedNetworks(List<PoolVerdict> verdicts, String systemNamespace) {
        Set<String> listed = null;
        for (int index = 0; index < verdicts.size(); index++) {
            Pool pool = verdicts.get(index).pool();
            if (pool != null && PoolNetworks.areLimited(pool)) {
                listed = listed == null ? new HashSet<>() : listed;
                listed.addAll(Networks.qualified(pool.affinity().attachments(), systemNamespace));
            }
        }
        return listed;
    }

    boolean isOf(PoolReference other) {
        return reference == other;
    }

    /** The pools for an interface, by the rules of the library. */
    CandidateSet of(PoolNetworks networks) {
        Set<String> listed = listedNetworks;
        if (listed == null && !networks.checksSubnets()) {
            return unlisted(networks);
        }
        CandidateSet known = byNetwork.get(networks);
        if (known == null) {
            boolean differs = networks.checksSubnets()
                    || (listed != null
                            && networks.network().filter(listed::contains).isPresent());
            known = differs ? select(networks, CustomRules.NONE) : unlisted(networks);
            byNetwork.put(networks, known);
        }
        return known;
    }

    private CandidateSet unlisted(PoolNetworks networks) {
        CandidateSet shared = unlisted;
        if (shared == null) {
            List<PoolVerdict> kept = new ArrayList<>(0);
            List<Pool> passed = passed(networks, kept);
            dropped = kept;
            shared = set(PoolPreference.sorted(passed), rejections(networks));
            unlisted = shared;
        }
        return listedNetworks != null ? new CandidateSet(shared.pools(), rejections(networks), shared.notes()) : shared;
    }

    private List<Rejection> rejections(PoolNetworks networks) {
        return dropped.isEmpty() ? List.of() : new RejectionView(dropped, networks, nearest);
    }

    private List<Pool> passed(PoolNetworks networks, List<PoolVerdict> rejected) {
        List<Pool> passed = new ArrayList<>(verdicts.size());
        for (int index = 0; index < verdicts.size(); index++) {
            PoolVerdict verdict = verdicts.get(index);
            Pool pool = verdict.pool();
            if (pool != null && verdict.rejection() == null && networks.mayServe(pool)) {
                passed.add(pool);
            } else {
                rejected.add(verdict);
            }
        }
        return passed;
    }

    /** The pools for an interface, by the library's rules and those of the caller. */
    CandidateSet select(PoolNetworks networks, CustomRules custom) {
        List<Pool> passed = new ArrayList<>(2);
        List<Rejection> rejections = new ArrayList<>(0);
        for (PoolVerdict verdict : verdicts) {
            Pool pool = verdict.pool();
            Rejection rejection =
                    pool != null && !networks.mayServe(pool) ? networks.rejection(pool) : verdict.rejection();
            if (rejection == null && pool != null) {
                rejection = custom.refuse(pool);
            }
            if (rejection != null) {
                rejections.add(nearest.complete(rejection));
            } else if (pool != null) {
                passed.add(pool);
            }
        }
        return set(custom.order(PoolPreference.sorted(passed), rejections), rejections);
    }

    private CandidateSet set(List<Pool> pools, List<Rejection> rejections) {
        List<Note> all = notes;
        for (int index = 0; index < pools.size(); index++) {
            String pool = pools.get(index).name();
            if (usage.isFull(pool)) {
                all = all == notes ? new ArrayList<>(notes) : all;
                all.add(fullNow(pool));
            }
        }
        return new CandidateSet(List.copyOf(pools), RejectionView.copyOf(rejections), List.copyOf(all));
    }

    /** A note on a full pool; it has the counts unless they have changed since. */
    private Note fullNow(String pool) {
        return new Note.FullNow(pool, usage.usage(pool).filter(PoolUsage::isExhausted));
    }
}
