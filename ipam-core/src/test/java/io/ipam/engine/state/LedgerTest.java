package io.ipam.engine.state;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.allocation.PoolAddresses;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.pool.Pool;
import io.ipam.record.Cooling;
import io.ipam.record.CoolingQueue;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Pool POOL = v4("a", 1, 4);

    private final Ledger ledger = new Ledger(1, Prefix.parse("10.1.0.0/24"), EngineFixture.settings(1000));

    private void define(String... reserved) {
        AddressSet usable = POOL.addresses().minus(AddressSet.parse(POOL.family(), List.of(reserved)));
        CoolingQueue cooling = ledger.binding() == null
                ? ledger.newCoolingQueue()
                : ledger.content().cooling();
        ledger.apply(LedgerContent.of(new PoolBinding(1, POOL, usable, 0, false), ledger.records(), cooling));
    }

    private int grant(String address) {
        return ledger.grant(new HeldRecord(ledger.content().binding(), Address.parse(address), CART, "eth0", 1));
    }

    @Test
    void isExhausted_freeAddressesBecomeReserved_follows() {
        define();
        grant("10.1.0.1");
        assertEquals(false, ledger.isExhausted());
        define("10.1.0.2-10.1.0.4");
        assertEquals(true, ledger.isExhausted());
        define("10.1.0.2");
        assertEquals(false, ledger.isExhausted());
    }

    @Test
    void cooling_somePassedOverOrReserved_countsTheOthersByAge() {
        define();
        int[] slots = {grant("10.1.0.1"), grant("10.1.0.2"), grant("10.1.0.3")};
        for (int i : new int[] {1, 0, 2}) {
            ledger.advance(i == 1 ? 5 : 6);
            ledger.release(slots[i]);
        }
        List<Address> passedOver = List.of(Address.parse("10.1.0.1"));
        assertEquals(3, ledger.cooling());
        assertEquals(Address.parse("10.1.0.2"), coolingAddress(0, List.of()));
        assertEquals(Address.parse("10.1.0.1"), coolingAddress(1, List.of()));
        assertEquals(Address.parse("10.1.0.3"), coolingAddress(1, passedOver));
        assertNull(ledger.cooling(2, passedOver));
        assertNull(ledger.cooling(3, List.of()));
        define("10.1.0.2");
        assertEquals(2, ledger.cooling());
        assertEquals(Address.parse("10.1.0.1"), coolingAddress(0, List.of()));
    }

    private Address coolingAddress(int nth, List<Address> passedOver) {
        Cooling entry = ledger.cooling(nth, passedOver);
        if (entry == null) {
            throw new AssertionError("no cooling address " + nth);
        }
        return ledger.address(entry.high(), entry.low());
    }

    @Test
    void addressesByState_markedAddresses_areFreeUnlessHeldOrCooling() {
        define();
        grant("10.1.0.1");
        int released = grant("10.1.0.2");
        ledger.advance(5);
        ledger.release(released);
        for (String address : List.of("10.1.0.1", "10.1.0.2", "10.1.0.3")) {
            ledger.mark(Address.parse(address));
        }
        PoolAddresses found = new AddressesByState(ledger).toPoolAddresses(Withheld.NONE);
        assertEquals(List.of("10.1.0.1"), found.held().texts());
        assertEquals(List.of("10.1.0.2"), found.cooling().texts());
        assertEquals(List.of("10.1.0.3-10.1.0.4"), found.free().texts());
    }

    /** A usage that is read between two requests of a batch, with a later clock. */
    @Test
    void markedPool_coolDownOfAMarkedAddressEnds_hasNoFreeAddress() {
        define("10.1.0.2-10.1.0.4");
        Address address = Address.parse("10.1.0.1");
        int slot = grant("10.1.0.1");
        ledger.advance(5);
        ledger.release(slot);
        ledger.mark(address);
        MarkedPool view = new MarkedPool(ledger);
        ledger.advance(2000);
        assertEquals(0, view.free());
        assertEquals(0, view.cooling());
        assertNull(view.coolingAt(address));
    }

    /** A usage that is read while a commit is sent must not free an address of the commit. */
    @Test
    void advance_coolDownOfAMarkedAddressEnds_keepsItsBit() {
        define();
        Address address = Address.parse("10.1.0.1");
        int slot = grant("10.1.0.1");
        ledger.advance(5);
        ledger.release(slot);
        ledger.mark(address);
        assertEquals(0, new MarkedPool(ledger).cooling());
        ledger.advance(2000);
        assertEquals(0, ledger.cooling());
        assertEquals(false, ledger.isFree(address));
        assertEquals(3, new MarkedPool(ledger).free());
        ledger.unmark(address);
        assertEquals(true, ledger.isFree(address));
        assertEquals(4, ledger.free());
    }

    @Test
    void advance_earlierTime_doesNotGoBack() {
        define();
        int slot = grant("10.1.0.1");
        ledger.advance(50);
        ledger.advance(40);
        ledger.release(slot);
        ledger.advance(1049);
        assertEquals(1, ledger.cooling());
        ledger.advance(1050);
        assertEquals(0, ledger.cooling());
        assertEquals(4, ledger.free());
    }

    @Test
    void free_moreAddressesThanALongHolds_isTheMaximum() {
        assertEquals(1L << 62, freeOf("2001:db8::/66"));
        assertEquals(Long.MAX_VALUE, freeOf("2001:db8::/65"));
        assertEquals(Long.MAX_VALUE, freeOf("2001:db8::/64"));
    }

    private static long freeOf(String subnet) {
        Prefix prefix = Prefix.parse(subnet);
        Ledger all = new Ledger(1, prefix, EngineFixture.NO_COOL_DOWN);
        Pool pool = pool("a", subnet, prefix.base() + "-" + prefix.last());
        PoolBinding binding = new PoolBinding(1, pool, pool.addresses(), 0, false);
        all.apply(LedgerContent.of(binding, all.records(), all.newCoolingQueue()));
        return all.free();
    }

    @Test
    void cancelGrant_addressPrepared_isFreeAgain() {
        define();
        Address address = Address.parse("10.1.0.1");
        ledger.prepareGrant(address, 1);
        assertEquals(false, ledger.isFree(address));
        ledger.cancelGrant(address);
        assertEquals(true, ledger.isFree(address));
    }

    @Test
    void cancelGrant_addressHeldOrCooling_keepsItsBit() {
        define();
        grant("10.1.0.1");
        ledger.release(grant("10.1.0.2"));
        for (String text : List.of("10.1.0.1", "10.1.0.2")) {
            Address address = Address.parse(text);
            ledger.prepareGrant(address, 1);
            ledger.cancelGrant(address);
            assertEquals(false, ledger.isFree(address), text);
        }
    }
}
