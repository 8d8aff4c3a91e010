package io.ipam.examples.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.ReconcileReport;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.Key;
import io.ipam.examples.operator.cluster.Key.Kind;
import io.ipam.examples.operator.cluster.WorkQueue;
import io.ipam.micrometer.IpamMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Allocates addresses of SpiderIPPools to pods. Any number of replicas may run over one store: they
 * need no leader, because the store decides each change once. An event only causes a visit of its
 * object. The visit compares the object with the state and makes the missing changes.
 *
 * <p>Thread safety: safe.
 */
public final class Operator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Operator.class.getName());

    private final OperatorSettings settings;
    private final Cluster cluster;
    private final WorkQueue<Key> queue;
    private final IpamMetrics metrics;
    private final State state;
    private final Ipam ipam;
    private final PodWork pods;
    private final PoolWork pools;
    private final LiveOwners owners;

    /**
     * Starts the operator: fills the caches, opens the realm, and follows the cluster.
     *
     * @param client the API server; the client is not closed
     * @param state the place of the state
     * @param settings the settings
     * @param registry receives the metrics
     */
    public Operator(KubernetesClient client, State state, OperatorSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.state = state;
        queue = new WorkQueue<>(settings.workers(), this::visit);
        cluster = new Cluster(client);
        metrics = IpamMetrics.of(registry);
        IpamSettings own = settings.ipam().withListener(this::on).withForeignEvents(true);
        ipam = metrics.watch(state.open(cluster, own));
        pods = new PodWork(cluster, ipam, state, settings.retry());
        pools = new PoolWork(cluster, ipam, settings.retry());
        owners = new LiveOwners(ipam, state, cluster);
        registry.gauge("operator.faulty.documents", pools, PoolWork::faultyCount);
        cluster.follow(this::changed);
        queue.add(Key.of(Kind.RECONCILE, ""));
    }

    private void changed(Key object) {
        queue.add(object);
        if (object.kind() == Kind.POOL) {
            stale(object.name());
        }
    }

    /** Receives what this replica and the others change. */
    private void on(AllocationEvent event) {
        metrics.on(event);
        AllocationEvent change = event instanceof AllocationEvent.Foreign foreign ? foreign.event() : event;
        if (change instanceof AllocationEvent.Granted granted) {
            stale(granted.pool());
        } else if (change instanceof AllocationEvent.Released released) {
            stale(released.pool());
            queue.add(Key.of(Kind.POOL, released.pool()));
        } else if (change instanceof AllocationEvent.Swapped) {
            cluster.pools().all().forEach(pool -> stale(pool.getMetadata().getName()));
        } else if (change instanceof AllocationEvent.Reloaded) {
            cluster.visitAll(this::changed); // The state may lack what the objects show.
        } else if (event instanceof AllocationEvent.LargeStatus large) {
            LOG.log(System.Logger.Level.WARNING, "the status of " + large.pool() + " omits its holders: " + large);
        }
    }

    /** Writes the status of a pool, a while after the first of several changes. */
    private void stale(String pool) {
        queue.add(Key.of(Kind.STATUS, pool), settings.statusInterval());
    }

    private Duration visit(Key key) {
        return state.visit(key, () -> switch (key.kind()) {
            case POD -> pods.visit(key);
            case POOL -> pools.visitPool(key);
            case RESERVED -> pools.visitReserved(key);
            case STATUS -> show(key.name());
            case RECONCILE -> reconcileAgain();
        });
    }

    private Duration show(String pool) {
        state.show(pool);
        return Duration.ZERO;
    }

    private Duration reconcileAgain() {
        reconcile();
        return settings.reconcileInterval();
    }

    /** Releases the addresses whose owners are gone; the first call only suspects them. */
    public ReconcileReport reconcile() {
        return owners.reconcile();
    }

    /** {@return the number of documents that the state does not follow at the moment} */
    public int faultyDocuments() {
        return pools.faultyCount();
    }

    /** {@return the state} */
    public Ipam ipam() {
        return ipam;
    }

    /** Returns whether the store responds and every watch is open. Throws if the store fails. */
    public boolean isReady() {
        ipam.sync();
        return cluster.isWatching();
    }

    @Override
    public void close() {
        queue.close();
        cluster.close();
        ipam.close();
        metrics.close();
    }
}
