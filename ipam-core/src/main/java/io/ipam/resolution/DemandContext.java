package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

/**
 * What a {@link PoolFilter} or a {@link PoolOrder} may look at beside the pool. The family of the
 * demand is that of the pool.
 *
 * <p>Thread safety: immutable, but for the usage view.
 *
 * @param workload what asks
 * @param request the interface that the address is for
 * @param source the source that named the pool
 * @param usage what is held, a picture of one moment
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
