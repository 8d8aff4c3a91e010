package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.json.JsonText;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The status of one pool, without an export of the others. */
class OnePoolStatusTest {
    private static final Pool BLUE =
            Pool.builder("blue", "10.6.0.0/16").ips("10.6.1.1-10.6.1.250").build();
    private static final Pool RED = Pool.builder("red", "2001:db8:6::/64")
            .ips("2001:db8:6::1-2001:db8:6::ffff")
            .build();

    private static void allocate(Ipam ipam, int number) {
        Owner owner = Owner.stateless("shop", "cart-" + number, new UUID(number, ~number).toString());
        PoolSelections both = PoolSelections.none()
                .withPod(new PoolNames(Map.of(Family.IPV4, List.of("blue"), Family.IPV6, List.of("red"))));
        ipam.allocate(Workload.of(owner), both).orElseThrow();
    }

    @Test
    void status_ofOnePool_isThatOfTheWholeExport() {
        Ipam ipam = Ipam.of(PoolCatalog.of(BLUE, RED));
        allocate(ipam, 1);
        allocate(ipam, 2);
        StateSnapshot all = ipam.state().export();
        for (Pool pool : List.of(BLUE, RED)) {
            AllocatedIps records = Takeover.allocatedIps(ipam.state().export(pool.name()), pool.name())
                    .orElseThrow();
            assertEquals(Takeover.allocatedIps(all, pool.name()), Optional.of(records));
            PoolStatus status = PoolStatus.of(pool, records);
            assertEquals(PoolStatus.of(ipam.usage(pool.name()).orElseThrow(), records), status);
            assertEquals(PoolDocument.of(pool).withStatus(status).toMap().get("status"), status.toMap());
        }
    }

    @Test
    void status_withAStray_countsAndWritesIt() {
        Ipam ipam = Ipam.of(PoolCatalog.of(BLUE));
        Stray stray = Stray.unowned("blue", Address.parse("10.6.1.9"), "{\"x\":1}");
        ipam.state().restore(new StateSnapshot(0, List.of(), List.of(stray), Set.of()), RestoreMode.HOLD);
        PoolStatus status = PoolStatus.of(
                BLUE, Takeover.allocatedIps(ipam.state().export("blue"), "blue").orElseThrow());
        assertEquals(
                Map.of("allocatedIPCount", 1, "allocatedIPs", "{\"10.6.1.9\":{\"x\":1}}", "totalIPCount", 250),
                status.toMap());
    }

    /** The estimate is for the text as a JSON document contains it, with its quotes escaped. */
    @Property(tries = 50)
    void statusBytes_ofRecords_isAnUpperBoundThatIsNear(@ForAll @IntRange(min = 1, max = 250) int records) {
        Ipam ipam = Ipam.of(PoolCatalog.of(BLUE, RED));
        for (int number = 0; number < records; number++) {
            allocate(ipam, number);
        }
        for (Pool pool : List.of(BLUE, RED)) {
            String text = Takeover.allocatedIps(ipam.state().export(pool.name()), pool.name())
                    .orElseThrow()
                    .toString();
            long bytes = JsonText.of(text).length() - "{}\"\"".length() + ",".length();
            long estimate = ipam.state().statusBytes(pool.name()).orElseThrow();
            assertTrue(bytes <= estimate && estimate * 10 <= bytes * 13, bytes + " B, estimated " + estimate + " B");
        }
    }
}
