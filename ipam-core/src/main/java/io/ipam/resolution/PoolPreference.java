package io.ipam.resolution;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The library's own order: a pool with an affinity set comes before one without, compared by
 * podAffinity, nodeName, nodeAffinity, namespaceName, namespaceAffinity, multusName, in that order.
 * Among equals the order named is kept.
 */
final class PoolPreference {
    private static final Comparator<Pool> BEST_FIRST = Comparator.comparingInt(PoolPreference::classOf);

    private PoolPreference() {}

    /** The pools best first. Cost: one pass when they are in order already. */
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
