package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.RestoreMode;
import io.ipam.documents.PoolStatus;
import io.ipam.pool.Pool;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The state in a realm of a store. The status of a pool is a view. It lags, and only its revision
 * is read. Any number of replicas may run. Thread safety: safe.
 */
public final class StoreState implements State {
    /** The field of a status with the revision; Spiderpool's documents do not have it. */
    static final String REVISION = "ipamRevision";

    private static final System.Logger LOG = System.getLogger(StoreState.class.getName());

    private final Supplier<StateStore> sessions;
    private Cluster cluster;
    private Ipam ipam;
    private Consumer<Step> steps = Step.NO_FAULTS;

    /** A state whose sessions are made by a function. */
    @SuppressWarnings("NullAway.Init") // Opened before use.
    public StoreState(Supplier<StateStore> sessions) {
        this.sessions = sessions;
    }

    @Override
    public Ipam open(Cluster newCluster, IpamSettings settings, Consumer<Step> newSteps) {
        cluster = newCluster;
        steps = newSteps;
        ipam = isOpen() ? Ipam.open(sessions.get(), settings) : create(settings);
        return ipam;
    }

    private boolean isOpen() {
        try (StateStore session = sessions.get();
                Image image = session.load()) {
            return image.realm()
                    .filter(realm -> realm.phase() == Realm.Phase.OPEN)
                    .isPresent();
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the realm: " + e.getMessage(), e);
        }
    }

    private Ipam create(IpamSettings settings) {
        ClusterRecords records = new ClusterRecords(cluster);
        Ipam created =
                Ipam.create(sessions.get(), records.catalog(), records.held().snapshot(), RestoreMode.HOLD, settings);
        steps.accept(Step.REALM_CREATED);
        created.state().strays().forEach(stray -> LOG.log(System.Logger.Level.WARNING, "stays taken: " + stray));
        return created;
    }

    /** {@return true: each change is in the store before its caller has the result} */
    @Override
    public boolean confirm(Set<String> pools) {
        return true;
    }

    @Override
    public void show(String name) {
        Optional<GenericKubernetesResource> document = cluster.pool(name);
        Optional<Pool> pool = ipam.catalog().pool(name);
        if (document.isEmpty() || pool.isEmpty()) {
            return;
        }
        Map<String, Object> noted = PoolStatuses.noted(document.get());
        long revision = revisionNotBelow(noted);
        Optional<Map<String, Object>> next = PoolStatuses.of(ipam, pool.get(), status -> shortened(pool.get(), status));
        noted.remove(REVISION);
        if (next.isPresent() && !next.get().equals(noted)) {
            next.get().put(REVISION, revision);
            cluster.updateStatus(PoolStatuses.with(document.get(), next.get()));
            steps.accept(Step.STATUS_WRITTEN);
        }
    }

    /**
     * The revision of the state, not below the noted one. After a sync it is below only if the
     * store has lost the noted one: then the status is of a lost history.
     */
    private long revisionNotBelow(Map<String, Object> noted) {
        if (noted.get(REVISION) instanceof Number number && number.longValue() > ipam.revision()) {
            ipam.sync();
        }
        return ipam.revision();
    }

    /** A status, without its holders if the API server could refuse the object for its size. */
    private PoolStatus shortened(Pool pool, PoolStatus status) {
        long bytes = ipam.state().statusBytes(pool.name()).orElse(0);
        return bytes <= ipam.settings().statusLimitBytes()
                ? status
                : new PoolStatus(status.totalIpCount(), status.allocatedIpCount(), Optional.empty());
    }
}
