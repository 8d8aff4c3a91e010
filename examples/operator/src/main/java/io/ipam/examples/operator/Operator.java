package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.ReconcileReport;
import io.ipam.examples.operator.Key.Kind;
import io.ipam.micrometer.IpamMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
    private final Ipam ipam;
    private final PodWork pods;
    private final PoolWork pools;
    private final State state;
    /** The pools whose status will be written soon. */
    private final Set<String> stale = ConcurrentHashMap.newKeySet();

    /**
     * Starts the operator: fills the caches, opens the realm, and follows the cluster.
     *
     * @param client the API server; the client is not closed
     * @param state the place of the state
     * @param settings the settings
     * @param registry receives the metrics
     * @param steps is called between two writes
     */
    public Operator(
            KubernetesClient client,
            State state,
            OperatorSettings settings,
            MeterRegistry registry,
            Consumer<Step> steps) {
        this.settings = settings;
        this.state = state;
        queue = new WorkQueue<>(settings.workers(), this::visit);
        cluster = new Cluster(client);
        metrics = IpamMetrics.of(registry);
        IpamSettings own = settings.ipam().withListener(this::on).withForeignEvents(true);
        ipam = metrics.watch(state.open(cluster, own, steps));
        pods = new PodWork(cluster, ipam, state, settings.retry(), steps);
        pools = new PoolWork(cluster, ipam, settings.retry(), steps);
        registry.gauge("operator.faulty.documents", pools, PoolWork::faultyCount);
        follow();
    }

    private void follow() {
        Cluster.follow(
                cluster.reserved,
                document -> add(Kind.RESERVED, document),
                (document, known) -> add(Kind.RESERVED, document));
        Cluster.follow(
                cluster.pools,
                document -> {
                    add(Kind.POOL, document);
                    stale(document.getMetadata().getName());
                },
                (document, known) -> {});
        Cluster.follow(cluster.pods, pod -> add(Kind.POD, pod), (pod, known) -> deleted(pod));
        queue.add(Key.of(Kind.RECONCILE, ""));
    }

    private void add(Kind kind, HasMetadata object) {
        queue.add(Key.of(kind, object));
    }

    private void deleted(Pod pod) {
        if (!Pods.owner(pod).stateful()) {
            add(Kind.DELETED_POD, pod);
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
        } else if (event instanceof AllocationEvent.LargeStatus large) {
            LOG.log(System.Logger.Level.WARNING, "the status of " + large.pool() + " omits its holders: " + large);
        } else if (change instanceof AllocationEvent.Swapped || change instanceof AllocationEvent.Reloaded) {
            cluster.documents(cluster.pools)
                    .forEach(pool -> stale(pool.getMetadata().getName()));
            cluster.pods.getStore().list().forEach(pod -> visitAfter(change, pod));
        }
    }

    /** A store that lost grants: each pod that shows addresses requests them again. */
    private void visitAfter(AllocationEvent change, Pod pod) {
        if (change instanceof AllocationEvent.Reloaded) {
            add(Kind.POD, pod);
        }
    }

    private void stale(String pool) {
        if (stale.add(pool)) {
            queue.add(Key.of(Kind.STATUS, pool), settings.statusInterval());
        }
    }

    private Duration visit(Key key) {
        try {
            return state.visit(() -> visitNow(key));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Duration.ZERO; // The cache lags; its next event adds the key again.
            }
            throw e;
        }
    }

    private Duration visitNow(Key key) {
        return switch (key.kind()) {
            case POD -> pods.visit(key);
            case DELETED_POD -> pods.visitDeleted(key);
            case POOL -> visitPool(key.name());
            case RESERVED -> pools.visitReserved(key.name());
            case STATUS -> visitStatus(key.name());
            case RECONCILE -> visitReconcile();
        };
    }

    private Duration visitPool(String pool) {
        cluster.pool(pool).ifPresent(state::observe);
        return pools.visit(pool);
    }

    private Duration visitStatus(String pool) {
        stale.remove(pool);
        state.show(pool);
        return Duration.ZERO;
    }

    private Duration visitReconcile() {
        reconcile();
        return settings.reconcileInterval();
    }

    /** Releases the addresses whose owners are gone; the first call only suspects them. */
    public ReconcileReport reconcile() {
        return LiveOwners.reconcile(ipam, state, cluster.client);
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
