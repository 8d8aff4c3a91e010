package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.RestoreMode;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.ClusterRecords;
import io.ipam.examples.operator.cluster.PoolStatuses;
import io.ipam.pool.Pool;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** A state whose sessions are made by a function. */
    @SuppressWarnings("NullAway.Init") // Opened before use.
    public StoreState(Supplier<StateStore> sessions) {
        this.sessions = sessions;
    }

    @Override
    public Ipam open(Cluster newCluster, IpamSettings settings) {
        cluster = newCluster;
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
        created.state().strays().forEach(stray -> LOG.log(System.Logger.Level.WARNING, "stays taken: " + stray));
        return created;
    }

    /** {@return true: each change is in the store before its caller has the result} */
    @Override
    public boolean confirm(Set<String> pools) {
        return true;
    }

    /** {@return the number of the load} A store that has lost commits is loaded again. */
    @Override
    public long history() {
        return ipam.observe().epoch();
    }

    @Override
    public void show(String name) {
        Optional<GenericKubernetesResource> document = cluster.pools().cached(name);
        Optional<Pool> pool = ipam.catalog().pool(name);
        if (document.isEmpty() || pool.isEmpty()) {
            return;
        }
        Map<String, Object> noted = PoolStatuses.noted(document.get());
        long revision = revisionNotBelow(noted.remove(REVISION));
        Optional<Map<String, Object>> next = PoolStatuses.of(ipam, pool.get());
        if (next.isEmpty()) {
            return;
        }
        if (ipam.state().statusBytes(name).orElse(0) > ipam.settings().statusLimitBytes()) {
            next.get().remove("allocatedIPs"); // The API server could refuse the object for its size.
        }
        if (!next.get().equals(noted)) {
            next.get().put(REVISION, revision);
            cluster.pools().updateStatus(PoolStatuses.with(document.get(), next.get()));
        }
    }

    /**
     * The revision of the state, not below the noted one. After a sync it is below only if the
     * store has lost the noted one: then the status is of a lost history.
     */
    private long revisionNotBelow(@Nullable Object noted) {
        if (noted instanceof Number number && number.longValue() > ipam.revision()) {
            ipam.sync();
        }
        return ipam.revision();
    }
}
