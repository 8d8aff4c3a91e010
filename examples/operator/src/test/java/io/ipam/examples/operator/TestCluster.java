package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.annotations.AnnotationKeys;
import io.ipam.documents.AllocatedIps;
import io.ipam.examples.operator.cluster.Documents;
import io.ipam.examples.operator.cluster.Pods;
import io.ipam.examples.operator.demo.MockCluster;
import io.ipam.examples.operator.status.StatusState;
import io.ipam.resolution.PoolFilter;
import io.ipam.store.InMemoryStore;
import io.ipam.store.StateStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster with a node, the namespace {@code shop}, a store, and a witness. */
final class TestCluster implements AutoCloseable {
    static final Duration GRACE = Duration.ofMinutes(1);
    private static final Predicate<Step> NO_FAULT = step -> false;

    final MockCluster server = new MockCluster();
    final KubernetesClient client = server.client("test");
    final Witness witness = new Witness();
    final TestClock clock = new TestClock();
    private final Supplier<StateStore> sessions;
    private int statusLimit = 1 << 20;
    private Consumer<String> onRequest = pod -> {};
    private int starts;
    private Mode mode = Mode.STORE;
    private Supplier<StatusState> states = StatusState::new;

    /** The place of the state. */
    enum Mode {
        STORE,
        STATUS
    }

    TestCluster() {
        this(new InMemoryStore()::session);
    }

    TestCluster(Mode mode) {
        this();
        this.mode = mode;
    }

    /** A cluster whose operators keep their state in statuses, with a planted mistake. */
    static TestCluster ofStatuses(Supplier<StatusState> states) {
        TestCluster cluster = new TestCluster(Mode.STATUS);
        cluster.states = states;
        return cluster;
    }

