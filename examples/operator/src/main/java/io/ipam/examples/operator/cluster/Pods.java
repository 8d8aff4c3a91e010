package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ipam.address.Address;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HeldAddress;
import io.ipam.owner.Owner;
import io.ipam.problem.InvalidInputException;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts of a pod that matter to its addresses. Thread safety: stateless. */
public final class Pods {
    /** Keeps a pod until its addresses are released. Pods of a StatefulSet do not have it. */
    public static final String FINALIZER = "ipam.io/addresses";
    /** The annotation of each interface begins with this, as in Spiderpool's former releases. */
    public static final String ASSIGNED = "ipam.spidernet.io/assigned-";
    /** The annotation with the uid of the pod that the addresses were assigned to. */
    public static final String ASSIGNED_TO = "ipam.io/assigned-to";

    private static final System.Logger LOG = System.getLogger(Pods.class.getName());

    private Pods() {}

    /**
     * {@return the owner of a pod's addresses} The pod itself states its controller. The
     * StatefulSet may be absent from a cache, and its other pods may not exist.
     */
    public static Owner owner(Pod pod) {
        boolean stateful = pod.getMetadata().getOwnerReferences().stream().anyMatch(Pods::isStatefulSet);
        return new Owner(
                stateful,
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    private static boolean isStatefulSet(OwnerReference reference) {
        return Boolean.TRUE.equals(reference.getController())
                && reference.getKind().equals("StatefulSet")
                && reference.getApiVersion().startsWith("apps/");
    }

    /** {@return the owners that a StatefulSet keeps alive, whether their pods exist or not} */
    static List<Owner> owners(StatefulSet set) {
        int replicas = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        int first = set.getSpec().getOrdinals() == null
                ? 0
                : set.getSpec().getOrdinals().getStart();
        List<Owner> owners = new ArrayList<>();
        for (int ordinal = first; ordinal < first + replicas; ordinal++) {
            String name = set.getMetadata().getName() + "-" + ordinal;
            owners.add(Owner.stateful(set.getMetadata().getNamespace(), name, ""));
        }
        return owners;
    }

    /** {@return the facts of a pod that pools select by} */
    public static Workload workload(Pod pod, Namespace namespace, Node node) {
        return Workload.builder(owner(pod))
                .labels(pod.getMetadata().getLabels())
                .namespaceLabels(namespace.getMetadata().getLabels())
                .node(node.getMetadata().getName(), node.getMetadata().getLabels())
                .build();
    }

    /**
     * {@return whether no process of the pod runs any more} During its deletion a pod uses its
     * addresses until the kubelet confirms its end. Then the grace period is zero.
     */
    public static boolean hasEnded(Pod pod) {
        String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return "Succeeded".equals(phase) || "Failed".equals(phase) || (isDeleting(pod) && grace != null && grace == 0);
    }

    private static boolean isDeleting(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** {@return whether the pod needs addresses now: it has a node, and a network of its own} */
    public static boolean needsAddresses(Pod pod) {
        return !isDeleting(pod)
                && pod.getSpec() != null
                && pod.getSpec().getNodeName() != null
                && !Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    /**
     * {@return whether the operator has shown addresses on this pod} Annotations that were copied
     * from another pod bear the uid of that pod. Those of Spiderpool bear none.
     */
    public static boolean showsOwn(Pod pod) {
        return pod.getMetadata()
                .getUid()
                .equals(pod.getMetadata().getAnnotations().get(ASSIGNED_TO));
    }

    /** {@return the addresses that the operator has shown on this pod, with their interfaces} */
    public static Map<Address, String> shown(Pod pod) {
        return showsOwn(pod) ? annotated(pod) : Map.of();
    }

    /** {@return the addresses in the annotations of a pod; none if they cannot be read} */
    public static Map<Address, String> annotated(Pod pod) {
        Map<Address, String> shown = new TreeMap<>();
        try {
            pod.getMetadata().getAnnotations().forEach((key, text) -> {
                if (key.startsWith(ASSIGNED)) {
                    Map<?, ?> one = Serialization.unmarshal(text, Map.class);
                    Stream.of(one.get("ipv4"), one.get("ipv6"))
                            .filter(Objects::nonNull)
                            .map(address -> address.toString().split("/", 2)[0])
                            .forEach(address -> shown.put(Address.parse(address), key.substring(ASSIGNED.length())));
                }
            });
            return shown;
        } catch (KubernetesClientException | InvalidInputException e) {
            LOG.log(System.Logger.Level.WARNING, owner(pod) + " has annotations that are ignored: " + e.getMessage());
            return Map.of();
        }
    }

    /**
     * {@return whether the pod shows exactly the addresses that its owner holds, all under its uid,
     * and stays until they are released}
     */
    public static boolean isServed(Pod pod, List<HeldAddress> held) {
        String uid = pod.getMetadata().getUid();
        Set<Address> addresses = held.stream()
                .filter(one -> one.owner().filter(by -> by.uid().equals(uid)).isPresent())
                .map(HeldAddress::address)
                .collect(Collectors.toSet());
        return !held.isEmpty()
                && addresses.size() == held.size()
                && shown(pod).keySet().equals(addresses)
                && (owner(pod).stateful() || pod.hasFinalizer(FINALIZER));
    }

    /** {@return the pod with these addresses, which stays until they are released} */
    public static Pod showing(Pod pod, List<Allocation> allocations) {
        Pod next = new PodBuilder(pod).build();
        Map<String, String> annotations = next.getMetadata().getAnnotations();
        annotations.keySet().removeIf(key -> key.startsWith(ASSIGNED));
        annotations.putAll(annotations(allocations));
        annotations.put(ASSIGNED_TO, pod.getMetadata().getUid());
        if (!owner(pod).stateful()) {
            next.addFinalizer(FINALIZER);
        }
        return next;
    }

    /** {@return the pod without the finalizer} */
    public static Pod withoutFinalizer(Pod pod) {
        Pod next = new PodBuilder(pod).build();
        next.removeFinalizer(FINALIZER);
        return next;
    }

    private static Map<String, String> annotations(List<Allocation> allocations) {
        Map<String, Map<String, String>> byInterface = new TreeMap<>();
        for (Allocation one : allocations) {
            Map<String, String> texts = byInterface.computeIfAbsent(one.interfaceName(), name -> new TreeMap<>());
            texts.put("interface", one.interfaceName());
            texts.put("ipv" + one.family().number(), one.addressWithPrefix());
        }
        Map<String, String> annotations = new TreeMap<>();
        byInterface.forEach((name, texts) -> annotations.put(ASSIGNED + name, Serialization.asJson(texts)));
        return annotations;
    }
}
