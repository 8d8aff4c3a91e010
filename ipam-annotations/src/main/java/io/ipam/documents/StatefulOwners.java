package io.ipam.documents;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The pods that are identified by their names. Cost: O(1) per pod, regardless of the number of
 * replicas. Thread safety: none.
 */
final class StatefulOwners {
    private final Set<String> names = new HashSet<>();
    /** The number of pods of each set, by {@code namespace/name}. */
    private final Map<String, Integer> replicas = new HashMap<>();

    private Predicate<AllocatedIps.Holder> rule = holder -> false;

    void add(Predicate<AllocatedIps.Holder> more) {
        rule = rule.or(more);
    }

    void addName(String namespace, String name) {
        names.add(namespace + "/" + name);
    }

    void addSet(String namespace, String name, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("replicas must not be negative, was " + count);
        }
        replicas.merge(namespace + "/" + name, count, Math::max);
    }

    boolean contains(AllocatedIps.Holder holder) {
        return names.contains(holder.pod()) || isOfSet(holder.pod()) || rule.test(holder);
    }

    /** Whether a name is that of a set, a dash, and an ordinal below the number of its pods. */
    private boolean isOfSet(String pod) {
        int dash = pod.lastIndexOf('-');
        Integer count = dash < 0 ? null : replicas.get(pod.substring(0, dash));
        if (count == null) {
            return false;
        }
        String ordinal = pod.substring(dash + 1);
        return ordinal.matches("0|[1-9][0-9]{0,9}") && Long.parseLong(ordinal) < count;
    }
}
