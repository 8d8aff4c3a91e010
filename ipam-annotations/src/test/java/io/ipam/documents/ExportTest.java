package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The state of an engine is transferred to another engine as text, and so is the status of a
 * cluster.
 */
class ExportTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(
            Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build(),
            Pool.builder("blue-v6", "2001:db8::/64")
                    .ips("2001:db8::1-2001:db8::ffff")
                    .build());
    private static final PoolSelections BOTH = PoolSelections.none()
            .withPod(new PoolNames(Map.of(Family.IPV4, List.of("blue-v4"), Family.IPV6, List.of("blue-v6"))));

    private static Ipam engine() {
        return Ipam.of(CATALOG, IpamSettings.defaults().withCoolDown(Duration.ofHours(1)));
    }

    private static Workload pod(int number) {
        return Workload.of(
                number % 2 == 0
                        ? Owner.stateless("shop", "cart-" + number, "uid-" + number)
                        : Owner.stateful("shop", "db-" + number, "uid-" + number));
    }

    @Property(tries = 50)
    void export_restoredInAnotherEngine_holdsTheSame(@ForAll @Size(max = 40) List<@IntRange(max = 12) Integer> pods) {
        Ipam one = engine();
        for (int i = 0; i < pods.size(); i++) {
            if (i % 3 == 2) {
                one.release(pod(pods.get(i)).owner());
            } else {
                one.allocate(pod(pods.get(i)), BOTH);
            }
        }
        String text = StateText.format(one.state().export());
        Ipam other = engine();
        RestoreReport report = other.state().restore(StateText.parse(text), RestoreMode.REFUSE);
        assertEquals(List.of(), report.problems());
        assertEquals(one.state().export().pools(), other.state().export().pools());
        assertEquals(one.usage(), other.usage());
        assertEquals(List.of(), other.state().verify());
    }

    @Test
    void takeover_runningCluster_holdsItsAddresses() {
        PoolDocument document = PoolDocument.of(CATALOG.pool("blue-v4").orElseThrow())
                .withStatus(new PoolStatus(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("{\"10.6.1.0\":{\"pod\":\"shop/cart-0\",\"podUid\":\"uid-0\"},"
                                + "\"10.6.1.4\":{\"pod\":\"shop/cart-2\",\"podUid\":\"uid-2\"},"
                                + "\"10.6.9.9\":{\"pod\":\"shop/cart-4\",\"podUid\":\"uid-4\"}}")));
        Takeover.Reading reading = Takeover.read(List.of(document), holder -> false);
        Ipam ipam = engine();
        RestoreReport report = ipam.state().restore(reading.snapshot(), RestoreMode.HOLD);
        assertEquals(2, report.held());
        assertEquals(1, reading.problems().size());
        assertEquals(1, report.strays().size());

        AllocationResult adopted = ipam.allocate(pod(2), BOTH);
        assertEquals("10.6.1.4", adopted.orElseThrow().get(0).address().toString());
        AllocationResult fresh = ipam.allocate(pod(6), BOTH);
        assertEquals("10.6.1.1", fresh.orElseThrow().get(0).address().toString());

        AllocatedIps blue =
                Takeover.allocatedIps(ipam.state().export(), "blue-v4").orElseThrow();
        assertEquals(
                Optional.of("{\"10.6.1.0\":{\"pod\":\"shop/cart-0\",\"podUid\":\"uid-0\"},"
                        + "\"10.6.1.1\":{\"pod\":\"shop/cart-6\",\"podUid\":\"uid-6\"},"
                        + "\"10.6.1.4\":{\"pod\":\"shop/cart-2\",\"podUid\":\"uid-2\"},"
                        + "\"10.6.9.9\":{\"pod\":\"shop/cart-4\",\"podUid\":\"uid-4\"}}"),
                blue.toJson());
        PoolStatus status = PoolStatus.of(ipam.usage("blue-v4").orElseThrow(), blue);
        assertEquals(3, status.allocatedIpCount().orElseThrow().intValueExact());
        assertEquals(10, status.totalIpCount().orElseThrow().intValueExact());
    }

    @Test
    void restore_stateText_keepsStraysAndClosedPools() {
        Pool shrunk =
                Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.3-10.6.1.9").build();
        StateSnapshot snapshot = new StateSnapshot(
                7,
                List.of(PoolSnapshot.of(
                        "blue-v4",
                        List.of(new PoolSnapshot.Held(Address.parse("10.6.1.1"), pod(0).owner(), "net1", 5)))),
                List.of(
                        Stray.unowned("blue-v4", Address.parse("10.6.1.2"), "{\"pod\":7}"),
                        Stray.unowned("gone", Address.parse("10.6.1.4"), "7")),
                Set.of("blue-v6"));
        Ipam one = Ipam.of(PoolCatalog.of(shrunk, CATALOG.pool("blue-v6").orElseThrow()));
        one.state().restore(snapshot, RestoreMode.HOLD);
        StateSnapshot export = one.state().export();
        assertEquals(3, export.strays().size());
        assertEquals("net1", export.strays().get(0).interfaceName());
        assertEquals(5, export.strays().get(0).generation());
        Ipam other = Ipam.of(one.catalog());
        other.state().restore(StateText.parse(StateText.format(export)), RestoreMode.REFUSE);
        StateSnapshot again = other.state().export();
        assertEquals(export.strays(), again.strays());
        assertEquals(Set.of("blue-v6"), again.closedPools());
        assertEquals(one.usage(), other.usage());
        assertEquals(List.of(), other.state().verify());
    }

    @Test
    void export_coolingAndGenerations_areRestored() {
        Ipam one = engine();
        Allocation held = one.allocate(pod(0), BOTH).orElseThrow().get(0);
        one.allocate(pod(2), BOTH);
        one.release(pod(2).owner());
        Ipam other = engine();
        other.state().restore(StateText.parse(StateText.format(one.state().export())), RestoreMode.REFUSE);
        assertEquals(held, other.allocate(pod(0), BOTH).orElseThrow().get(0));
        assertEquals(1, other.usage("blue-v4").orElseThrow().cooling());
        assertFalse(other.allocate(pod(4), BOTH)
                .orElseThrow()
                .get(0)
                .address()
                .toString()
                .equals("10.6.1.1"));
    }

    @Test
    @Tag("long")
    void export_millionAllocations_areRestored() {
        Pool large = Pool.builder("large", "10.0.0.0/8")
                .ips("10.0.0.0-10.31.255.255")
                .build();
        StateSnapshot snapshot = Snapshots.large(1_000_000);
        Ipam one = Ipam.of(PoolCatalog.of(large));
        one.state().restore(snapshot, RestoreMode.REFUSE);
        StringBuilder text = new StringBuilder();
        StateText.write(one.state().export(), text);
        Ipam other = Ipam.of(PoolCatalog.of(large));
        other.state().restore(StateText.parse(text.toString()), RestoreMode.REFUSE);
        assertEquals(snapshot.pools(), other.state().export().pools());
        assertTrue(text.length() < 200_000_000);
    }
}
