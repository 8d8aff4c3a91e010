package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static PoolDocument document(String allocatedIps) {
        Pool pool =
                Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build();
        return PoolDocument.of(pool)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(allocatedIps)));
    }

    @Test
    void read_holders_becomeRecordsWithoutInterfaceAndGeneration() {
        Takeover.Reading reading = Takeover.read(
                List.of(document("{\"10.6.1.1\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"},"
                        + "\"10.6.1.0\":{\"pod\":\"shop/db-0\",\"podUid\":\"8a11\"}}")),
                holder -> holder.pod().startsWith("shop/db-"));
        assertEquals(List.of(), reading.problems());
        assertEquals(
                StateSnapshot.of(List.of(PoolSnapshot.of(
                        "blue-v4",
                        List.of(
                                new PoolSnapshot.Held(
                                        Address.parse("10.6.1.0"), Owner.stateful("shop", "db-0", "8a11"), "", 0),
                                new PoolSnapshot.Held(
                                        Address.parse("10.6.1.1"),
                                        Owner.stateless("shop", "cart-0", "7f3c"),
                                        "",
                                        0))))),
                reading.snapshot());
    }

    @Test
    void allocatedIps_afterTakeover_areUnchanged() {
        String text = "{\"10.6.1.0\":{\"pod\":\"shop/db-0\",\"podUid\":\"8a11\"},"
                + "\"10.6.1.1\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"}}";
        StateSnapshot snapshot =
                Takeover.read(List.of(document(text)), holder -> false).snapshot();
        assertEquals(
                Optional.of(text),
                Takeover.allocatedIps(snapshot, "blue-v4").orElseThrow().toJson());
    }

    @Test
    void read_badRecords_reportsEachPath() {
        Takeover.Reading reading = Takeover.read(
                List.of(
                        document("{\"10.6.1.1\":{\"pod\":\"cart-0\",\"podUid\":\"7f3c\"},\"\":{},"
                                + "\"10.6.1.2\":{\"pod\":\"shop/cart-0\"},\"::ffff:10.6.1.3\":{\"pod\":\"a/b\",\"podUid\":\"u\"},"
                                + "\"10.6.1.4\":7,\"10.6.1.5\":{\"pod\":\"a/b\",\"podUid\":\"u\"}}"),
                        document("not JSON")),
                holder -> false);
        assertEquals(
                List.of(
                        "blue-v4.status.allocatedIPs[\"10.6.1.4\"]",
                        "blue-v4.status.allocatedIPs[\"\"]",
                        "blue-v4.status.allocatedIPs[\"10.6.1.1\"].pod",
                        "blue-v4.status.allocatedIPs[\"10.6.1.2\"].podUid",
                        "blue-v4.status.allocatedIPs[\"::ffff:10.6.1.3\"]",
                        "blue-v4.status.allocatedIPs",
                        "blue-v4.status.allocatedIPs"),
                reading.problems().stream().map(problem -> problem.where()).toList());
        assertEquals(3, reading.snapshot().heldCount());
        assertEquals(
                List.of(
                        Stray.unowned("blue-v4", Address.parse("10.6.1.1"), "{\"pod\":\"cart-0\",\"podUid\":\"7f3c\"}"),
                        Stray.unowned("blue-v4", Address.parse("10.6.1.4"), "7")),
                reading.snapshot().strays());
        assertEquals(Set.of("blue-v4"), reading.snapshot().closedPools());
    }

    @Test
    void read_expectedStatefulOwners_areStatefulByName() {
        StringBuilder json = new StringBuilder("{");
        List<String> pods = List.of("db-0", "db-1", "db-2", "db-01", "db-", "vm", "db-0x");
        pods.forEach(pod -> json.append("\"10.6.1.")
                .append(pods.indexOf(pod))
                .append("\":{\"pod\":\"shop/" + pod + "\",\"podUid\":\"u" + pod + "\"},"));
        json.append("\"10.6.1.9\":{\"pod\":\"other/db-0\",\"podUid\":\"u\"}}");
        Takeover.Reading reading = Takeover.builder()
                .statefulSet("shop", "db", 2)
                .statefulOwner("shop", "vm")
                .read(List.of(document(json.toString())));
        assertEquals(List.of(), reading.problems());
        assertEquals(
                List.of("shop/db-0", "shop/db-1", "shop/vm"),
                reading.snapshot().pools().get(0).held().stream()
                        .map(PoolSnapshot.Held::owner)
                        .filter(Owner::stateful)
                        .map(Owner::qualifiedName)
                        .toList());
        TakeoverBuilder builder = Takeover.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.statefulSet("shop", "db", -1));
    }

    private static List<String> interfaces(Takeover.Reading reading) {
        return reading.snapshot().pools().get(0).held().stream()
                .map(held -> held.address() + " " + held.interfaceName())
                .toList();
    }

    @Test
    void read_interfaces_comeFromTheCallerTheRecordAndTheAnnotationsInThisOrder() {
        String text =
                "{\"10.6.1.0\":{\"pod\":\"shop/a\",\"podUid\":\"1\"},\"10.6.1.1\":{\"pod\":\"shop/a\",\"podUid\":\"1\"},"
                        + "\"10.6.1.2\":{\"pod\":\"shop/a\",\"podUid\":\"1\",\"interface\":\"net7\"},"
                        + "\"10.6.1.3\":{\"pod\":\"shop/a\",\"podUid\":\"1\"},\"10.6.1.4\":{\"pod\":\"shop/b\",\"podUid\":\"2\"}}";
        String status = "[{\"name\":\"n\",\"interface\":\"\",\"default\":true,\"ips\":[\"10.6.1.0\"],\"dns\":{}},"
                + "{\"name\":\"n\",\"interface\":\"net1\",\"ips\":[\"10.6.1.1\",\"10.6.1.2\",\"10.6.1.3\",\"10.6.1.4\"]}]";
        Map<String, String> annotations = Map.of(
                "k8s.v1.cni.cncf.io/network-status",
                status,
                "ipam.spidernet.io/assigned-net2",
                "{\"interface\":\"net2\",\"ipv4pool\":\"blue-v4\",\"ipv4\":\"10.6.1.3/16\",\"ipv6\":\"\",\"vlan\":0}");
        TakeoverBuilder builder = Takeover.builder().podAnnotations("shop/a", annotations);
        Takeover.Reading reading = builder.read(List.of(document(text)));
        assertEquals(List.of(), reading.problems());
        assertEquals(
                List.of("10.6.1.0 eth0", "10.6.1.1 net1", "10.6.1.2 net7", "10.6.1.3 net2", "10.6.1.4 "),
                interfaces(reading));
        Owner machine = Owner.stateful("shop", "vm", "9");
        reading = builder.identities(holder -> holder.ip().endsWith("1")
                                || holder.ip().endsWith("2")
                        ? Optional.of(new Takeover.Identity(machine, holder.ip().endsWith("1") ? "" : "eth9"))
                        : Optional.empty())
                .read(List.of(document(text)));
        assertEquals(
                List.of("10.6.1.0 eth0", "10.6.1.1 net1", "10.6.1.2 eth9", "10.6.1.3 net2", "10.6.1.4 "),
                interfaces(reading));
        assertEquals(machine, reading.snapshot().pools().get(0).held().get(1).owner());
    }

    @Test
    void read_unreadableAnnotations_areReportedWithPodAndKey() {
        Takeover.Reading reading = Takeover.builder()
                .podAnnotations(
                        "shop/a",
                        Map.of(
                                "k8s.v1.cni.cncf.io/network-status",
                                "[{\"interface\":\"net1\",\"ips\":[\"x\"]}]",
                                "ipam.spidernet.io/assigned-net1",
                                "{"))
                .read(List.of());
        assertEquals(
                List.of(
                        "[\"shop/a\"].annotations[\"k8s.v1.cni.cncf.io/network-status\"][0].ips[0]",
                        "[\"shop/a\"].annotations[\"ipam.spidernet.io/assigned-net1\"]"),
                reading.problems().stream().map(Problem::where).toList());
    }

    @Test
    void allocatedIps_strays_areWrittenWithTheirNotes() {
        String text =
                "{\"10.6.1.0\":{},\"10.6.1.1\":{ \"pod\" : 7 },\"10.6.1.2\":{\"pod\":\"shop/a\",\"podUid\":\"1\"},"
                        + "\"10.6.9.9\":{\"namespace\":\"shop\",\"pod\":\"b\",\"uid\":\"2\"}}";
        Takeover.Reading reading = Takeover.read(List.of(document(text)), holder -> false);
        assertEquals(
                Optional.of(text),
                Takeover.allocatedIps(reading.snapshot(), "blue-v4")
                        .orElseThrow()
                        .toJson());
        assertEquals(
                Optional.empty(),
                Takeover.allocatedIps(reading.snapshot(), "green").orElseThrow().toJson());
    }

    @Test
    void allocatedIps_noteThatIsNotJson_keepsTheAddress() {
        Address first = Address.parse("10.6.1.0");
        Address second = Address.parse("10.6.1.1");
        Stray owned = new Stray(second, "p", Optional.of(Owner.stateful("shop", "db-0", "1")), "", 0, "{\"pod\":");
        StateSnapshot state =
                new StateSnapshot(0, List.of(), List.of(Stray.unowned("p", first, "held by hand"), owned), Set.of("q"));
        assertEquals(
                Optional.of("{\"10.6.1.0\":{},\"10.6.1.1\":{\"pod\":\"shop/db-0\",\"podUid\":\"1\"}}"),
                Takeover.allocatedIps(state, "p").orElseThrow().toJson());
        assertEquals(Optional.empty(), Takeover.allocatedIps(state, "q"));
        assertEquals(state, StateText.parse(StateText.format(state)));
    }

    /**
     * No other owner gets the address: neither its pod, which has a uid that the record lacks, nor
     * another pod.
     */
    @Test
    void read_recordWithoutUid_staysHeld() {
        PoolDocument document = document(
                "{\"10.6.1.0\":{\"pod\":\"shop/cart-0\"},\"10.6.1.1\":{\"pod\":\"shop/db-0\",\"podUid\":\"u\"}}");
        Takeover.Reading reading = Takeover.read(List.of(document), holder -> false);
        Owner named = Owner.stateful("shop", "cart-0", "");
        assertEquals(
                List.of(new PoolSnapshot.Held(Address.parse("10.6.1.0"), named, "", 0)),
                reading.snapshot().pools().get(0).held().subList(0, 1));
        Instant[] now = {Instant.EPOCH};
        Ipam ipam = Ipam.of(
                PoolCatalog.of(document.pool()),
                IpamSettings.defaults().withReconcileGrace(Duration.ZERO).withClock(() -> now[0]));
        ipam.state().restore(reading.snapshot(), RestoreMode.REFUSE);
        Owner live = Owner.stateless("shop", "cart-0", "7f3c");
        PoolSelections blue =
                PoolSelections.none().withPod(PoolNames.of(Family.ofNumber(4).orElseThrow(), "blue-v4"));
        assertEquals(
                Address.parse("10.6.1.2"),
                ipam.allocate(Workload.of(live), blue).orElseThrow().get(0).address());
        for (int i = 0; i < 3; i++) {
            now[0] = now[0].plusSeconds(1);
            ReconcileReport report = ipam.reconcile(ipam.observe(), List.of(live), ReconcileMode.FREE);
            assertTrue(report.released().stream()
                    .noneMatch(orphan -> orphan.owner().equals(named)));
        }
        now[0] = now[0].plusSeconds(1);
        ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.REPORT);
        now[0] = now[0].plusSeconds(1);
        ReconcileReport report = ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.FREE);
        assertTrue(report.released().stream().anyMatch(orphan -> orphan.owner().equals(named)));
    }

    @Test
    void read_poolWithoutStatus_returnsNothing() {
        Pool pool = Pool.builder("blue-v4", "10.6.0.0/16").build();
        assertEquals(
                StateSnapshot.empty(),
                Takeover.read(List.of(PoolDocument.of(pool)), holder -> false).snapshot());
    }
}
