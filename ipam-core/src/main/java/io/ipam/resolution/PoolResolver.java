package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.PoolCatalog;

/**
 * Finds the pools that may serve a request: a pure function of workload, selections, catalog, and
 * usage view. Equal inputs produce equal results on any machine. A resolution changes nothing, so
 * it also serves as a dry run.
 *
 * <p>The first source that settles an interface determines all its pools. A selection of the pod
 * settles an interface if it is present; the defaults settle it if they name a pool. In order, the
 * sources are the subnets that the pod names, the pools that the pod names, and the defaults of the
 * namespace. The defaults of the interface's CNI configuration and the default pools of the cluster
 * follow.
 *
 * <p>Cost: depends on the named pools and on the owner's holdings, not on the size of the catalog.
 * A pattern is compared with every pool name of its family. Texts are created on request.
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
     * Resolves a request.
     *
     * @param workload the workload; with a {@linkplain PoolSelections#claim claim}, the owner that
     *     the claim names replaces its owner
     * @param selections the content of the request
     * @param catalog the existing pools
     * @param usage the addresses in use, read once for the owner and once for each candidate
     * @return the candidates of each demand, or the reasons why there are none
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
