package io.ipam.resolution;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The library's own order: a pool with an affinity precedes one without. The fields are compared in
 * this order: podAffinity, nodeName, nodeAffinity, namespaceName, namespaceAffinity, multusName.
 * Equal pools keep the order in which they are named.
 */
final class PoolPreference {
    private static final Comparator<Pool> BEST_FIRST = Comparator.comparingInt(PoolPreference::classOf);

    private PoolPreference() {}

    /** The pools, best first. Cost: one pass if they are already in order. */
    static List<Pool> sorted(List<Pool> named) {
        int previous = -1;
        for (Pool pool : named) {
            int next = classOf(pool);
            if (next < previous) {
                List<Pool> sorted = new ArrayList<>(named);
                sorted.sort(BEST_FIRST);
                return sorted;
            }
            previous = next;
        }
        return named;
    }

    /**
     * From 0, everything set, to 63, nothing set: one bit per field, set where the field is unset.
     */
    static int classOf(Pool pool) {
        PoolAffinity affinity = pool.affinity();
        return bit(5, affinity.pod().isEmpty())
                | bit(4, affinity.nodeNames().isEmpty())
                | bit(3, affinity.node().isEmpty())
                | bit(2, affinity.namespaceNames().isEmpty())
                | bit(1, affinity.namespace().isEmpty())
                | bit(0, affinity.attachments().isEmpty());
    }

    private static int bit(int index, boolean unset) {
        return unset ? 1 << index : 0;
    }
}
