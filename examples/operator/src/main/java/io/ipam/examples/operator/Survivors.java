package io.ipam.examples.operator;

import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.Key;
import java.util.HashMap;
import java.util.Map;

/**
 * The pods that show addresses which the state may have lost: all that show any when a history of
 * the state begins. They request their addresses again before another pod gets one. The others do
 * not wait for a survivor that was refused ten times. Thread safety: safe.
 */
final class Survivors {
    private static final int TRIES = 10;
    private static final long NONE = -1;

    private final Cluster cluster;
    private final State state;
    /** The survivors that are not served, with the tries that are left. Guarded by this. */
    private final Map<Key, Integer> unserved = new HashMap<>();
    /** Guarded by this. */
    private long history = NONE;

    Survivors(Cluster cluster, State state) {
        this.cluster = cluster;
        this.state = state;
    }

    /** Begins the visit of a pod; returns the history of the state. */
    synchronized long begin(Key pod) {
        lookAtHistory();
        unserved.computeIfPresent(pod, (key, tries) -> tries == 0 ? null : tries - 1);
        return history;
    }

    private void lookAtHistory() {
        long current = state.history();
        if (current != history) {
            history = current;
            unserved.clear();
            cluster.showing().forEach(pod -> unserved.put(pod, TRIES));
        }
    }

    /** Ends the visit of a pod; returns whether it is a survivor that was not served. */
    synchronized boolean remains(Key pod, long begun, boolean isServed) {
        if (begun == history && isServed) {
            unserved.remove(pod);
        }
        return unserved.containsKey(pod);
    }

    /** {@return whether other pods may use addresses that were granted since a visit began} */
    synchronized boolean areServed(long begun) {
        lookAtHistory();
        return begun == history && unserved.isEmpty();
    }
}
