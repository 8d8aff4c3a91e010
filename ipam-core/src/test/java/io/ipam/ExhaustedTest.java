package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.RestoreMode;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.Note;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A pool is exhausted if and only if it has neither free nor cooling addresses, after any
 * operation.
 */
class ExhaustedTest {
    private final Pool pool = v4("a", 1, 2);
    private final IpamFixture fixture = new IpamFixture(pool, v4("b", 2, 1));

    private boolean isFull() {
        return fixture.ipam.resolve(Workload.of(pod("who")), of("a")).demands().get(0).notes().stream()
                .anyMatch(Note.FullNow.class::isInstance);
    }

    private void change(PoolCatalog next) {
        assertTrue(fixture.ipam.update(fixture.ipam.catalog(), next).isUpdated());
    }

    @Test
    void message_manyFullPools_isBounded() {
        Pool[] pools =
                IntStream.range(0, 60).mapToObj(i -> v4("p" + (100 + i), i, 1)).toArray(Pool[]::new);
        IpamFixture many = new IpamFixture(pools);
        for (int i = 0; i < pools.length; i++) {
            many.get(pod("pod-" + i), of("p*"));
        }
        AllocationResult.Refused refused = many.refused(pod("last"), of("p*"));
        assertEquals(60, refused.candidates().size());
        assertTrue(
                refused.message().endsWith("p109 (1 held, 0 cooling, 0 reserved of 1) and 50 more pools"),
                refused::message);
    }

    @Test
    void isExhausted_grantsAndReleases_isTrueIfNoneIsFree() {
        assertFalse(isFull());
        fixture.get(pod("1"), of("a"));
        assertFalse(isFull());
        fixture.get(pod("2"), of("a"));
        assertTrue(isFull());
        fixture.ipam.release(pod("1"));
        assertFalse(isFull());
        fixture.get(pod("3"), of("a"));
        assertTrue(isFull());
    }

    @Test
    void isExhausted_coolingAddress_isFalse() {
        fixture.coolingFor(Duration.ofSeconds(1));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        assertTrue(isFull());
        fixture.ipam.release(pod("1"), "eth0");
        assertFalse(isFull());
        fixture.clock += 1_000;
        fixture.usage("a");
        assertFalse(isFull());
        fixture.ipam.release(pod("1"));
        fixture.get(pod("2"), on(of("a"), "eth0", "net1"));
        assertTrue(isFull());
    }

    @Test
    void isExhausted_addressesLeaveAndReturn_isTrueIfNoneIsFree() {
        fixture.get(pod("1"), of("a"));
        PoolCatalog before = fixture.ipam.catalog();
        change(before.with(pool.toBuilder().excludeIps("10.1.0.2").build()));
        assertTrue(isFull());
        change(before);
        assertFalse(isFull());
        change(before.withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.2"))));
        assertTrue(isFull());
    }

    @Test
    void isExhausted_restored_isFalseIfOneCools() {
        fixture.coolingFor(Duration.ofSeconds(1));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        var full = fixture.ipam.state().export();
        fixture.ipam.release(pod("1"), "eth0");
        var cooling = fixture.ipam.state().export();
        fixture.ipam.state().restoreDroppingGrants(full, RestoreMode.REFUSE);
        assertTrue(isFull());
        fixture.ipam.state().restoreDroppingGrants(cooling, RestoreMode.REFUSE);
        assertFalse(isFull());
    }

    /**
     * An address that cools down and leaves makes the pool exhausted; an address that arrives makes
     * it available again.
     */
    @Test
    void isExhausted_coolingAddressLeaves_isTrueUntilItReturns() {
        fixture.coolingFor(Duration.ofSeconds(1));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        fixture.ipam.release(pod("1"), "eth0");
        PoolCatalog before = fixture.ipam.catalog();
        change(before.with(pool.toBuilder().excludeIps("10.1.0.1").build()));
        assertTrue(isFull());
        change(before);
        assertFalse(isFull());
        assertEquals("1 held, 1 cooling, 0 reserved, 0 free", fixture.usage("a"));
    }

    @Test
    void usage_heldReservedAddresses_areCountedSeparately() {
        fixture.get(pod("1"), of("a"));
        change(fixture.ipam.catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1"))));
        assertEquals("1 held, 0 cooling, 0 reserved, 1 free", fixture.usage("a"));
        var export = fixture.ipam.state().export();
        fixture.ipam.state().restoreDroppingGrants(export, RestoreMode.REFUSE);
        assertEquals("1 held, 0 cooling, 0 reserved, 1 free", fixture.usage("a"));
        assertEquals(List.of(), fixture.ipam.state().verify());
        fixture.get(pod("2"), of("a"));
        assertTrue(isFull());
        fixture.ipam.release(pod("1"));
        assertEquals("1 held, 0 cooling, 1 reserved, 0 free", fixture.usage("a"));
        assertTrue(isFull());
        assertEquals(List.of(), fixture.ipam.state().verify());
    }
}
