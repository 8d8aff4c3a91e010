package io.ipam.examples.operator.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.ipam.annotations.AnnotationKeys;
import io.ipam.documents.AllocatedIps;
import io.ipam.examples.operator.cluster.Documents;
import io.ipam.examples.operator.cluster.Pods;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits a cluster as a person does, in the namespace {@code shop}. Thread safety: safe. */
final class Script implements AutoCloseable {
    /** The annotation that shows the addresses of the first interface. */
    private static final String ASSIGNED = Pods.ASSIGNED + "eth0";

    private static final String SHOP = "shop";

    private final MockCluster server;
    private final KubernetesClient client;

    Script(MockCluster server) {
        this.server = server;
        client = server.client("kubectl");
    }

    void createNodeAndNamespace() {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-a")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SHOP)
                        .endMetadata()
                        .build())
                .create();
    }

    void createPool(String name, String... ips) {
        client.genericKubernetesResources(Documents.POOLS)
                .resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("spiderpool.spidernet.io/v2beta1")
                        .withKind("SpiderIPPool")
                        .withMetadata(new ObjectMetaBuilder().withName(name).build())
                        .addToAdditionalProperties("spec", spec(ips))
                        .build())
                .create();
    }

    private static Map<String, Object> spec(String... ips) {
        return Map.of("ipVersion", 4, "subnet", "10.6.0.0/16", "ips", List.of(ips));
    }

    void setIps(String pool, String... ips) {
        pool(pool)
                .edit(document -> new GenericKubernetesResourceBuilder(document)
                        .addToAdditionalProperties("spec", spec(ips))
                        .build());
    }

    private Resource<GenericKubernetesResource> pool(String name) {
        return client.genericKubernetesResources(Documents.POOLS).withName(name);
    }

    void deletePool(String name) {
        pool(name).delete();
    }

    void createPod(String name, String pool) {
        client.resource(template(name, pool).build()).create();
    }

    private static PodBuilder template(String name, String pool) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(SHOP)
                .withName(name)
                .addToAnnotations(AnnotationKeys.POOLS, "{\"ipv4\": [\"" + pool + "\"]}")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-a")
                .endSpec();
    }

    void createStatefulSet(String name) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withNamespace(SHOP)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .endSpec()
                        .build())
                .create();
    }

    /** Creates the first pod of a StatefulSet, as its controller does. */
    void createStatefulPod(String set, String pool) {
        client.resource(template(set + "-0", pool)
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withName(set)
                        .withUid(set)
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
    }

    void deletePod(String name) {
        client.pods().inNamespace(SHOP).withName(name).delete();
    }

    void deleteStatefulSet(String name) {
        client.apps().statefulSets().inNamespace(SHOP).withName(name).delete();
        deletePod(name + "-0");
    }

    /** {@return the annotation that shows the addresses of a pod} */
    String awaitAddress(String pod) {
        server.await(pod + " shows its address", () -> annotations(pod).containsKey(ASSIGNED));
        return annotations(pod).getOrDefault(ASSIGNED, "");
    }

    private Map<String, String> annotations(String pod) {
        return pod(pod).map(one -> one.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private Optional<Pod> pod(String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(SHOP).withName(name).get());
    }

    void awaitPodGone(String name) {
        server.await(name + " is gone", () -> pod(name).isEmpty());
    }

    void awaitHolders(String pool, int count) {
        server.await("holders of " + pool, () -> holders(pool).size() == count);
    }

    void awaitPoolGone(String name) {
        server.await(name + " is gone", () -> pool(name).get() == null);
    }

    /** {@return the holders that a status notes, as {@code 10.6.1.1 shop/cart-0}} */
    List<String> holders(String pool) {
        String records = pool(pool).get().get("status", "allocatedIPs");
        return records == null
                ? List.of()
                : AllocatedIps.parse(records).holders().stream()
                        .map(holder -> holder.ip() + " " + holder.pod())
                        .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
