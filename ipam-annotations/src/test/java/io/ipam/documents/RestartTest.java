package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.Stray;
import io.ipam.annotations.AnnotationKeys;
import io.ipam.annotations.AnnotationReader;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.PoolSelections.GivenAddress;
import io.ipam.resolution.Workload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A controller restarts from the status of its pools, which another program edited in the meantime.
 * docs/durability.md describes the windows.
 */
class RestartTest {
    private static final Pool WHOLE = pool("blue", "10.6.1.0-10.6.1.9");
    private static final Pool SHRUNK = pool("blue", "10.6.1.2-10.6.1.9");
    private static final Pool GREEN = pool("green", "10.6.1.1");
    private static final Owner FIRST = Owner.stateless("shop", "p1", "u1");

    /** {@code status.allocatedIPs} by pool, which survives a restart. */
    private final Map<String, String> status = new HashMap<>();

    private TakeoverBuilder takeover = Takeover.builder();
    private Ipam ipam = Ipam.of(PoolCatalog.of(WHOLE));

    private static Pool pool(String name, String ips) {
        return Pool.builder(name, "10.6.0.0/16").ips(ips).build();
    }

    private RestoreReport restart(Pool... pools) {
        ipam = Ipam.of(PoolCatalog.of(pools));
        List<PoolDocument> documents = Arrays.stream(pools)
                .map(pool -> PoolDocument.of(pool)
                        .withStatus(new PoolStatus(
                                Optional.empty(), Optional.empty(), Optional.ofNullable(status.get(pool.name())))))
                .toList();
        RestoreReport report = ipam.state().restore(takeover.read(documents).snapshot(), RestoreMode.HOLD);
        assertEquals(List.of(), ipam.state().verify());
        return report;
    }

    private void writeBack() {
        for (Pool pool : ipam.catalog().pools()) {
            Takeover.allocatedIps(ipam.state().export(), pool.name())
                    .ifPresent(
                            records -> status.put(pool.name(), records.toJson().orElse("{}")));
        }
    }

    private static PoolSelections from(String pool) {
        return PoolSelections.none().withPod(PoolNames.of(Family.IPV4, pool));
    }

    private static PoolSelections fromNamespace(String pool) {
        return AnnotationReader.strict()
                .read(Map.of(), Map.of(AnnotationKeys.DEFAULT_IPV4_POOLS, "[\"" + pool + "\"]"), Map.of());
    }

    private String ask(Owner owner, PoolSelections selections) {
        AllocationResult result = ipam.allocate(Workload.of(owner), selections);
        if (result instanceof AllocationResult.Refused refused) {
            return refused.explain();
        }
        return String.join(
                ", ",
                result.orElseThrow().stream()
                        .map(allocation -> allocation.interfaceName() + " " + allocation.address())
                        .toList());
    }

    private String newcomer(String pool) {
        return ask(Owner.stateless("shop", "newcomer", "new"), from(pool));
    }

    private void noted(String json) {
        status.put("p", json);
    }

    private static Pool p() {
        return Pool.builder("p", "10.1.0.0/24").ips("10.1.0.10-10.1.0.13").build();
    }

