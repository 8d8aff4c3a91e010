package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static PoolDocument document(String allocatedIps) {
        Pool pool =
                Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build();
        return PoolDocument.of(pool)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(allocatedIps)));
    }

    @Test
    void holdersBecomeRecordsWithoutInterfaceAndGeneration() {
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
    void whatWasTakenOverIsWrittenAsBefore() {
        String text = "{\"10.6.1.0\":{\"pod\":\"shop/db-0\",\"podUid\":\"8a11\"},"
                + "\"10.6.1.1\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"}}";
        StateSnapshot snapshot =
                Takeover.read(List.of(document(text)), holder -> false).snapshot();
        assertEquals(
                Optional.of(text),
                Takeover.allocatedIps(snapshot.pools().get(0)).toJson());
    }

    @Test
    void everyBadRecordIsToldWithItsPath() {
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
                        "blue-v4.status.allocatedIPs"),
                reading.problems().stream().map(problem -> problem.where()).toList());
        assertEquals(2, reading.snapshot().heldCount());
    }

    /** Nobody else gets the address: not its pod, which has a uid that the record does not know, and not another one. */
    @Test
    void anAddressOfAPodWithoutUidStaysHeld() {
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
    void aPoolWithoutStatusTakesOverNothing() {
        Pool pool = Pool.builder("blue-v4", "10.6.0.0/16").build();
        assertEquals(
                StateSnapshot.empty(),
                Takeover.read(List.of(PoolDocument.of(pool)), holder -> false).snapshot());
    }
}
