package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.ipam.examples.operator.cluster.Key.Kind;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caches of the objects that the operator watches. A cache may lag: what must be current is
 * read from the API server, and each write states the {@code resourceVersion} that it was made
 * from. Thread safety: safe.
 */
public final class Cluster implements AutoCloseable {
    private final KubernetesClient client;
    private final SharedIndexInformer<Namespace> namespaces;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<Pod> pods;
    private final Documents pools;
    private final Documents reserved;

    /** Fills the caches. The client is not closed. */
    public Cluster(KubernetesClient client) {
        this.client = client;
        namespaces = client.namespaces().runnableInformer(0);
        nodes = client.nodes().runnableInformer(0);
        pods = client.pods().inAnyNamespace().runnableInformer(0);
        pools = new Documents(client, Documents.POOLS, "ipam.io/pool");
        reserved = new Documents(client, Documents.RESERVED, "ipam.io/reserved");
        CompletableFuture.allOf(caches().map(cache -> cache.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private Stream<SharedIndexInformer<?>> caches() {
        return Stream.of(namespaces, nodes, pods, pools.cache, reserved.cache);
    }

    /** {@return the documents of pools} */
    public Documents pools() {
        return pools;
    }

    /** {@return the documents of reserved addresses} */
    public Documents reserved() {
        return reserved;
    }

    /** {@return the pods of the cache} */
    public List<Pod> pods() {
        return pods.getStore().list();
    }

    /** {@return the pods of the cache on which the operator has shown addresses} */
    public List<Key> showing() {
        return pods().stream()
                .filter(Pods::showsOwn)
                .map(pod -> Key.of(Kind.POD, pod))
                .toList();
    }

    /** {@return a pod of the cache; empty if it is gone, or was created again} */
    public Optional<Pod> pod(Key key) {
        return Optional.ofNullable(pods.getStore().getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name())))
                .filter(pod -> pod.getMetadata().getUid().equals(key.uid()));
    }

    /** {@return a namespace of the cache} */
    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.getStore().getByKey(name));
    }

    /** {@return a node of the cache} */
    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.getStore().getByKey(name));
    }

    /** {@return the pods of the API server that have not ended, and those that its sets expect} */
    public List<Owner> liveOwners() {
        List<Owner> owners = expectedOwners();
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> !Pods.hasEnded(pod) || Pods.owner(pod).stateful())
                .map(Pods::owner)
                .forEach(owners::add);
        return owners;
    }

    /** {@return every pod that a StatefulSet of the API server expects} */
    public List<Owner> expectedOwners() {
        List<Owner> owners = new ArrayList<>();
        client.apps().statefulSets().inAnyNamespace().list().getItems().forEach(set -> owners.addAll(Pods.owners(set)));
        return owners;
    }

    /** Writes a pod. */
    public void update(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(pod)
                .update();
    }

    /** Reports each object to visit now, and after each of its changes. */
    public void follow(Consumer<Key> visit) {
        follow(reserved.cache, Kind.RESERVED, visit);
        follow(pools.cache, Kind.POOL, visit);
        follow(pods, Kind.POD, visit);
    }

    private static <T extends HasMetadata> void follow(SharedIndexInformer<T> cache, Kind kind, Consumer<Key> visit) {
        cache.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                visit.accept(Key.of(kind, object));
            }

            @Override
            public void onUpdate(@Nullable T before, T object) {
                if (before != null) {
                    visit.accept(Key.of(kind, before)); // A pod that was created again has another key.
                }
                visit.accept(Key.of(kind, object));
            }

            @Override
            public void onDelete(T object, boolean isUnknown) {
                visit.accept(Key.of(kind, object));
            }
        });
    }

    /** Reports each object of the caches. */
    public void visitAll(Consumer<Key> visit) {
        reserved.all().forEach(document -> visit.accept(Key.of(Kind.RESERVED, document)));
        pools.all().forEach(document -> visit.accept(Key.of(Kind.POOL, document)));
        pods().forEach(pod -> visit.accept(Key.of(Kind.POD, pod)));
    }

    /** {@return whether every watch is open} */
    public boolean isWatching() {
        return caches().allMatch(SharedIndexInformer::isWatching);
    }

    @Override
    public void close() {
        caches().forEach(SharedIndexInformer::stop);
    }
}