    /** A record without an owner. */
    @Test
    void takeover_recordWithoutOwner_keepsItsAddress() {
        for (String record : List.of(
                "{}",
                "7",
                "null",
                "{\"pod\":7}",
                "{\"pod\":\"cart\"}",
                "{\"pod\":\"<\",\"podUid\":\"\"}",
                "{\"pod\":\"\\u003c\",\"podUid\":\"\"}",
                "{\"x\":[1, 2]}")) {
            noted("{\"10.1.0.10\":" + record + "}");
            RestoreReport report = restart(p());
            assertEquals(List.of(Stray.unowned("p", Address.parse("10.1.0.10"), record)), report.strays(), record);
            assertEquals("eth0 10.1.0.11", newcomer("p"));
            writeBack();
            String newcomer = "\"10.1.0.11\":{\"pod\":\"shop/newcomer\",\"podUid\":\"new\"}";
            assertEquals("{\"10.1.0.10\":" + record + "," + newcomer + "}", status.get("p"));
            assertTrue(ipam.state().releaseStray(Address.parse("10.1.0.10")));
            assertEquals("eth0 10.1.0.10", ask(FIRST, from("p")));
            writeBack();
            assertEquals("{\"10.1.0.10\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"}," + newcomer + "}", status.get("p"));
        }
    }

    /** A record of an older Spiderpool. */
    @Test
    void takeover_recordOfOlderRelease_isHeldByItsPodOnItsInterface() {
        noted("{\"10.1.0.10\":{\"interface\":\"eth0\",\"namespace\":\"shop\",\"pod\":\"cart-x7q2p\",\"uid\":\"u-1\"}}");
        restart(p());
        assertEquals(List.of(), ipam.state().strays());
        assertEquals("eth0 10.1.0.11", newcomer("p"));
        writeBack();
        assertTrue(status.get("p").startsWith("{\"10.1.0.10\":{\"pod\":\"shop/cart-x7q2p\",\"podUid\":\"u-1\"},"));
        assertEquals("eth0 10.1.0.10", ask(Owner.stateless("shop", "cart-x7q2p", "u-1"), from("p")));
    }

    /** The interfaces come from the records, not from the order of the addresses. */
    @Test
    void takeover_recordsWithInterfaces_keepTheInterfaces() {
        status.put(
                "blue",
                "{\"10.6.1.3\":{\"interface\":\"net1\",\"pod\":\"shop/p1\",\"podUid\":\"u1\"},"
                        + "\"10.6.1.4\":{\"interface\":\"eth0\",\"pod\":\"shop/p1\",\"podUid\":\"u1\"}}");
        restart(WHOLE);
        assertEquals("eth0 10.6.1.4, net1 10.6.1.3", ask(FIRST, onTwoInterfaces()));
    }

    @Test
    void takeover_textCutOff_closesThePoolUntilItIsOpened() {
        String text = "{\"10.1.0.10\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"},\"10.1.0.11\":{\"pod\":\"sh";
        noted(text);
        restart(p());
        assertFalse(ipam.allocate(Workload.of(Owner.stateless("shop", "newcomer", "new")), from("p"))
                .isAllocated());
        assertEquals("eth0 10.1.0.10", ask(FIRST, from("p")));
        writeBack();
        assertEquals(text, status.get("p"));
        assertTrue(ipam.state().openPool("p"));
        assertEquals("eth0 10.1.0.11", newcomer("p"));
    }

    private void firstHoldsTheSecondAddress() {
        status.put("blue", "{\"10.6.1.1\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"}}");
    }

    /** Window W6. */
    @Test
    void restart_addressMovedToAnotherPool_hasOneHolder() {
        firstHoldsTheSecondAddress();
        restart(SHRUNK, GREEN);
        assertTrue(newcomer("green").contains("no free address"), newcomer("green"));
        writeBack();
        assertEquals("{\"10.6.1.1\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"}}", status.get("blue"));
        assertEquals("{}", status.get("green"));
    }

    /** Window W7. */
    @Test
    void restart_editRevertedAfterWriteBack_keepsTheHolder() {
        firstHoldsTheSecondAddress();
        restart(SHRUNK);
        writeBack();
        restart(WHOLE);
        PoolSelections given = from("blue").withGiven(List.of(new GivenAddress("eth0", Address.parse("10.6.1.1"))));
        String refusal = ask(Owner.stateless("shop", "p3", "u3"), given);
        assertTrue(refusal.contains("shop/p1"), refusal);
        assertEquals("eth0 10.6.1.1", ask(FIRST, from("blue")));
    }

    private static PoolSelections onTwoInterfaces() {
        String item = ",\"ipv4\":[\"blue\"]}";
        return AnnotationReader.strict()
                .read(
                        Map.of(
                                AnnotationKeys.INTERFACE_POOLS,
                                "[{\"interface\":\"eth0\"" + item + ",{\"interface\":\"net1\"" + item + "]",
                                AnnotationKeys.NETWORKS,
                                "shop/macvlan"),
                        Map.of(),
                        Map.of());
    }

    /** Window W8. */
    @Test
    void restart_podAnnotations_keepTheInterfaces() {
        String records =
                "{\"10.6.1.3\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"},\"10.6.1.4\":{\"pod\":\"shop/p1\",\"podUid\":\"u1\"}}";
        status.put("blue", records);
        for (String[] interfaces : new String[][] {{"eth0", "net1"}, {"net1", "eth0"}}) {
            String networks = "[{\"name\":\"shop/macvlan\",\"interface\":\"" + interfaces[0]
                    + "\",\"ips\":[\"10.6.1.3\"]}," + "{\"name\":\"shop/macvlan\",\"interface\":\"" + interfaces[1]
                    + "\",\"ips\":[\"10.6.1.4\"]}]";
            takeover =
                    Takeover.builder().podAnnotations("shop/p1", Map.of("k8s.v1.cni.cncf.io/network-status", networks));
            restart(WHOLE);
            boolean isPlain = interfaces[0].equals("eth0");
            assertEquals(
                    isPlain ? "eth0 10.6.1.3, net1 10.6.1.4" : "eth0 10.6.1.4, net1 10.6.1.3",
                    ask(FIRST, onTwoInterfaces()));
        }
    }

    /** Window W9. */
    @Test
    void restart_namespaceDefaultChanged_keepsTheAddressOfARunningPod() {
        firstHoldsTheSecondAddress();
        takeover = Takeover.builder()
                .podAnnotations("shop/p1", Map.of("ipam.spidernet.io/assigned-eth0", "{\"ipv4\":\"10.6.1.1/16\"}"));
        restart(WHOLE, pool("red", "10.6.2.0-10.6.2.9"));
        assertEquals("eth0 10.6.1.1", ask(FIRST, fromNamespace("red")));
        assertEquals(0, ipam.usage("red").orElseThrow().held());
    }

    /** Window W10. */
    @Test
    void restart_statefulPodIsBeingRecreated_keepsItsAddress() {
        status.put("blue", "{\"10.6.1.1\":{\"pod\":\"shop/db-0\",\"podUid\":\"u1\"}}");
        takeover = Takeover.builder().statefulSet("shop", "db", 2);
        restart(WHOLE);
        Allocation again = ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", "u2")), from("blue"))
                .orElseThrow()
                .get(0);
        assertEquals("10.6.1.1", again.address().toString());
    }
}
