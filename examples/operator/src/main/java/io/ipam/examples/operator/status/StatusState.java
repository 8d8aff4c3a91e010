package io.ipam.examples.operator.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.documents.Takeover;
import io.ipam.examples.operator.State;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.ClusterRecords;
import io.ipam.examples.operator.cluster.Key;
import io.ipam.examples.operator.cluster.PoolDocuments;
import io.ipam.examples.operator.cluster.PoolStatuses;
import io.ipam.pool.Pool;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The state in the statuses of the pool documents, for clusters without a database. A change is
 * confirmed when the status is written with the {@code resourceVersion} that the state was built
 * from. One write confirms the changes of all visits that wait. If another operator has written
 * the status, the write fails, and the pool is read again. The records that were read replace
 * those that were not written, and the visits decide again. Run one leader: a second one costs
 * conflicts, never an address.
 *
 * <p>Thread safety: safe. Visits hold {@code visits} shared, a merge holds it alone.
 */
public class StatusState implements State {
    private static final System.Logger LOG = System.getLogger(StatusState.class.getName());

    private final ReadWriteLock visits = new ReentrantReadWriteLock(true);
    /** The document of each pool that the state was built from. Guarded by this. */
    private final Map<String, GenericKubernetesResource> built = new HashMap<>();
    /** The pools with changes that may not be written. Guarded by this. */
    private final Set<String> dirty = new TreeSet<>();
    /** The pools whose documents have records of another operator. Guarded by this. */
    private final Set<String> conflicts = new TreeSet<>();

    private Cluster cluster;
    private Ipam ipam;

    /** A state that is read from the statuses when it is opened. */
    @SuppressWarnings("NullAway.Init") // Opened before use.
    public StatusState() {}

    @Override
    public synchronized Ipam open(Cluster newCluster, IpamSettings settings) {
        cluster = newCluster;
        ClusterRecords records = new ClusterRecords(cluster);
        ipam = Ipam.of(records.catalog(), settings);
        ipam.state().restore(records.held().snapshot(), RestoreMode.HOLD);
        records.sources().forEach(document -> built.put(document.getMetadata().getName(), document));
        return ipam;
    }

    @Override
    public Duration visit(Key key, Supplier<Duration> visit) {
        if (key.kind() == Key.Kind.POOL) {
            cluster.pools().cached(key.name()).ifPresent(this::observe);
        }
        visits.readLock().lock();
        try {
            return visit.get();
        } finally {
            visits.readLock().unlock();
            merge();
        }
    }

    /** Receives a document: a new definition, or the records of another operator. */
    protected synchronized void observe(GenericKubernetesResource document) {
        String name = document.getMetadata().getName();
        GenericKubernetesResource present = built.get(name);
        String records = present == null ? null : present.get("status", "allocatedIPs");
        if (present != null && version(document) <= version(present)) {
            return;
        }
        if (Objects.equals(records, document.get("status", "allocatedIPs"))) {
            built.put(name, document);
        } else {
            conflicts.add(name);
        }
    }

    private static long version(GenericKubernetesResource document) {
        return Long.parseLong(document.getMetadata().getResourceVersion());
    }

    @Override
    public synchronized boolean confirm(Set<String> pools) {
        dirty.addAll(pools);
        boolean isWritten = true;
        for (String pool : List.copyOf(dirty)) {
            boolean isAsked = pools.contains(pool);
            if (isAsked ? write(pool) : writeOther(pool)) {
                dirty.remove(pool);
            } else {
                isWritten &= !isAsked;
            }
        }
        return isWritten && conflicts.isEmpty();
    }

    /** Writes the status of a pool that no visit waits for; it stays dirty if that fails. */
    private boolean writeOther(String pool) {
        try {
            return write(pool);
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.WARNING, "the status of " + pool + " is not written: " + e.getMessage());
            return false;
        }
    }

    /** {@return zero: only an edit of a status by another program loses a confirmed grant} */
    @Override
    public long history() {
        return 0;
    }

    @Override
    public void show(String pool) {
        confirm(Set.of(pool));
    }

    /** Writes the status of a pool, if it differs; false if another operator has written it. */
    private boolean write(String name) {
        Optional<Pool> pool = ipam.catalog().pool(name);
        GenericKubernetesResource document = built.get(name);
        if (pool.isEmpty() || document == null) {
            return pool.isEmpty();
        }
        Optional<Map<String, Object>> status = PoolStatuses.of(ipam, pool.get());
        if (status.isEmpty() || status.get().equals(PoolStatuses.noted(document))) {
            return true;
        }
        try {
            built.put(name, update(PoolStatuses.with(document, status.get())));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            conflicts.add(name);
            return false;
        }
    }

    /** Writes a status, if its document has the version that the state was built from. */
    protected GenericKubernetesResource update(GenericKubernetesResource document) {
        return cluster.pools().updateStatus(document);
    }

    private void merge() {
        if (conflicts().isEmpty()) {
            return;
        }
        visits.writeLock().lock();
        try {
            conflicts().forEach(this::merge);
        } finally {
            visits.writeLock().unlock();
        }
    }

    private synchronized List<String> conflicts() {
        return List.copyOf(conflicts);
    }

    /** Replaces the records of a pool by those of its document. */
    private synchronized void merge(String name) {
        Optional<GenericKubernetesResource> document = cluster.pools().current(name);
        if (document.isPresent()) {
            Takeover.Reading theirs = ClusterRecords.takeover(cluster)
                    .read(List.of(PoolDocuments.withRecords(
                            document.get(), ipam.catalog().pool(name))));
            StateSnapshot merged = merged(name, ipam.state().export(), theirs.snapshot());
            ipam.state().restoreDroppingGrants(merged, RestoreMode.HOLD);
            built.put(name, document.get());
        } else {
            built.remove(name);
        }
        conflicts.remove(name);
    }

    /** One pool of their records, all other pools of ours. */
    private static StateSnapshot merged(String name, StateSnapshot ours, StateSnapshot theirs) {
        List<PoolSnapshot> pools = new ArrayList<>(ours.pools());
        pools.removeIf(pool -> pool.pool().equals(name));
        theirs.pools().forEach(pool -> pools.add(withInterfaces(pool, ours.pool(name))));
        List<Stray> strays = new ArrayList<>(ours.strays());
        strays.removeIf(stray -> stray.pool().equals(name));
        strays.addAll(theirs.strays());
        Set<String> closed = new HashSet<>(ours.closedPools());
        closed.addAll(theirs.closedPools());
        return new StateSnapshot(ours.lastGeneration(), pools, strays, closed);
    }

    /** Their records; a record that is ours, too, keeps its interface and generation. */
    private static PoolSnapshot withInterfaces(PoolSnapshot theirs, Optional<PoolSnapshot> ours) {
        Map<Object, PoolSnapshot.Held> known = new HashMap<>();
        ours.ifPresent(pool -> pool.held().forEach(held -> known.put(List.of(held.address(), held.owner()), held)));
        return PoolSnapshot.of(
                theirs.pool(),
                theirs.held().stream()
                        .map(held -> known.getOrDefault(List.of(held.address(), held.owner()), held))
                        .toList());
    }
}
