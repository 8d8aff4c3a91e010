package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pods and their owners as a cluster prints them: each pod once, and none for pods that need no
 * address.
 */
class ClusterDumpTest {
    private static final String POOL = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderIPPool
            metadata: {name: p}
            spec: {subnet: 10.1.0.0/24, ips: [10.1.0.10-10.1.0.99], default: true}
            status: {allocatedIPs: '%s'}
            ---
            """;

    private static String pool() {
        return POOL.formatted("{}");
    }

    private static String pod(String name, String more) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop, uid: u-%s%s}}\n---\n"
                .formatted(name, name, more);
    }

    private static String owned(String name, String kind, String apiVersion, String owner, String labels) {
        return pod(
                name,
                ", labels: {%s}, ownerReferences: [{apiVersion: %s, kind: %s, name: %s, uid: o-%s, controller: true}]"
                        .formatted(labels, apiVersion, kind, owner, owner));
    }

    private static Set<String> pods(String text) {
        Outcome outcome = Outcome.of(text);
        int served = outcome.addresses().size();
        assertTrue(outcome.out().contains(served + " of " + served + " pods have addresses."), outcome::toString);
        return Set.copyOf(outcome.addresses().keySet());
    }

    private static String deployment(String name, int replicas, String selector) {
        return """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: %s, namespace: shop, uid: d-%s},
                 spec: {replicas: %d, selector: {%s}, template: {metadata: {labels: {app: %s}}}}}
                ---
                """.formatted(name, name, replicas, selector, name);
    }

    private static String replicaSet(String name, int replicas, String deployment) {
        return """
                {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: %s, namespace: shop, uid: o-%s,
                 ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: %s, controller: true}]},
                 spec: {replicas: %d, template: {metadata: {labels: {app: x}}}}}
                ---
                """.formatted(name, name, deployment, replicas);
    }

    private static final String SELECTOR = "matchLabels: {app: cart}";

    private static String podOfCart(String name) {
        return owned(name, "ReplicaSet", "apps/v1", "cart-5d9c7b", "app: cart, pod-template-hash: 5d9c7b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            matchLabels: {app: cart}
            matchExpressions: [{key: app, operator: In, values: [cart, till]}]
            matchLabels: {app: cart}, matchExpressions: [{key: tier, operator: DoesNotExist}]
            ''
            """)
    void podsOfADeployment_withoutTheirReplicaSet_areCountedOnce(String selector) {
        String text =
                pool() + deployment("cart", 2, selector) + podOfCart("cart-5d9c7b-a") + podOfCart("cart-5d9c7b-b");
        assertEquals(Set.of("shop/cart-5d9c7b-a", "shop/cart-5d9c7b-b"), pods(text));
    }

    @Test
    void podsOfADeployment_withItsReplicaSets_areCountedOnce() {
        String text = pool()
                + replicaSet("cart-old", 0, "cart")
                + replicaSet("cart-5d9c7b", 2, "cart")
                + podOfCart("cart-5d9c7b-a")
                + podOfCart("cart-5d9c7b-b")
                + deployment("cart", 2, SELECTOR);
        assertEquals(Set.of("shop/cart-5d9c7b-a", "shop/cart-5d9c7b-b"), pods(text));
        String alone =
                pool() + replicaSet("cart-5d9c7b", 2, "cart") + podOfCart("cart-5d9c7b-a") + podOfCart("cart-5d9c7b-b");
        assertEquals(Set.of("shop/cart-5d9c7b-a", "shop/cart-5d9c7b-b"), pods(alone));
        String none = pool() + replicaSet("cart-5d9c7b", 2, "cart") + deployment("cart", 2, SELECTOR);
        assertEquals(Set.of("shop/cart-0", "shop/cart-1"), pods(none));
    }

    @Test
    void podsOfADeployment_fewerThanReplicas_areCompleted() {
        String text =
                pool() + deployment("cart", 3, SELECTOR) + podOfCart("cart-5d9c7b-a") + podOfCart("cart-5d9c7b-b");
        assertEquals(Set.of("shop/cart-5d9c7b-a", "shop/cart-5d9c7b-b", "shop/cart-2"), pods(text));
    }

    @Test
    void podsOfADeployment_nameWithCommonPrefix_belongToTheirDeployment() {
        String text = pool()
                + deployment("cart", 1, "matchLabels: {team: shop}")
                + deployment("cart-api", 1, "matchLabels: {team: shop}")
                + owned(
                        "cart-api-77-a",
                        "ReplicaSet",
                        "apps/v1",
                        "cart-api-77",
                        "team: shop, pod-template-hash: \"77\"");
        assertEquals(Set.of("shop/cart-0", "shop/cart-api-77-a"), pods(text));
    }

    @Test
    void podsOfADeployment_inAnotherNamespace_areIgnored() {
        String text = pool()
                + deployment("cart", 1, SELECTOR).replace("namespace: shop", "namespace: bank")
                + podOfCart("cart-5d9c7b-a");
        assertEquals(Set.of("bank/cart-0", "shop/cart-5d9c7b-a"), pods(text));
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1, StatefulSet, web-0, shop/web-1",
        "apps.kruise.io/v1beta1, StatefulSet, web-0, shop/web-1",
        "apps/v1, ReplicaSet, web-x, shop/web-1",
        "v1, ReplicationController, web-x, shop/web-1",
        "apps.kruise.io/v1alpha1, CloneSet, web-x, shop/web-1",
        "apps/v1, DaemonSet, web-x, ''",
    })
    void podsOfAnOwner_amongTheManifests_countAsReplicas(String version, String kind, String name, String more) {
        String maker = "{apiVersion: %s, kind: %s, metadata: {name: web, namespace: shop}, spec: {replicas: 2}}\n---\n"
                .formatted(version, kind);
        boolean onNodes = kind.equals("DaemonSet");
        assertEquals(onNodes ? Set.of("shop/web-0") : Set.of("shop/web-0", "shop/web-1"), pods(pool() + maker));
        String owned = owned(name, kind, version, "web", "");
        Set<String> expected = more.isEmpty() ? Set.of("shop/" + name) : Set.of("shop/" + name, more);
        assertEquals(expected, pods(pool() + maker + owned));
        assertEquals(expected, pods(pool() + owned + maker));
    }

    private static final String CRON = """
            {apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: shop},
             spec: {schedule: x, jobTemplate: {spec: {parallelism: 2, template: {metadata: {labels: {app: n}}}}}}}
            ---
            """;
    private static final String JOB = """
            {apiVersion: batch/v1, kind: Job, metadata: {name: nightly-29, namespace: shop,
             ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, controller: true}]},
             spec: {parallelism: 3, completions: 2}%s}
            ---
            """;

    @Test
    void podsOfJobs_severalRuns_onlyOneRunCounts() {
        assertEquals(Set.of("shop/nightly-0", "shop/nightly-1"), pods(pool() + CRON));
        String job = JOB.formatted("");
        assertEquals(Set.of("shop/nightly-29-0", "shop/nightly-29-1"), pods(pool() + job));
        assertEquals(Set.of("shop/nightly-29-0", "shop/nightly-29-1"), pods(pool() + CRON + job));
        String pod = owned("nightly-29-a", "Job", "batch/v1", "nightly-29", "");
        assertEquals(Set.of("shop/nightly-29-a", "shop/nightly-29-1"), pods(pool() + CRON + job + pod));
        assertEquals(Set.of("shop/nightly-29-a"), pods(pool() + CRON + pod));
    }

    @Test
    void jobs_finishedOrSuspended_haveNoPodsAndAreNamed() {
        String complete = JOB.formatted(", status: {conditions: [{type: Complete, status: \"True\"}]}");
        String suspended =
                CRON.replace("schedule: x", "schedule: x, suspend: true").replace("nightly", "weekly");
        Outcome outcome = Outcome.of(pool() + CRON + complete + suspended);
        assertEquals(Map.of(), outcome.addresses());
        assertEquals(
                List.of("no address: Job shop/nightly-29 (finished)", "no address: CronJob shop/weekly (suspended)"),
                outcome.lines("no address: "));
    }

    private static final String MACHINE = """
            {apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: {name: vm1, namespace: shop},
             spec: {%s, template: {metadata: {annotations: {ipam.spidernet.io/ippool: '{"ipv4":["p"]}'}}}}}
            ---
            """;
    private static final String INSTANCE = """
            {apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance, metadata: {name: vm1, namespace: shop,
             ownerReferences: [{apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: vm1}]}}
            ---
            """;

    @Test
    void virtualMachine_andItsInstanceAndPod_areOneOwner() {
        String machine = MACHINE.formatted("running: true");
        String pod = owned("virt-launcher-vm1-x", "VirtualMachineInstance", "kubevirt.io/v1", "vm1", "");
        for (String text :
                List.of(machine, INSTANCE, pod, machine + INSTANCE, machine + pod, machine + INSTANCE + pod)) {
            assertEquals(Set.of("shop/vm1"), pods(pool() + text), text);
        }
        Outcome halted = Outcome.of(pool() + MACHINE.formatted("runStrategy: Halted"));
        assertEquals(List.of("no address: VirtualMachine shop/vm1 (not running)"), halted.lines("no address: "));
    }

    @Test
    void virtualMachine_recordOfItsPod_isHeldByTheMachine() {
        String held = POOL.formatted(
                "{\"10.1.0.50\":{\"pod\":\"shop/virt-launcher-vm1-x\",\"podUid\":\"u-virt-launcher-vm1-x\"}}");
        String pod = owned("virt-launcher-vm1-x", "VirtualMachineInstance", "kubevirt.io/v1", "vm1", "");
        assertEquals(Map.of("shop/vm1", "10.1.0.50"), Outcome.of(held + pod).addresses());
    }

    @Test
    void statefulSet_recordOfAnEarlierPod_isKept() {
        String held = POOL.formatted("{\"10.1.0.50\":{\"pod\":\"shop/db-1\",\"podUid\":\"gone\"}}");
        String set = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop},"
                + " spec: {replicas: 2, ordinals: {start: 1}}}";
        assertEquals(
                Map.of("shop/db-1", "10.1.0.50", "shop/db-2", "10.1.0.10"),
                Outcome.of(held + set).addresses());
    }

    private static String phase(String pod, String phase) {
        return pod.replace("}}\n---", "}, status: {phase: " + phase + "}}\n---");
    }

    @ParameterizedTest
    @CsvSource({"Succeeded", "Failed"})
    void finishedPod_notedInTheStatus_holdsNothing(String phase) {
        String held = POOL.formatted("{\"10.1.0.10\":{\"pod\":\"shop/a\",\"podUid\":\"u-a\"},"
                + "\"10.1.0.11\":{\"pod\":\"shop/b\",\"podUid\":\"another\"}}");
        Outcome outcome = Outcome.of(
                held + phase(pod("a", ""), phase) + phase(pod("b", ""), phase) + phase(pod("c", ""), "Running"));
        assertEquals(Map.of("shop/c", "10.1.0.10"), outcome.addresses());
        assertEquals(List.of("released: 10.1.0.10 of p (Pod shop/a is " + phase + ")"), outcome.lines("released: "));
        assertEquals(
                List.of("no address: Pod shop/a (" + phase + ")", "no address: Pod shop/b (" + phase + ")"),
                outcome.lines("no address: "));
    }

    @Test
    void podWithoutUid_recordOfItsName_isHeld() {
        String held = POOL.formatted("{\"10.1.0.50\":{\"pod\":\"shop/a\",\"podUid\":\"1\"},"
                + "\"10.1.0.10\":{\"pod\":\"shop/b\",\"podUid\":\"2\"}}");
        String text = held + pod("a", "") + phase(pod("b", ""), "Failed") + pod("c", "");
        Outcome outcome = Outcome.of(text.replaceAll(", uid: u-[abc]", ""));
        assertEquals(Map.of("shop/a", "10.1.0.50", "shop/c", "10.1.0.10"), outcome.addresses());
        assertEquals(List.of("released: 10.1.0.10 of p (Pod shop/b is Failed)"), outcome.lines("released: "));
    }

    @Test
    void finishedPod_ofAStatefulSet_keepsItsRecord() {
        String held = POOL.formatted("{\"10.1.0.10\":{\"pod\":\"shop/db-0\",\"podUid\":\"u-db-0\"}}");
        String pod = phase(owned("db-0", "StatefulSet", "apps/v1", "db", ""), "Failed");
        Outcome outcome = Outcome.of(held + pod + pod("app", ""));
        assertEquals(Map.of("shop/app", "10.1.0.11"), outcome.addresses());
        assertEquals(List.of(), outcome.lines("released: "));
    }

    @Test
    void hostNetwork_ofPodsAndTemplates_takesNoAddress() {
        String template = """
                {apiVersion: apps/v1, kind: %s, metadata: {name: %s, namespace: shop},
                 spec: {replicas: 2, template: {spec: {hostNetwork: true}}}}
                ---
                """;
        Outcome outcome = Outcome.of(pool()
                + template.formatted("Deployment", "proxy")
                + template.formatted("DaemonSet", "agent")
                + owned("agent-x", "DaemonSet", "apps/v1", "agent", "")
                        .replace("}}\n---", "}, spec: {hostNetwork: true}}\n---")
                + pod("app", ""));
        assertEquals(Map.of("shop/app", "10.1.0.10"), outcome.addresses());
        assertEquals(
                List.of(
                        "no address: Deployment shop/proxy (host network)",
                        "no address: Pod shop/agent-x (host network)"),
                outcome.lines("no address: "));
    }

    @Test
    void idlePods_many_areBounded() {
        StringBuilder text = new StringBuilder(pool());
        for (int i = 0; i < 40; i++) {
            text.append(phase(pod("p" + i, ""), "Succeeded"));
        }
        List<String> lines = Outcome.of(text.toString()).lines("no address: ");
        assertEquals(11, lines.size());
        assertEquals("no address: and 30 more", lines.get(10));
    }

    @Test
    void daemonSet_matchingNodes_hasAPodOnEach() {
        String nodes = """
                {apiVersion: v1, kind: Node, metadata: {name: n1, labels: {disk: ssd}}}
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n2}}
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n3, labels: {disk: ssd}}}
                ---
                """;
        Outcome outcome = Outcome.of(pool() + nodes
                + "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, namespace: shop},"
                + " spec: {template: {spec: {nodeSelector: {disk: ssd}}}}}");
        assertEquals(List.of("shop/a-0 on n1", "shop/a-1 on n3"), outcome.lines("shop/"));
    }

    @Test
    void kindsOfOtherGroups_amongTheManifests_areNamedAsNotRead() {
        Outcome outcome = Outcome.of(pool()
                + "{apiVersion: batch.volcano.sh/v1alpha1, kind: Job, metadata: {name: a}, spec: {}}\n---\n"
                + "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: a}}\n---\n"
                + "{apiVersion: v1, kind: Service, metadata: {name: a}}");
        assertEquals(
                List.of("not read: Job.batch.volcano.sh 1", "not read: Rollout 1", "not read: Service 1"),
                outcome.lines("not read: "));
    }

    @Test
    void lists_ofEveryForm_areRead() {
        String pods = "items: [{metadata: {name: a, namespace: shop}}, {metadata: {name: b, namespace: shop}}]";
        String nested =
                "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind:"
                        + " Pod, metadata: {name: c, namespace: shop}}]}]}";
        assertEquals(
                Set.of("shop/a", "shop/b", "shop/c"),
                pods(pool() + "{apiVersion: v1, kind: PodList, " + pods + "}\n---\n" + nested
                        + "\n---\n{apiVersion: v1, kind: List}\n---\n{apiVersion: v1, kind: List, items: []}\n---\n"));
    }

    private static final String SUBNET = """
            apiVersion: spiderpool.spidernet.io/v2beta1
            kind: SpiderSubnet
            metadata: {name: s}
            spec: {subnet: 10.2.0.0/24, ips: [10.2.0.1-10.2.0.90]}
            ---
            """;

    @Test
    void podsOfAnOwner_thatNameASubnet_shareThePoolOfTheApplication() {
        String wish = ", annotations: {ipam.spidernet.io/subnet: '{\"ipv4\":[\"s\"]}'}}}\n---";
        String text = SUBNET
                + deployment("cart", 2, SELECTOR)
                + podOfCart("cart-5d9c7b-a").replace("}}\n---", wish)
                + podOfCart("cart-5d9c7b-b").replace("}}\n---", wish)
                + owned("nightly-a", "Job", "batch/v1", "nightly", "").replace("}}\n---", wish)
                + pod("alone", "").replace("}}\n---", wish);
        Outcome outcome = Outcome.of(text);
        assertEquals(
                List.of("Deployment shop/cart", "Job shop/nightly", "Pod shop/alone"),
                outcome.out()
                        .lines()
                        .filter(line -> line.matches("(Deployment|Job|Pod) .*"))
                        .toList());
        assertEquals(4, outcome.addresses().size(), outcome::toString);
    }
}