    TestCluster(Supplier<StateStore> sessions) {
        this.sessions = sessions;
        server.observe(witness);
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-a")
                        .endMetadata()
                        .build())
                .create();
        namespace("shop", Map.of());
    }

    IpamSettings settings() {
        List<PoolFilter> filters =
                new ArrayList<>(IpamSettings.defaults().resolver().filters());
        filters.add((pool, demand) -> {
            onRequest.accept(demand.workload().owner().name());
            return Optional.empty();
        });
        return IpamSettings.defaults()
                .withFilters(filters)
                .withClock(clock)
                .withReconcileGrace(GRACE)
                .withNewsInterval(Duration.ofMillis(20))
                .withStoreTimeout(Duration.ofMinutes(1))
                .withStatusLimitBytes(statusLimit);
    }

    /** Is called with the pod when an operator requests addresses. */
    void onRequest(Consumer<String> action) {
        onRequest = action;
    }

    void statusLimit(int bytes) {
        statusLimit = bytes;
    }

    Mode mode() {
        return mode;
    }

    /** Starts an operator whose sessions with the store are edited. */
    Operator operator(KubernetesClient own, UnaryOperator<StateStore> edit, MeterRegistry registry) {
        OperatorSettings all =
                new OperatorSettings(settings(), 8, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofHours(1));
        State state = mode == Mode.STATUS ? states.get() : new StoreState(() -> edit.apply(sessions.get()));
        return new Operator(own, state, all, registry);
    }

    /** A part of a test while an operator runs. */
    interface Body {
        void run() throws InterruptedException;
    }

    void whileRunning(Body body) throws InterruptedException {
        OperatorProcess process = start();
        try {
            body.run();
        } finally {
            process.close();
        }
    }

    OperatorProcess start() {
        return start(NO_FAULT);
    }

    OperatorProcess start(Predicate<Step> fault) {
        return new OperatorProcess(this, "operator-" + starts++, fault);
    }

    /** A fault at a random point. */
    static Predicate<Step> atRandom(Random random, int oneIn) {
        return step -> random.nextInt(oneIn) == 0;
    }

    /** A fault at the first passing of a point. */
    static Predicate<Step> at(Step point) {
        return point::equals;
    }

    void namespace(String name, Map<String, String> annotations) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .createOr(present -> present.update());
    }

    // Pools.

    static GenericKubernetesResource poolDocument(String name, String subnet, String... ips) {
        return document("SpiderIPPool", name, Map.of("subnet", subnet, "ips", List.of(ips), "ipVersion", 4));
    }

    private static GenericKubernetesResource document(String kind, String name, Map<String, Object> spec) {
        GenericKubernetesResource document = new GenericKubernetesResource();
        document.setApiVersion("spiderpool.spidernet.io/v2beta1");
        document.setKind(kind);
        document.setMetadata(new ObjectMetaBuilder().withName(name).build());
        document.setAdditionalProperty("spec", spec);
        return document;
    }

    void pool(String name, String subnet, String... ips) {
        pools().resource(poolDocument(name, subnet, ips)).create();
    }

    void reserved(String name, String... ips) {
        reserved()
                .resource(document("SpiderReservedIP", name, Map.of("ipVersion", 4, "ips", List.of(ips))))
                .create();
    }

    void deleteReserved(String name) {
        reserved().withName(name).delete();
    }

    /** Whether the deletion of a document will be seen. */
    boolean isMarkedReserved(String name) {
        return reserved().withName(name).get().hasFinalizer("ipam.io/reserved");
    }

    boolean existsReserved(String name) {
        return reserved().withName(name).get() != null;
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            pools() {
        return client.genericKubernetesResources(Documents.POOLS);
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            reserved() {
        return client.genericKubernetesResources(Documents.RESERVED);
    }

    /** Edits the ranges of a pool, as a person does. */
    void ips(String pool, String... ips) {
        pools().withName(pool).edit(document -> {
            GenericKubernetesResource next = Serialization.clone(document);
            Map<String, Object> spec = new HashMap<>(document.<Map<String, Object>>get("spec"));
            spec.put("ips", List.of(ips));
            next.setAdditionalProperty("spec", spec);
            return next;
        });
    }

    void status(String pool, Map<String, Object> status) {
        await("a write of the status without a conflict", () -> {
            GenericKubernetesResource document = document(pool);
            document.setAdditionalProperty("status", status);
            try {
                pools().resource(document).updateStatus();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    GenericKubernetesResource document(String pool) {
        return pools().withName(pool).get();
    }

    void deletePool(String pool) {
        pools().withName(pool).delete();
    }

    /** The addresses that the status of a pool notes. */
    Set<String> noted(String pool) {
        String records = document(pool).get("status", "allocatedIPs");
        return records == null
                ? Set.of()
                : AllocatedIps.parse(records).holders().stream()
                        .map(AllocatedIps.Holder::ip)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    // Pods.

    Pod pod(String name, String... pools) {
        return client.resource(template(name, pools).build()).create();
    }

    /** A pod with an own pool for each interface. */
    Pod podOfInterfaces(String name, String... pools) {
        StringBuilder items = new StringBuilder();
        StringBuilder networks = new StringBuilder();
        for (int i = 0; i < pools.length; i++) {
            String interfaceName = i == 0 ? "eth0" : "net" + i;
            items.append(i == 0 ? "" : ",")
                    .append("{\"interface\":\"" + interfaceName + "\",\"ipv4\":[\"" + pools[i] + "\"]}");
            networks.append(i == 0 ? "" : i == 1 ? "infra/net" : ",infra/net");
        }
        return client.resource(template(name)
                        .editMetadata()
                        .addToAnnotations(AnnotationKeys.INTERFACE_POOLS, "[" + items + "]")
                        .addToAnnotations(AnnotationKeys.NETWORKS, networks.toString())
                        .endMetadata()
                        .build())
                .create();
    }

    PodBuilder template(String name, String... pools) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-a")
                .endSpec();
        if (pools.length > 0) {
            String names = Stream.of(pools).map(pool -> '"' + pool + '"').collect(Collectors.joining(","));
            pod.editMetadata()
                    .addToAnnotations(AnnotationKeys.POOLS, "{\"ipv4\":[" + names + "]}")
                    .endMetadata();
        }
        return pod;
    }

    /** A pod that is created with the annotations of another one. */
    void copyOfPod(String name, String original) {
        Map<String, String> annotations = client.pods()
                .inNamespace("shop")
                .withName(original)
                .get()
                .getMetadata()
                .getAnnotations();
        client.resource(template(name)
                        .editMetadata()
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .create();
    }

    void deleteStatefulSet(String name) {
        client.apps().statefulSets().inNamespace("shop").withName(name).delete();
    }

    void statefulSet(String name, int replicas) {
        client.resource(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build())
                .createOr(present -> present.update());
    }

    Pod statefulPod(String set, int ordinal, String... pools) {
        return client.resource(template(set + "-" + ordinal, pools)
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

    /** A running pod that Spiderpool served, as status and annotations note. */
    void takenOverPod(String name, String pool, Map<String, String> addressOfInterface) {
        PodBuilder template = template(name);
        addressOfInterface.forEach((interfaceName, address) -> template.editMetadata()
                .addToAnnotations(
                        Pods.ASSIGNED + interfaceName,
                        "{\"interface\":\"" + interfaceName + "\",\"ipv4\":\"" + address + "/16\"}")
                .endMetadata());
        if (addressOfInterface.size() > 1) {
            template.editMetadata()
                    .addToAnnotations(AnnotationKeys.NETWORKS, "infra/net")
                    .endMetadata();
        }
        String uid = client.resource(template.build()).create().getMetadata().getUid();
        String records = addressOfInterface.values().stream()
                .map(address -> "\"" + address + "\":{\"pod\":\"shop/" + name + "\",\"podUid\":\"" + uid + "\"}")
                .collect(Collectors.joining(",", "{", "}"));
        status(pool, Map.of("allocatedIPs", records));
    }

    /** Adds a record to a status, as another operator does. */
    void addRecord(String pool, String records, String address, String pod, String uid) {
        String more = (records.length() == 2 ? "\"" : ",\"") + address + "\":{\"pod\":\"" + pod + "\",\"podUid\":\""
                + uid + "\"}}";
        status(pool, Map.of("allocatedIPs", records.substring(0, records.length() - 1) + more));
    }

    boolean isKept(String pod) {
        return client.pods().inNamespace("shop").withName(pod).get().hasFinalizer(Pods.FINALIZER);
    }

    long allocatedCount(String pool) {
        Number count = document(pool).get("status", "allocatedIPCount");
        return count == null ? -1 : count.longValue();
    }

    void deletePod(String name) {
        client.pods().inNamespace("shop").withName(name).delete();
    }

    boolean exists(String name) {
        return client.pods().inNamespace("shop").withName(name).get() != null;
    }

    /** The addresses that a pod shows. */
    Set<String> shown(String name) {
        return texts(witness.shown(name));
    }

    private static Set<String> texts(Set<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    void awaitShown(String... names) {
        for (String name : names) {
            await(name + " shows addresses", () -> !shown(name).isEmpty());
        }
    }

    void await(String expected, BooleanSupplier condition) {
        server.await(expected, condition);
    }

    // Judgement.

    /** The addresses that the state holds, as a restart finds it. */
    Set<String> held() {
        if (mode == Mode.STATUS) {
            return pools().list().getItems().stream()
                    .flatMap(pool -> noted(pool.getMetadata().getName()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        try (Ipam reader = Ipam.open(sessions.get(), settings())) {
            StateSnapshot state = reader.state().export();
            return texts(Stream.concat(
                            state.pools().stream()
                                    .flatMap(pool -> pool.held().stream())
                                    .map(PoolSnapshot.Held::address),
                            state.strays().stream().map(Stray::address))
                    .collect(Collectors.toSet()));
        }
    }

    private Set<String> users() {
        return texts(witness.users().keySet());
    }

    /** Reconciles until everything that has no owner is released. */
    void reconcile(OperatorProcess process) {
        process.operator().reconcile();
        clock.advance(GRACE.multipliedBy(2));
        process.operator().reconcile();
    }

    /**
     * No address was used twice, no pod moved, and the state holds the addresses in use. A visit
     * that a busy machine stops may request the addresses of a deleted pod again, until the
     * deletion is visited.
     */
    void assertSound(OperatorProcess process) {
        reconcile(process);
        try {
            await("the state holds the addresses in use", () -> users().equals(held()));
        } catch (IllegalStateException e) {
            throw new AssertionError("in use are " + users() + ", held are " + held(), e);
        }
        assertEquals(List.of(), witness.violations());
        assertEquals(List.of(), process.operator().ipam().state().verify());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
