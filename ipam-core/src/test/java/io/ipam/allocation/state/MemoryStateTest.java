package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryStateTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");

    private final Pool pool =
            Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1-10.1.0.3").build();
    private final MemoryState state = new MemoryState(PoolCatalog.of(pool), new StateSettings(1000, null));

    private Ledger ledger() {
        Definition definition = state.live().pool("a");
        if (definition == null) {
            throw new AssertionError("no pool");
        }
        return definition.ledger();
    }

    @Test
    void whatIsBrokenIsSaid() {
        assertEquals(List.of(), state.verify());
        ledger().occupancy().take(0, Address.parse("10.1.0.2").low());
        assertEquals(List.of(ledger() + ": BITS-ARE-TAKEN: 1 bits for 0 taken addresses"), state.verify());
    }

    @Test
    void timeDoesNotGoBack() {
        assertEquals(7, state.now(7));
        assertEquals(7, state.now(5));
        assertEquals(8, state.now(8));
    }

    @Test
    void tokensGoOnBehindARestore() {
        assertEquals(0, state.lastGeneration());
        PoolSnapshot.Held held = new PoolSnapshot.Held(Address.parse("10.1.0.1"), OWNER, "eth0", 41);
        state.restore(StateSnapshot.of(List.of(PoolSnapshot.of("a", List.of(held)))), RestoreMode.REFUSE, 0);
        assertEquals(41, state.lastGeneration());
        assertEquals(41, state.snapshot().lastGeneration());
    }

    @Test
    void aPoolIsExhaustedWithoutFreeAndCoolingAddresses() {
        for (int i = 1; i <= 3; i++) {
            assertEquals(false, state.isExhausted("a"));
            ledger().grant(0, Address.parse("10.1.0." + i).low(), OWNER, "eth0", i);
        }
        assertEquals(true, state.isExhausted("a"));
        assertEquals(false, state.isExhausted("unknown"));
        ledger().advance(0);
        ledger().release(0);
        assertEquals(false, state.isExhausted("a"));
        assertEquals(0, state.usage("a", 999).orElseThrow().free().intValueExact());
        assertEquals(1, state.usage("a", 1000).orElseThrow().free().intValueExact());
        assertEquals(Optional.empty(), state.usage("unknown", 999));
    }

    /** Of what is cooling, those that are passed over and those that are reserved do not count. */
    @Test
    void coolingAddressesByTheirAge() {
        Ledger ledger = ledger();
        for (int i = 1; i <= 3; i++) {
            ledger.grant(0, Address.parse("10.1.0." + i).low(), OWNER, "eth0", i);
        }
        for (int slot : new int[] {1, 0, 2}) {
            ledger.advance(slot == 1 ? 5 : 6);
            ledger.release(slot);
        }
        List<Address> second = List.of(Address.parse("10.1.0.1"));
        assertEquals(3, ledger.cooling());
        assertEquals(Address.parse("10.1.0.2").low(), low(ledger, 0, List.of()));
        assertEquals(Address.parse("10.1.0.1").low(), low(ledger, 1, List.of()));
        assertEquals(Address.parse("10.1.0.3").low(), low(ledger, 1, second));
        assertNull(ledger.cooling(2, second));
        assertNull(ledger.cooling(3, List.of()));
        ledger.define(new Definition(
                ledger, pool, pool.addresses().minus(AddressSet.parse(pool.family(), List.of("10.1.0.2"))), false));
        assertEquals(Address.parse("10.1.0.1").low(), low(ledger, 0, List.of()));
        assertEquals(6, ledger.advance(4));
    }

    private static long low(Ledger ledger, int nth, List<Address> passedOver) {
        LedgerReader.Cooling entry = ledger.cooling(nth, passedOver);
        if (entry == null) {
            throw new AssertionError("no cooling address " + nth);
        }
        return entry.low();
    }

    /** As it is between the last release and the end of the pool, when somebody else has the swap lock. */
    @Test
    void aDetachedPoolThatHoldsNothingGoesWithTheNextExportOrChange() {
        Ledger ledger = ledger();
        ledger.grant(0, Address.parse("10.1.0.1").low(), OWNER, "eth0", 1);
        PoolCatalog with = state.live().catalog();
        PoolCatalog without = with.without("a");
        assertEquals(true, state.update(with, without, true, 5).isUpdated());
        assertEquals(1, state.heldAddresses().detached().size());
        ledger.release(0);
        assertEquals(List.of(), List.copyOf(state.heldAddresses().detached()));
        PoolSnapshot.Cooling cooling =
                new PoolSnapshot.Cooling(Address.parse("10.1.0.1"), OWNER, Instant.ofEpochMilli(5));
        assertEquals(
                List.of(new PoolSnapshot("a", Optional.empty(), Optional.empty(), List.of(), List.of(cooling))),
                state.snapshot(6).pools());
        Pool other = Pool.builder("b", "10.1.0.0/24").ips("10.1.0.1").build();
        assertEquals(true, state.update(without, without.with(other), false, 7).isUpdated());
        assertEquals(Optional.empty(), state.usage("a", 7));
        assertEquals(1, state.usage("b", 7).orElseThrow().cooling());
        assertEquals(List.of(), state.verify());
    }
}
