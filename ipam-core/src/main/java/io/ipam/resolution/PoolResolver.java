package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;

/**
 * Finds the pools that may serve a request: a pure function of workload, selections, catalog and
 * usage view. The same inputs give the same answer on any machine; nothing is changed. A dry run is
 * this call alone.
 *
 * <p>Sources, first that settles wins, never mixed on one interface: subnets named by the pod,
 * pools named by the pod, defaults of the namespace, defaults of the interface's CNI configuration,
 * default pools of the cluster.
 *
 * <p>Cost: follows the pools named and what the owner holds, not the size of the catalog; a pattern
 * looks at every pool name of its family. Texts are made only when a resolution is asked for them.
 *
 * <p>Thread safety: immutable.
 */
public final class PoolResolver {
    private final ResolverSettings settings;

    private PoolResolver(ResolverSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return a resolver with these settings}
     *
     * @param settings the settings
     */
    public static PoolResolver of(ResolverSettings settings) {
        return new PoolResolver(requireNonNull(settings, "settings"));
    }

    /** {@return the settings} */
    public ResolverSettings settings() {
        return settings;
    }

    /**
     * {@return resolves a request}
     *
     * @param workload what asks; with a {@linkplain PoolSelections#claim claim}, the resolution has
     *     the workload with the owner that the claim names
     * @param selections what the request says
     * @param catalog the pools that exist
     * @param usage what is held, asked for the owner's holdings once and for each candidate once
     */
    public Resolution resolve(Workload workload, PoolSelections selections, PoolCatalog catalog, UsageView usage) {
        requireNonNull(workload, "workload");
        requireNonNull(selections, "selections");
        RequestInputs inputs = new RequestInputs(
                settings,
                selections.claim().map(workload::claimedBy).orElse(workload),
                selections,
                requireNonNull(catalog, "catalog"),
                requireNonNull(usage, "usage"));
        return new RequestResolver(inputs).resolve();
    }
}
