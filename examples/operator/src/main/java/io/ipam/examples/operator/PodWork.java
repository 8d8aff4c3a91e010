package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Stray;
import io.ipam.annotations.AnnotationReader;
import io.ipam.annotations.InvalidAnnotationException;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Allocates for a pod, shows the addresses on it, and releases them. The state always changes
 * first: a pod never shows an address that the state may lose, and no finalizer is removed before
 * the release. A visit that was cut off anywhere is repeated from its start. Thread safety: safe.
 */
final class PodWork {
    private static final System.Logger LOG = System.getLogger(PodWork.class.getName());
    /** After a write of another operator, whose records are read between two visits. */
    private static final Duration AGAIN = Duration.ofMillis(10);

    private static final AnnotationReader READER = AnnotationReader.compatible();

    private final Cluster cluster;
    private final Ipam ipam;
    private final State state;
    private final Duration retry;
    private final Consumer<Step> steps;

    PodWork(Cluster cluster, Ipam ipam, State state, Duration retry, Consumer<Step> steps) {
        this.cluster = cluster;
        this.ipam = ipam;
        this.state = state;
        this.retry = retry;
        this.steps = steps;
    }

    Duration visit(Key key) {
        Pod pod = cluster.pod(key.namespace(), key.name()).orElse(null);
        if (pod == null) {
            return Duration.ZERO;
        }
        if (Pods.hasEnded(pod)) {
            return release(pod);
        }
        return Pods.needsAddresses(pod) && !Pods.isDeleting(pod) ? allocate(pod) : Duration.ZERO;
    }

    private Duration allocate(Pod pod) {
        Owner owner = Pods.owner(pod);
        List<HeldAddress> held = ipam.heldBy(owner);
        if (showsAll(pod, held)) {
            return Duration.ZERO;
        }
        AllocationResult result = request(pod, owner, held.isEmpty());
        if (result instanceof AllocationResult.Allocated allocated) {
            steps.accept(Step.POD_ALLOCATED);
            if (!state.confirm(pools(held, allocated.allocations()))) {
                return AGAIN;
            }
            show(pod, allocated.allocations());
            return Duration.ZERO;
        }
        return retry;
    }

    /** The pools of the addresses that a pod held before or holds now. */
    private static Set<String> pools(List<HeldAddress> before, List<Allocation> now) {
        return Stream.concat(
                        before.stream().map(HeldAddress::pool), now.stream().map(Allocation::pool))
                .collect(Collectors.toSet());
    }

    /** Whether the pod shows exactly the addresses that it holds under its uid. */
    private static boolean showsAll(Pod pod, List<HeldAddress> held) {
        String uid = pod.getMetadata().getUid();
        Set<Address> addresses = held.stream()
                .filter(one -> one.owner().filter(by -> by.uid().equals(uid)).isPresent())
                .map(HeldAddress::address)
                .collect(Collectors.toSet());
        return !held.isEmpty()
                && addresses.size() == held.size()
                && Pods.shown(pod).keySet().equals(addresses)
                && Pods.isKept(pod);
    }

    /** Requests addresses; null if that is not possible now, which is logged. */
    private @Nullable AllocationResult request(Pod pod, Owner owner, boolean holdsNone) {
        // Without its namespace or node a pod could be served from the wrong pool.
        Optional<Namespace> namespace = cluster.namespace(owner.namespace());
        Optional<Node> node = cluster.node(pod.getSpec().getNodeName());
        if (namespace.isEmpty() || node.isEmpty()) {
            return null;
        }
        Workload workload = Workload.builder(owner)
                .labels(pod.getMetadata().getLabels())
                .node(pod.getSpec().getNodeName(), node.get().getMetadata().getLabels())
                .namespaceLabels(namespace.get().getMetadata().getLabels())
                .build();
        try {
            AllocationResult result = ipam.allocate(workload, selections(pod, namespace.get(), holdsNone));
            if (result instanceof AllocationResult.Refused refused) {
                LOG.log(System.Logger.Level.INFO, owner + ": " + refused.message());
            }
            return result;
        } catch (InvalidAnnotationException e) {
            LOG.log(System.Logger.Level.WARNING, owner + ": " + e.getMessage());
            return null;
        }
    }

    /**
     * The annotations of a pod as selections. A pod that shows addresses which the state lacks is a
     * survivor of a restored backup: it requests the addresses that it uses.
     */
    private static PoolSelections selections(Pod pod, Namespace namespace, boolean holdsNone) {
        Map<String, String> ofPod = pod.getMetadata().getAnnotations();
        PoolSelections selections = READER.read(ofPod, namespace.getMetadata().getAnnotations());
        if (!holdsNone) {
            return selections;
        }
        return selections.withGiven(Pods.shown(pod).entrySet().stream()
                .map(shown -> new PoolSelections.GivenAddress(shown.getValue(), shown.getKey()))
                .toList());
    }

    private void show(Pod pod, List<Allocation> allocations) {
        cluster.update(Pods.showing(pod, allocations));
        steps.accept(Step.POD_ANNOTATED);
        LOG.log(System.Logger.Level.INFO, Pods.owner(pod) + " got " + allocations);
    }

    /** Releases the addresses of a stateless pod. A stateful one keeps them for its next pod. */
    private Duration release(Pod pod) {
        Owner owner = Pods.owner(pod);
        if (owner.stateful()) {
            return Duration.ZERO;
        }
        if (pod.hasFinalizer(Pods.FINALIZER) || !ipam.heldBy(owner).isEmpty()) {
            if (!isReleased(owner)) {
                return AGAIN;
            }
            steps.accept(Step.POD_RELEASED);
        }
        if (pod.hasFinalizer(Pods.FINALIZER)) {
            cluster.update(Pods.withoutFinalizer(pod));
            LOG.log(System.Logger.Level.INFO, owner + " released its addresses");
        }
        return Duration.ZERO;
    }

    /** Releases the addresses of a pod that was deleted before it had the finalizer. */
    Duration visitDeleted(Key key) {
        Owner owner = Owner.stateless(key.namespace(), key.name(), key.uid());
        return ipam.heldBy(owner).isEmpty() || isReleased(owner) ? Duration.ZERO : AGAIN;
    }

    /**
     * Releases everything that an owner holds, including addresses that its pool has lost
     * meanwhile.
     */
    private boolean isReleased(Owner owner) {
        Set<String> pools = ipam.heldBy(owner).stream().map(HeldAddress::pool).collect(Collectors.toSet());
        ipam.release(owner);
        for (Stray stray : ipam.state().strays()) {
            if (stray.owner().filter(owner::isSameAs).isPresent()) {
                ipam.state().releaseStray(stray.address());
                pools.add(stray.pool());
            }
        }
        return state.confirm(pools);
    }
}
