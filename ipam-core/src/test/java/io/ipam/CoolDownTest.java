package io.ipam;

import static io.ipam.Bench.given;
import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoolDownTest {
    private final Bench bench = new Bench(v4("a", 1, 2), v4("b", 2, 1)).coolingFor(Duration.ofSeconds(10));

    @Test
    void aReleasedAddressIsTheLastChoice() {
        bench.get(pod("1"), of("a"));
        bench.ipam.release(pod("1"));
        assertEquals("0 held, 1 cooling, 0 reserved, 1 free", bench.usage("a"));
        assertEquals("eth0 10.1.0.2", bench.get(pod("2"), of("a")));
        assertEquals("eth0 10.2.0.1", bench.get(pod("3"), of("a", "b")));
        assertEquals("eth0 10.1.0.1", bench.get(pod("4"), of("a", "b")));
        assertEquals("2 held, 0 cooling, 0 reserved, 0 free", bench.usage("a"));
    }

    @Test
    void theOneReleasedFirstComesFirst() {
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        bench.get(pod("2"), of("b"));
        bench.ipam.release(pod("2"));
        bench.clock += 1;
        bench.ipam.release(pod("1"), "net1");
        bench.clock += 1;
        bench.ipam.release(pod("1"), "eth0");
        assertEquals(
                "eth0 10.2.0.1, net1 10.1.0.2, net2 10.1.0.1",
                bench.get(pod("3"), on(of("a", "b"), "eth0", "net1", "net2")));
    }

    @Test
    void itEnds() {
        bench.get(pod("1"), of("b"));
        bench.ipam.release(pod("1"));
        bench.clock += 9_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", bench.usage("b"));
        bench.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", bench.usage("b"));
    }

    @Test
    void asAGivenAddressItGoesToItsLastOwnerOnly() {
        bench.get(pod("1"), of("b"));
        bench.ipam.release(pod("1"));
        AllocationResult.Refused refused = bench.refused(pod("2"), given(of("b"), "10.2.0.1"));
        assertEquals(RefusalReason.CONFLICT, refused.reason());
        assertEquals(
                "eth0 IPv4: 10.2.0.1 is not to be had: it was held by shop/pod-1 (uid 1) and cools down until"
                        + " 1970-01-01T00:16:50Z",
                refused.message());
        assertEquals("eth0 10.2.0.1", bench.get(pod("1"), given(of("b"), "10.2.0.1")));
    }

    @Test
    void theClockMayGoBack() {
        bench.get(pod("1"), of("b"));
        bench.clock -= 5_000;
        bench.ipam.release(pod("1"));
        bench.clock += 5_000 + 9_999;
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", bench.usage("b"));
        bench.clock += 1;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", bench.usage("b"));
    }

    @Test
    void itSurvivesARestart() {
        bench.get(pod("1"), of("b"));
        bench.ipam.release(pod("1"));
        var export = bench.ipam.state().export();
        bench.clock += 4_000;
        bench.with(bench.settings);
        bench.ipam.state().restore(export, RestoreMode.REFUSE);
        assertEquals(export.pools(), bench.ipam.state().export().pools());
        bench.clock += 6_000;
        assertEquals("0 held, 0 cooling, 0 reserved, 1 free", bench.usage("b"));
    }

    @Test
    void itGoesWithTheRange() {
        bench.get(pod("1"), of("b"));
        bench.ipam.release(pod("1"));
        PoolCatalog renamed = bench.ipam.catalog().without("b").with(v4("c", 2, 1));
        assertTrue(bench.ipam.update(bench.ipam.catalog(), renamed).isUpdated());
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", bench.usage("c"));
        assertTrue(bench.ipam.usage("b").isEmpty());
    }

    @Test
    void whatIsReservedMeanwhileCountsAsReserved() {
        bench.get(pod("1"), of("b"));
        bench.ipam.release(pod("1"));
        PoolCatalog reserved =
                bench.ipam.catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.2.0.1")));
        bench.ipam.update(bench.ipam.catalog(), reserved);
        assertEquals("0 held, 0 cooling, 1 reserved, 0 free", bench.usage("b"));
        bench.ipam.update(reserved, reserved.withoutReserved("r"));
        assertEquals("0 held, 1 cooling, 0 reserved, 0 free", bench.usage("b"));
    }
}
