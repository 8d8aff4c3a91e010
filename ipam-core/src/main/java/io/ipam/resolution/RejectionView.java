package io.ipam.resolution;

import io.ipam.pool.Pool;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The rejections of one demand over pools that many demands share. Only the network differs, so the
 * rejections for a network, and the nearest names, are created when they are read. Thread safety:
 * immutable.
 */
final class RejectionView extends AbstractList<Rejection> implements RandomAccess {
    private final List<PoolVerdict> dropped;
    private final PoolNetworks networks;
    private final NearestNames nearest;

    RejectionView(List<PoolVerdict> dropped, PoolNetworks networks, NearestNames nearest) {
        this.dropped = dropped;
        this.networks = networks;
        this.nearest = nearest;
    }

    /** The list itself if it cannot change, otherwise a copy. */
    static List<Rejection> copyOf(List<Rejection> rejections) {
        return rejections instanceof RejectionView ? rejections : List.copyOf(rejections);
    }

    @Override
    public Rejection get(int index) {
        PoolVerdict verdict = dropped.get(index);
        Pool pool = verdict.pool();
        if (pool != null && !networks.mayServe(pool)) {
            return networks.rejection(pool);
        }
        if (verdict.rejection() == null) {
            throw new IllegalStateException(verdict.name() + " is dropped without a rejection");
        }
        return nearest.complete(verdict.rejection());
    }

    @Override
    public int size() {
        return dropped.size();
    }
}
