package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caches of the objects that the operator watches. A cache may lag: what must be current is
 * read from the API server, and each write states the {@code resourceVersion} that it was made
 * from. Thread safety: safe.
 */
public final class Cluster implements AutoCloseable {
    static final ResourceDefinitionContext POOLS = context("SpiderIPPool", "spiderippools");
    static final ResourceDefinitionContext RESERVED = context("SpiderReservedIP", "spiderreservedips");

    final KubernetesClient client;
    final SharedIndexInformer<Namespace> namespaces;
    final SharedIndexInformer<Node> nodes;
    final SharedIndexInformer<Pod> pods;
    final SharedIndexInformer<GenericKubernetesResource> pools;
    final SharedIndexInformer<GenericKubernetesResource> reserved;

    /** Fills the caches. */
    Cluster(KubernetesClient client) {
        this.client = client;
        namespaces = client.namespaces().runnableInformer(0);
        nodes = client.nodes().runnableInformer(0);
        pods = client.pods().inAnyNamespace().runnableInformer(0);
        pools = client.genericKubernetesResources(POOLS).runnableInformer(0);
        reserved = client.genericKubernetesResources(RESERVED).runnableInformer(0);
        CompletableFuture.allOf(informers()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static ResourceDefinitionContext context(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("spiderpool.spidernet.io")
                .withVersion("v2beta1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(false)
                .build();
    }

    private Stream<SharedIndexInformer<?>> informers() {
        return Stream.of(namespaces, nodes, pods, pools, reserved);
    }

    boolean isWatching() {
        return informers().allMatch(SharedIndexInformer::isWatching);
    }

    Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(pods.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name)));
    }

    Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.getStore().getByKey(name));
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.getStore().getByKey(name));
    }

    Optional<GenericKubernetesResource> pool(String name) {
        return Optional.ofNullable(pools.getStore().getByKey(name));
    }

    /** Reads a document from the API server, past the cache. */
    Optional<GenericKubernetesResource> current(ResourceDefinitionContext context, String name) {
        return Optional.ofNullable(
                client.genericKubernetesResources(context).withName(name).get());
    }

    List<GenericKubernetesResource> documents(SharedIndexInformer<GenericKubernetesResource> informer) {
        return informer.getStore().list();
    }

    void update(Pod pod) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(pod)
                .update();
    }

    void update(GenericKubernetesResource pool) {
        client.genericKubernetesResources(POOLS).resource(pool).update();
    }

    /** {@return a document with the finalizer, unless its deletion has begun} */
    GenericKubernetesResource marked(GenericKubernetesResource pool) {
        if (pool.isMarkedForDeletion() || pool.hasFinalizer(PoolDocuments.FINALIZER)) {
            return pool;
        }
        return client.genericKubernetesResources(POOLS)
                .resource(PoolDocuments.withFinalizer(pool))
                .update();
    }

    GenericKubernetesResource updateStatus(GenericKubernetesResource pool) {
        return client.genericKubernetesResources(POOLS).resource(pool).updateStatus();
    }

    /**
     * Reports each object of a cache, and each change of it.
     *
     * @param changed receives an object that was added or changed
     * @param deleted receives an object that was deleted, and whether its last state is known
     */
    static <T extends HasMetadata> void follow(
            SharedIndexInformer<T> informer, Consumer<T> changed, BiConsumer<T, Boolean> deleted) {
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(@Nullable T before, T object) {
                changed.accept(object);
            }

            @Override
            public void onDelete(T object, boolean isUnknown) {
                deleted.accept(object, !isUnknown);
            }
        });
    }

    @Override
    public void close() {
        informers().forEach(SharedIndexInformer::stop);
    }
}
