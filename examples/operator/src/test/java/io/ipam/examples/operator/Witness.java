package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ipam.address.Address;
import io.ipam.examples.operator.cluster.Pods;
import io.ipam.examples.operator.demo.MockCluster;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sees every change of a pod at the API server. It notes each address that two running pods show,
 * and each pod that shows other addresses than before. Thread safety: safe.
 */
final class Witness implements MockCluster.Observer {
    /** The users of addresses: the uid of a stateless pod, the name of a stateful one. */
    private final Map<Address, String> users = new HashMap<>();

    private final Map<String, Map<Address, String>> shown = new TreeMap<>();
    /** The addresses that each pod shows, by its name. */
    private final Map<String, Map<Address, String>> pods = new HashMap<>();

    private final List<String> violations = new ArrayList<>();

    @Override
    public synchronized void changed(String before, String after) {
        String text = after == null ? before : after;
        if (text.contains("\"kind\":\"Pod\"")) {
            Pod pod = Serialization.unmarshal(text, Pod.class);
            pods.put(Pods.owner(pod).qualifiedName(), after == null ? Map.of() : used(pod));
            if (after == null || Pods.hasEnded(pod)) {
                ended(pod);
            } else {
                running(pod);
            }
        }
    }

    /** The addresses that a pod uses. Spiderpool notes no uid, and a copy that of another pod. */
    private static Map<Address, String> used(Pod pod) {
        return pod.getMetadata().getAnnotations().containsKey(Pods.ASSIGNED_TO) ? Pods.shown(pod) : Pods.annotated(pod);
    }

    private static String user(Pod pod) {
        Owner owner = Pods.owner(pod);
        return owner.stateful() ? owner.qualifiedName() : owner.uid();
    }

    private void running(Pod pod) {
        Map<Address, String> now = used(pod);
        if (now.isEmpty()) {
            return;
        }
        String user = user(pod);
        Map<Address, String> before = shown.put(user, now);
        if (before != null && !before.equals(now)) {
            violations.add(Pods.owner(pod) + " moved from " + before + " to " + now);
        }
        now.keySet().forEach(address -> {
            String other = users.put(address, user);
            if (other != null && !other.equals(user)) {
                violations.add(address + " is used by " + other + " and " + user);
            }
        });
    }

    /** A stateful pod returns, so its addresses stay in use. */
    private void ended(Pod pod) {
        if (!Pods.owner(pod).stateful()) {
            forget(user(pod));
        }
    }

    synchronized void forget(String user) {
        shown.remove(user);
        users.values().removeIf(user::equals);
    }

    /** The addresses that a pod of the namespace shop shows. */
    synchronized Set<Address> shown(String pod) {
        return pods.getOrDefault("shop/" + pod, Map.of()).keySet();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized Map<Address, String> users() {
        return new TreeMap<>(users);
    }
}
