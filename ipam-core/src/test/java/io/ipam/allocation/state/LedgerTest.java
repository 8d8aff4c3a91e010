package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");
    private static final Pool POOL =
            Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1-10.1.0.4").build();

    private final Ledger ledger = new Ledger(1, Prefix.parse("10.1.0.0/24"), 1000);

    private static long low(String address) {
        return Address.parse(address).low();
    }

    private static LedgerReader.Cooling cooling(String address, long releasedMillis) {
        return new LedgerReader.Cooling(0, low(address), OWNER, releasedMillis);
    }

    private void define(String... reserved) {
        AddressSet usable = POOL.addresses().minus(AddressSet.parse(POOL.family(), List.of(reserved)));
        ledger.define(new Definition(ledger, POOL, usable, false));
    }

    @Test
    void isExhaustedWhenWhatIsFreeBecomesReserved() {
        define();
        ledger.grant(0, low("10.1.0.1"), OWNER, "eth0", 1);
        assertEquals(false, ledger.isExhausted());
        define("10.1.0.2-10.1.0.4");
        assertEquals(true, ledger.isExhausted());
        define("10.1.0.2");
        assertEquals(false, ledger.isExhausted());
    }

    /** What was released earlier goes before what cools down here, and is free earlier. */
    @Test
    void coolsDownInTheOrderOfReleases() {
        define();
        ledger.mergeCooling(List.of(cooling("10.1.0.1", 50)));
        ledger.mergeCooling(List.of(cooling("10.1.0.3", 70), cooling("10.1.0.2", 20)));
        assertEquals(cooling("10.1.0.2", 20), ledger.cooling(0, List.of()));
        assertEquals(cooling("10.1.0.1", 50), ledger.cooling(1, List.of()));
        ledger.advance(1020);
        assertEquals(true, ledger.isFree(0, low("10.1.0.2")));
        assertEquals(false, ledger.isFree(0, low("10.1.0.1")));
        assertEquals(2, ledger.cooling());
    }

    @Test
    void whatCoolsDownBesideItsAddressesIsTakenOut() {
        define();
        ledger.mergeCooling(List.of(cooling("10.1.0.1", 1), cooling("10.1.0.2", 2), cooling("10.1.0.4", 3)));
        AddressSet kept = AddressSet.parse(POOL.family(), List.of("10.1.0.1", "10.1.0.4"));
        assertEquals(List.of(cooling("10.1.0.2", 2)), ledger.takeCoolingBeside(kept));
        assertEquals(cooling("10.1.0.1", 1), ledger.cooling(0, List.of()));
        assertEquals(cooling("10.1.0.4", 3), ledger.cooling(1, List.of()));
        assertEquals(true, ledger.isFree(0, low("10.1.0.2")));
    }

    @Test
    void countsNoMoreFreeAddressesThanALongHolds() {
        assertEquals(1L << 62, freeOf("2001:db8::/66"));
        assertEquals(Long.MAX_VALUE, freeOf("2001:db8::/65"));
        assertEquals(Long.MAX_VALUE, freeOf("2001:db8::/64"));
    }

    private static long freeOf(String subnet) {
        Prefix prefix = Prefix.parse(subnet);
        Ledger all = new Ledger(1, prefix, 0);
        Pool pool = Pool.builder("a", subnet)
                .ips(prefix.base() + "-" + prefix.last())
                .build();
        all.define(new Definition(all, pool, pool.addresses(), false));
        return all.free();
    }
}
