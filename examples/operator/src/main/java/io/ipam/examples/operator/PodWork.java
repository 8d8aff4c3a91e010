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
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.Key;
import io.ipam.examples.operator.cluster.Pods;
import io.ipam.owner.Owner;
import io.ipam.resolution.PoolSelections;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Allocates for a pod, shows the addresses on it, and releases them. The state always changes
 * first: a pod never shows an address that the state may lose, and no finalizer is removed before
 * the release. A visit that was cut off anywhere is repeated from its start. Thread safety: safe.
 */
final class PodWork {
    private static final System.Logger LOG = System.getLogger(PodWork.class.getName());
    /** After a write of another operator, whose records are read between two visits. */
    private static final Duration AGAIN = Duration.ofMillis(10);
    /** While pods that show addresses may lack them in the state. */
    private static final Duration AFTER_SURVIVORS = Duration.ofMillis(100);

    private static final AnnotationReader READER = AnnotationReader.compatible();

    private final Cluster cluster;
    private final Ipam ipam;
    private final State state;
    private final Duration retry;
    private final Survivors survivors;

    PodWork(Cluster cluster, Ipam ipam, State state, Duration retry) {
        this.cluster = cluster;
        this.ipam = ipam;
        this.state = state;
        this.retry = retry;
        survivors = new Survivors(cluster, state);
    }

    Duration visit(Key key) {
        long history = survivors.begin(key);
        Duration again = cluster.pod(key)
                .map(pod -> visit(pod, history))
                .orElseGet(() -> end(Owner.stateless(key.namespace(), key.name(), key.uid())));
        return survivors.remains(key, history, again.isZero()) ? AFTER_SURVIVORS : again;
    }

    private Duration visit(Pod pod, long history) {
        if (Pods.hasEnded(pod)) {
            return end(pod);
        }
        return Pods.needsAddresses(pod) ? allocate(pod, history) : Duration.ZERO;
    }

    private Duration allocate(Pod pod, long history) {
        if (mustWait(pod, history)) {
            return AFTER_SURVIVORS;
        }
        List<HeldAddress> before = ipam.heldBy(Pods.owner(pod));
        if (Pods.isServed(pod, before)) {
            return Duration.ZERO;
        }
        Optional<List<Allocation>> granted = request(pod, before.isEmpty());
        if (granted.isEmpty()) {
            return retry;
        }
        if (mustWait(pod, history)) {
            handBack(granted.get(), before);
            return AFTER_SURVIVORS;
        }
        if (!state.confirm(pools(before, granted.get()))) {
            return AGAIN;
        }
        cluster.update(Pods.showing(pod, granted.get()));
        LOG.log(System.Logger.Level.INFO, Pods.owner(pod) + " got " + granted.get());
        return Duration.ZERO;
    }

    private boolean mustWait(Pod pod, long history) {
        return !Pods.showsOwn(pod) && !survivors.areServed(history);
    }

    /** Requests addresses; empty if that is not possible now, which is logged. */
    private Optional<List<Allocation>> request(Pod pod, boolean holdsNone) {
        // Without its namespace or node a pod could be served from the wrong pool.
        Optional<Namespace> namespace = cluster.namespace(pod.getMetadata().getNamespace());
        Optional<Node> node = cluster.node(pod.getSpec().getNodeName());
        if (namespace.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        try {
            AllocationResult result = ipam.allocate(
                    Pods.workload(pod, namespace.get(), node.get()), selections(pod, namespace.get(), holdsNone));
            if (result instanceof AllocationResult.Refused refused) {
                LOG.log(System.Logger.Level.INFO, Pods.owner(pod) + ": " + refused.message());
                return Optional.empty();
            }
            return Optional.of(result.orElseThrow());
        } catch (InvalidAnnotationException e) {
            LOG.log(System.Logger.Level.WARNING, Pods.owner(pod) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The annotations of a pod as selections. A pod that shows addresses which the state lacks is a
     * survivor: it requests the addresses that it uses.
     */
    private static PoolSelections selections(Pod pod, Namespace namespace, boolean holdsNone) {
        PoolSelections selections = READER.read(
                pod.getMetadata().getAnnotations(), namespace.getMetadata().getAnnotations());
        if (!holdsNone) {
            return selections;
        }
        return selections.withGiven(Pods.shown(pod).entrySet().stream()
                .map(shown -> new PoolSelections.GivenAddress(shown.getValue(), shown.getKey()))
                .toList());
    }

    /** Releases what a pod did not hold before: the state has lost grants, perhaps of these. */
    private void handBack(List<Allocation> granted, List<HeldAddress> before) {
        Set<Address> held = before.stream().map(HeldAddress::address).collect(Collectors.toSet());
        granted.stream()
                .filter(one -> !held.contains(one.address()))
                .forEach(one -> ipam.release(one.owner(), one.address(), one.generation()));
    }

    /** The pools of the addresses that a pod held before or holds now. */
    private static Set<String> pools(List<HeldAddress> before, List<Allocation> now) {
        Set<String> pools = now.stream().map(Allocation::pool).collect(Collectors.toCollection(HashSet::new));
        before.forEach(held -> pools.add(held.pool()));
        return pools;
    }

    /** Releases the addresses of a stateless pod. A stateful one keeps them for its next pod. */
    private Duration end(Pod pod) {
        Owner owner = Pods.owner(pod);
        if (owner.stateful() || !pod.hasFinalizer(Pods.FINALIZER)) {
            return end(owner);
        }
        Duration again = release(owner);
        if (again.isZero()) {
            cluster.update(Pods.withoutFinalizer(pod));
            LOG.log(System.Logger.Level.INFO, owner + " released its addresses");
        }
        return again;
    }

    /** Releases the addresses of a pod without the finalizer, or of one that is gone. */
    private Duration end(Owner owner) {
        return owner.stateful() || ipam.heldBy(owner).isEmpty() ? Duration.ZERO : release(owner);
    }

    /** Releases all that an owner holds, also addresses that its pool has lost meanwhile. */
    private Duration release(Owner owner) {
        Set<String> pools = new HashSet<>();
        ipam.heldBy(owner).forEach(held -> pools.add(held.pool()));
        ipam.release(owner);
        for (Stray stray : ipam.state().strays()) {
            if (stray.owner().filter(owner::isSameAs).isPresent()) {
                ipam.state().releaseStray(stray.address());
                pools.add(stray.pool());
            }
        }
        return state.confirm(pools) ? Duration.ZERO : AGAIN;
    }
}
