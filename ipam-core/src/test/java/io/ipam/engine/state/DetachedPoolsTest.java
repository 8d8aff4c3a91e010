package io.ipam.engine.state;

import static io.ipam.fixture.Pools.numbered;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many pools that were removed by force. */
class DetachedPoolsTest {
    private final EngineFixture fixture = new EngineFixture(0, v4("a", 0, 9));

    private static Owner owner(int number) {
        return Owner.stateless("shop", "cart-" + number, "u-" + number);
    }

    private static StateSnapshot snapshot(int pools) {
        return new StateSnapshot(
                pools,
                IntStream.range(0, pools).mapToObj(DetachedPoolsTest::records).toList());
    }

    private static PoolSnapshot records(int number) {
        Pool pool = numbered("gone-" + number, 256 + number, 1);
        Address address = pool.addresses().first().orElseThrow();
        PoolSnapshot.Held held = new PoolSnapshot.Held(address, owner(number), "eth0", number + 1);
        return new PoolSnapshot(pool.name(), Optional.of(pool), Optional.empty(), List.of(held), List.of());
    }

    private void restore(int pools) {
        assertEquals(
                List.of(),
                fixture.engine()
                        .whole()
                        .restore(snapshot(pools), RestoreMode.REFUSE, true, 0)
                        .problems());
    }

    /**
     * Eight times as many cost at most 24 times the processor time; a copy for each pool would cost
     * 64 times.
     */
    @Test
    void restore_manyDetachedPools_isNearlyLinear() {
        StateSnapshot few = snapshot(1_000);
        StateSnapshot many = snapshot(8_000);
        long fewNanos = Long.MAX_VALUE;
        long manyNanos = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            fewNanos = Math.min(fewNanos, nanosToRestore(few));
            manyNanos = Math.min(manyNanos, nanosToRestore(many));
        }
        assertTrue(manyNanos < 24 * fewNanos, manyNanos + " ns after " + fewNanos + " ns");
        assertEquals(8_000, fixture.engine().held().addresses().detached().size());
    }

    private long nanosToRestore(StateSnapshot snapshot) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        fixture.engine().whole().restore(snapshot, RestoreMode.REFUSE, true, 0);
        return threads.getCurrentThreadCpuTime() - start;
    }

    @Test
    void release_emptiesOneOfMany_locksNoOther() throws Exception {
        restore(2_000);
        Ledger ledger = fixture.ledger("gone-7");
        List<Ledger> others = fixture.state().active().ledgers().stream()
                .filter(other -> other != ledger)
                .toList();
        FutureTask<?> release = new FutureTask<>(() -> fixture.engine().release(owner(7), 0));
        others.forEach(Ledger::lock);
        try {
            new Thread(release).start();
            release.get(60, TimeUnit.SECONDS);
            assertNull(fixture.state().active().poolOrDetached("gone-7"));
            assertNull(ledger.binding());
            assertNotNull(fixture.state().active().poolOrDetached("gone-8"));
        } finally {
            others.forEach(Ledger::unlock);
        }
        assertEquals(1_999, fixture.engine().held().addresses().detached().size());
        assertEquals(List.of(), fixture.verify());
    }

    @Test
    void release_emptiesOneOfMany_outdatesNoRequest() {
        restore(2_000);
        PoolCatalog catalog = fixture.catalog();
        PlainRequest resolved = PlainRequest.any(Owner.stateless("shop", "pod", "p"), catalog, "eth0", "a");
        fixture.engine().release(owner(7), 0);
        assertSame(catalog, fixture.catalog());
        assertNull(fixture.state().active().poolOrDetached("gone-7"));
        assertInstanceOf(GrantOutcome.Granted.class, fixture.grant(resolved));
    }

    @Test
    void release_emptiesAllOfMany_leavesNone() {
        restore(2_000);
        for (int i = 0; i < 2_000; i++) {
            fixture.engine().release(owner(i), 0);
        }
        assertEquals(List.of(), List.copyOf(fixture.state().active().detached().all()));
        assertEquals(1, fixture.state().active().ledgers().size());
        assertEquals(List.of(), fixture.verify());
    }

    private static DetachedPools.Draft draft(Pool... pools) {
        DetachedPools.Draft draft = DetachedPools.NONE.draft();
        for (int i = 0; i < pools.length; i++) {
            draft.add(new PoolBinding(i, pools[i], pools[i].addresses(), 0, true));
        }
        return draft;
    }

    @Test
    void poolOf_addressInAGap_isNull() {
        Pool gap = pool("gap", "10.1.0.0/24", "10.1.0.1-10.1.0.3", "10.1.0.7");
        DetachedPools pools = draft(gap, v4("next", 2, 9), v6("six", 1, 9)).done();
        assertEquals("detached gap", String.valueOf(pools.poolOf(Address.parse("10.1.0.3"))));
        assertEquals("detached gap", String.valueOf(pools.poolOf(Address.parse("10.1.0.7"))));
        assertNull(pools.poolOf(Address.parse("10.1.0.5")));
        assertNull(pools.poolOf(Address.parse("10.1.0.0")));
        assertNull(pools.poolOf(Address.parse("10.1.0.8")));
        assertEquals("detached next", String.valueOf(pools.poolOf(Address.parse("10.2.0.9"))));
        assertEquals("detached six", String.valueOf(pools.poolOf(Address.parse("2001:db8:1::9"))));
        assertNull(pools.poolOf(Address.parse("2001:db8:1::a")));
    }

    @Test
    void overlaps_anyRange_isTrue() {
        Pool gap = pool("gap", "10.1.0.0/24", "10.1.0.3-10.1.0.5", "10.1.0.9");
        DetachedPools.Draft pools = draft(gap);
        for (String ips : List.of("10.1.0.1-10.1.0.3", "10.1.0.4", "10.1.0.5-10.1.0.7", "10.1.0.1-10.1.0.20")) {
            assertTrue(pools.overlaps(pool("p", "10.1.0.0/24", ips)), ips);
        }
        for (String ips : List.of("10.1.0.1-10.1.0.2", "10.1.0.6-10.1.0.8", "10.1.0.10")) {
            assertEquals(false, pools.overlaps(pool("p", "10.1.0.0/24", ips)), ips);
        }
        assertEquals(false, pools.overlaps(v6("six", 1, 9)));
    }
}
