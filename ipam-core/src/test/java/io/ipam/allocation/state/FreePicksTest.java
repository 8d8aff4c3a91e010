package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreePicksTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");

    private static Ledger ledger(String subnet, String ips) {
        Ledger ledger = new Ledger(1, Prefix.parse(subnet), 0);
        Pool pool = Pool.builder("a", subnet).ips(ips).build();
        ledger.define(new Definition(ledger, pool, pool.addresses(), false));
        return ledger;
    }

    private static Address next(FreePicks picks, Ledger ledger) {
        picks.next();
        return ledger.address(picks.high(), picks.low());
    }

    private static List<Address> next(FreePicks picks, Ledger ledger, int count) {
        List<Address> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(next(picks, ledger));
        }
        return picked;
    }

    private static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(Address::parse).toList();
    }

    /** Also where the numbers of addresses end. */
    @ParameterizedTest
    @EnumSource
    void picksEachFreeAddressOnce(AllocationOrder order) {
        String last = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff";
        Ledger ledger = ledger(last + "0/124", last + "1-" + last + "f");
        Address held = Address.parse(last + "4");
        Address passed = Address.parse(last + "9");
        ledger.grant(held.high(), held.low(), OWNER, "eth0", 1);
        FreePicks picks = ledger.picks(order, OWNER, 5);
        picks.passOver(passed.high(), passed.low());
        Set<Address> picked = new HashSet<>(next(picks, ledger, 13));
        assertEquals(13, picked.size());
        assertTrue(picked.stream().allMatch(address -> ledger.isFree(address.high(), address.low())));
        assertTrue(!picked.contains(passed));
        assertThrows(IllegalStateException.class, picks::next);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnInAnotherPoolAsIfMadeForIt(AllocationOrder order) {
        Ledger first = ledger("10.1.0.0/24", "10.1.0.200-10.1.0.209");
        Ledger second = ledger("10.0.0.0/24", "10.0.0.1-10.0.0.9");
        FreePicks picks = first.picks(order, OWNER, 7);
        next(picks, first, 3);
        second.startPicks(picks);
        assertEquals(next(second.picks(order, OWNER, 7), second, 9), next(picks, second, 9));
    }

    /** Two pools may lie in one subnet, each among the other's addresses. */
    @ParameterizedTest
    @EnumSource
    void startsAgainInAPoolWithLowerAddresses(AllocationOrder order) {
        Ledger first = ledger("10.0.0.0/24", "10.0.0.4-10.0.0.6");
        Ledger second = ledger("10.0.0.0/24", "10.0.0.1-10.0.0.9");
        FreePicks picks = first.picks(order, OWNER, 7);
        next(picks, first, 2);
        second.startPicks(picks);
        assertEquals(next(second.picks(order, OWNER, 7), second, 9), next(picks, second, 9));
    }

    @Test
    void nextGoesOnBehindTheAddressGrantedLastAndAround() {
        Ledger ledger = ledger("10.0.0.0/24", "10.0.0.1-10.0.0.4");
        assertEquals(addresses("10.0.0.1", "10.0.0.2"), next(ledger.picks(AllocationOrder.NEXT, OWNER, 0), ledger, 2));
        ledger.setLastGranted(0, Address.parse("10.0.0.2").low());
        assertEquals(
                addresses("10.0.0.3", "10.0.0.4", "10.0.0.1", "10.0.0.2"),
                next(ledger.picks(AllocationOrder.NEXT, OWNER, 0), ledger, 4));
        assertEquals(
                addresses("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"),
                next(ledger.picks(AllocationOrder.LOWEST, OWNER, 0), ledger, 4));
    }

    /** The second of three is as often the one before the first as the one behind it. */
    @Test
    void randomIsUniformAmongThoseThatAreLeft() {
        Ledger ledger = ledger("10.0.0.0/24", "10.0.0.1-10.0.0.3");
        int[] firsts = new int[4];
        int behind = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            FreePicks picks = ledger.picks(AllocationOrder.RANDOM, OWNER, Hash.mix(seed));
            int first = (int) (next(picks, ledger).low() & 3);
            int second = (int) (next(picks, ledger).low() & 3);
            firsts[first]++;
            behind += second == first % 3 + 1 ? 1 : 0;
        }
        for (int i = 1; i <= 3; i++) {
            assertEquals(1_000, firsts[i], 150);
        }
        assertEquals(1_500, behind, 150);
    }

    @Test
    void theHashOfTheOwnerSpreadsOwners() {
        Ledger ledger = ledger("10.0.0.0/24", "10.0.0.1-10.0.0.200");
        Set<Address> firsts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Owner owner = Owner.stateless("shop", "cart", "u" + i);
            Address first = next(ledger.picks(AllocationOrder.HASH_OF_OWNER, owner, i), ledger);
            assertEquals(first, next(ledger.picks(AllocationOrder.HASH_OF_OWNER, owner, -i), ledger));
            firsts.add(first);
        }
        assertTrue(firsts.size() > 50, firsts.size() + " addresses");
    }
}
