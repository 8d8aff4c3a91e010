package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;

/**
 * The documents of one kind. A document in use is marked with a finalizer, so that its deletion is
 * seen. Thread safety: safe.
 */
public final class Documents {
    /** The documents of pools. */
    public static final ResourceDefinitionContext POOLS = kind("SpiderIPPool", "spiderippools");
    /** The documents of reserved addresses. */
    public static final ResourceDefinitionContext RESERVED = kind("SpiderReservedIP", "spiderreservedips");

    private final MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            server;
    private final String finalizer;
    final SharedIndexInformer<GenericKubernetesResource> cache;

    /**
     * Prepares the cache, which {@link Cluster} fills.
     *
     * @param finalizer keeps a document until the state lacks what it defines
     */
    Documents(KubernetesClient client, ResourceDefinitionContext kind, String finalizer) {
        server = client.genericKubernetesResources(kind);
        this.finalizer = finalizer;
        cache = server.runnableInformer(0);
    }

    private static ResourceDefinitionContext kind(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("spiderpool.spidernet.io")
                .withVersion("v2beta1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(false)
                .build();
    }

    /** {@return all documents of the cache} */
    public List<GenericKubernetesResource> all() {
        return cache.getStore().list();
    }

    /** {@return a document of the cache, which may lag} */
    public Optional<GenericKubernetesResource> cached(String name) {
        return Optional.ofNullable(cache.getStore().getByKey(name));
    }

    /** {@return a document of the API server} */
    public Optional<GenericKubernetesResource> current(String name) {
        return Optional.ofNullable(server.withName(name).get());
    }

    /** {@return whether the API server has this document, and its deletion has not begun} */
    public boolean exists(GenericKubernetesResource document) {
        String uid = document.getMetadata().getUid();
        return current(document.getMetadata().getName())
                .filter(current -> current.getMetadata().getUid().equals(uid))
                .filter(current -> !current.isMarkedForDeletion())
                .isPresent();
    }

    /** {@return whether a document has the finalizer} */
    public boolean isMarked(GenericKubernetesResource document) {
        return document.hasFinalizer(finalizer);
    }

    /** {@return whether a document lacks the finalizer, and may still get it} */
    public boolean mustBeMarked(GenericKubernetesResource document) {
        return !isMarked(document) && !document.isMarkedForDeletion();
    }

    /** {@return a document that has the finalizer, unless its deletion has begun} */
    public GenericKubernetesResource mark(GenericKubernetesResource document) {
        if (!mustBeMarked(document)) {
            return document;
        }
        GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
        next.addFinalizer(finalizer);
        return server.resource(next).update();
    }

    /** Removes the finalizer of a document, if it has one. */
    public void unmark(GenericKubernetesResource document) {
        if (isMarked(document)) {
            GenericKubernetesResource next = new GenericKubernetesResourceBuilder(document).build();
            next.removeFinalizer(finalizer);
            server.resource(next).update();
        }
    }

    /** {@return a document after its status was written} */
    public GenericKubernetesResource updateStatus(GenericKubernetesResource document) {
        return server.resource(document).updateStatus();
    }
}
