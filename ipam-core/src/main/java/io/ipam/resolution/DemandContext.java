package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

/**
 * The context in which a {@link PoolFilter} or a {@link PoolOrder} evaluates a pool. The family of
 * the demand is that of the pool.
 *
 * <p>Thread safety: immutable, except for the usage view.
 *
 * @param workload the workload that requests addresses
 * @param request the interface that the address is for
 * @param source the source that named the pool
 * @param usage the addresses in use
 */
public record DemandContext(Workload workload, InterfaceRequest request, Source source, UsageView usage) {
    /** Rejects null. */
    public DemandContext {
        requireNonNull(workload, "workload");
        requireNonNull(request, "request");
        requireNonNull(source, "source");
        requireNonNull(usage, "usage");
    }
}
