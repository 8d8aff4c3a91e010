package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.Ledger;
import io.ipam.fixture.PlainRequest;
import io.ipam.fixture.Waiting;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final EngineFixture fixture = new EngineFixture(1000, v4("a", 1, 3));
    private final Engine engine = fixture.engine;

    private void grant(String interfaceName) {
        GrantOutcome outcome = fixture.grant(PlainRequest.any(CART, fixture.catalog(), interfaceName, "a"));
        assertInstanceOf(GrantOutcome.Granted.class, outcome);
    }

    private PoolUsage usage(String pool, long millis) {
        return engine.usages().usage(pool, millis).orElseThrow();
    }

    @Test
    void verify_brokenBitOfStaticAddress_reportsIt() {
        Pool pool = v4("a", 1, 3).toBuilder().staticIps("10.1.0.2").build();
        EngineFixture statics = new EngineFixture(1000, pool);
        assertEquals(List.of(), statics.verify());
        statics.ledger("a").content().take(0, Address.parse("10.1.0.2").low());
        assertEquals(List.of(statics.ledger("a") + ": BITS-ARE-TAKEN: 1 bits for 0 taken addresses"), statics.verify());
    }

    @Test
    void verify_brokenLedger_reportsIt() {
        assertEquals(List.of(), engine.whole().verify());
        fixture.ledger("a").content().take(0, Address.parse("10.1.0.2").low());
        assertEquals(
                List.of(fixture.ledger("a") + ": BITS-ARE-TAKEN: 1 bits for 0 taken addresses"),
                engine.whole().verify());
    }

    /** The comparison with the store does not notice it. */
    @Test
    void verify_brokenLedgerOverAStore_reportsIt() {
        Engine shared = EngineFixture.overAStore(fixture.catalog());
        assertEquals(List.of(), shared.whole().verify());
        ActiveCatalog active = shared.state().active();
        Ledger ledger = active.ledger(requireNonNull(active.poolOrDetached("a")));
        ledger.content().take(0, Address.parse("10.1.0.2").low());
        assertEquals(
                List.of(ledger + ": BITS-ARE-TAKEN: 1 bits for 0 taken addresses"),
                shared.whole().verify());
        shared.whole().close();
    }

    /** A release by a clock that was set back counts from the latest time. */
    @Test
    void release_clockWentBack_coolsDownFromTheLatestTime() {
        fixture.millis = 7;
        grant("eth0");
        engine.usages().usage("a", 500);
        engine.release(CART, 5);
        assertEquals(1, usage("a", 1499).cooling());
        assertEquals(0, usage("a", 1500).cooling());
    }

    @Test
    void restore_generations_continueAfterTheHighest() {
        assertEquals(0, engine.whole().snapshot(0).lastGeneration());
        PoolSnapshot.Held held = new PoolSnapshot.Held(Address.parse("10.1.0.1"), CART, "eth0", 41);
        engine.whole()
                .restore(StateSnapshot.of(List.of(PoolSnapshot.of("a", List.of(held)))), RestoreMode.REFUSE, true, 0);
        assertEquals(41, engine.whole().snapshot(0).lastGeneration());
        assertEquals(41, engine.observe(0).lastGeneration());
    }

    @Test
    void isExhausted_lastAddressGranted_isTrueUntilOneIsReleased() {
        for (int i = 1; i <= 3; i++) {
            assertEquals(false, engine.usages().isExhausted("a"));
            grant("eth" + i);
        }
        assertEquals(true, engine.usages().isExhausted("a"));
        assertEquals(false, engine.usages().isExhausted("unknown"));
        engine.release(CART, "eth1", 0);
        assertEquals(false, engine.usages().isExhausted("a"));
        assertEquals(0, usage("a", 999).free().intValueExact());
        assertEquals(1, usage("a", 1000).free().intValueExact());
        assertEquals(Optional.empty(), engine.usages().usage("unknown", 999));
    }

    /**
     * The state between the last release and the end of the pool, while another thread has the swap
     * lock.
     */
    @Test
    void detachedPool_holdsNothing_endsWithTheNextExportOrUpdate() {
        grant("eth0");
        PoolCatalog with = fixture.catalog();
        PoolCatalog without = with.without("a");
        assertEquals(true, engine.updateByForce(with, without, 5).isUpdated());
        assertEquals(1, engine.held().addresses().detached().size());
        fixture.release(CART);
        assertEquals(List.of(), List.copyOf(engine.held().addresses().detached()));
        assertEquals(List.of(), engine.whole().verify());
        PoolSnapshot.Cooling cooling =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.1"), CART, Instant.ofEpochMilli(5));
        assertEquals(
                List.of(new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(cooling))),
                engine.whole().snapshot(6).pools());
        Pool other = pool("b", "10.1.0.0/24", "10.1.0.1");
        assertEquals(true, engine.update(without, without.with(other), 7).isUpdated());
        assertEquals(Optional.empty(), engine.usages().usage("a", 7));
        assertEquals(1, usage("b", 7).cooling());
        assertEquals(List.of(), engine.whole().verify());
    }

    @Test
    void update_detachedPoolHoldsNothing_freesItsAddressesForAnother() {
        grant("eth0");
        PoolCatalog without = fixture.catalog().without("a");
        engine.updateByForce(fixture.catalog(), without, 5);
        Pool other = pool("b", "10.1.0.0/24", "10.1.0.1");
        assertEquals(
                false, engine.updateByForce(without, without.with(other), 6).isUpdated());
        engine.release(CART, 6);
        assertEquals(Optional.empty(), engine.usages().usage("a", 6));
        assertEquals(true, engine.updateByForce(without, without.with(other), 6).isUpdated());
        assertEquals(List.of(), engine.whole().verify());
    }

    @Test
    void update_emptyDetachedPoolReturnsInAnotherSubnet_endsTheOldLedger() {
        grant("eth0");
        PoolCatalog without = fixture.catalog().without("a");
        engine.updateByForce(fixture.catalog(), without, 5);
        fixture.release(CART);
        PoolCatalog other = without.with(v4("a", 2, 3));
        assertEquals(true, engine.update(without, other, 6).isUpdated());
        assertEquals(1, fixture.state().active().ledgers().size());
        assertEquals(3, usage("a", 6).free().intValueExact());
        assertEquals(List.of(), engine.whole().verify());
    }

    /** The pool was noted as empty, and is not when the note is read. */
    @Test
    void update_emptyDetachedPoolReturns_keepsItsLedgerAndItsCoolingAddresses() {
        grant("eth0");
        PoolCatalog with = fixture.catalog();
        PoolCatalog without = with.without("a");
        engine.updateByForce(with, without, 5);
        fixture.release(CART);
        Ledger before = fixture.ledger("a");
        assertEquals(
                true, engine.update(without, without.with(v4("a", 1, 3)), 6).isUpdated());
        engine.release(CART, 6);
        assertSame(before, fixture.ledger("a"));
        assertEquals(1, usage("a", 6).cooling());
        assertEquals(List.of(), engine.whole().verify());
    }

    /** The ledger that it waits for has ended. */
    @Test
    void usage_restoredWhileItWaits_countsTheRestoredState() throws Exception {
        grant("eth0");
        Ledger replaced = fixture.ledger("a");
        FutureTask<PoolUsage> reading = new FutureTask<>(() -> usage("a", 0));
        replaced.lock();
        try {
            Waiting.start(reading);
            engine.whole().restore(StateSnapshot.empty(), RestoreMode.REFUSE, true, 0);
        } finally {
            replaced.unlock();
        }
        assertEquals(0, reading.get(60, TimeUnit.SECONDS).held());
    }
}
