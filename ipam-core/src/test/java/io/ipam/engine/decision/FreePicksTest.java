package io.ipam.engine.decision;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.number.Hashes;
import io.ipam.occupancy.Occupancy;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Picks of free addresses against a list. */
class FreePicksTest {
    /** The lowest and highest addresses, and a border of 64 bits. */
    private static final List<String> BASES =
            List.of("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff", "2001:db8:0:1:0:0:0:000");

    private static Address address(int base, int number) {
        return Address.parse(BASES.get(base) + Integer.toHexString(number));
    }

    private static Occupancy of(Family family, String... ranges) {
        return Occupancy.of(AddressSet.parse(family, List.of(ranges)));
    }

    private static List<Address> next(FreePicks picks, int count) {
        List<Address> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(picks.next());
        }
        return picked;
    }

    private static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(Address::parse).toList();
    }

    /** Each of 16 addresses is free, taken, skipped, or not in the set. */
    @Property(tries = 1000)
    void next_anyAddresses_equalThoseOfAList(
            @ForAll AllocationOrder order,
            @ForAll @IntRange(max = 1) int base,
            @ForAll @Size(16) List<@IntRange(max = 5) Integer> kinds,
            @ForAll @IntRange(min = -1, max = 15) int last,
            @ForAll long random) {
        List<Address> free = new ArrayList<>();
        List<String> usable = new ArrayList<>();
        List<Address> taken = new ArrayList<>();
        List<Address> passed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Address address = address(base, i);
            if (kinds.get(i) != 0) {
                usable.add(address.toString());
            }
            switch (kinds.get(i)) {
                case 0 -> {}
                case 1 -> taken.add(address);
                case 2 -> passed.add(address);
                default -> free.add(address);
            }
        }
        Occupancy occupancy = of(Family.IPV6, usable.toArray(String[]::new));
        taken.forEach(address -> occupancy.take(address.high(), address.low()));
        Address lastGranted = last < 0 ? null : address(base, last);
        FreePicks picks = new FreePicks(occupancy, order, lastGranted, CART, random);
        passed.forEach(picks::passOver);
        check(next(picks, free.size()), free, order, lastGranted);
        assertThrows(IllegalStateException.class, picks::next);
        taken.forEach(address -> assertEquals(false, occupancy.isFree(address.high(), address.low())));
        free.forEach(address -> assertEquals(true, occupancy.isFree(address.high(), address.low())));
    }

    private static void check(
            List<Address> picked, List<Address> free, AllocationOrder order, @Nullable Address lastGranted) {
        assertEquals(new HashSet<>(free), new HashSet<>(picked));
        if (order == AllocationOrder.RANDOM || free.isEmpty()) {
            return;
        }
        int start = 0;
        if (order == AllocationOrder.HASH_OF_OWNER) {
            start = free.indexOf(picked.get(0));
        } else if (order == AllocationOrder.NEXT && lastGranted != null) {
            start = (int) free.stream()
                    .filter(address -> address.compareTo(lastGranted) <= 0)
                    .count();
        }
        List<Address> expected = new ArrayList<>();
        for (int i = 0; i < free.size(); i++) {
            expected.add(free.get((start + i) % free.size()));
        }
        assertEquals(expected, picked);
    }

    @Example
    void next_orderNext_continuesAfterTheLastGrantedAndAround() {
        Occupancy occupancy = of(Family.IPV4, "10.0.0.1-10.0.0.4");
        assertEquals(
                addresses("10.0.0.1", "10.0.0.2"),
                next(new FreePicks(occupancy, AllocationOrder.NEXT, null, CART, 0), 2));
        Address last = Address.parse("10.0.0.2");
        assertEquals(
                addresses("10.0.0.3", "10.0.0.4", "10.0.0.1", "10.0.0.2"),
                next(new FreePicks(occupancy, AllocationOrder.NEXT, last, CART, 0), 4));
        assertEquals(
                addresses("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"),
                next(new FreePicks(occupancy, AllocationOrder.LOWEST, last, CART, 0), 4));
    }

    /** The second of three addresses precedes the first as often as it follows it. */
    @Example
    void next_orderRandom_isUniformAmongTheRest() {
        Occupancy occupancy = of(Family.IPV4, "10.0.0.1-10.0.0.3");
        int[] firsts = new int[4];
        int behind = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            FreePicks picks = new FreePicks(occupancy, AllocationOrder.RANDOM, null, CART, Hashes.mix(seed));
            int first = (int) (picks.next().low() & 3);
            int second = (int) (picks.next().low() & 3);
            firsts[first]++;
            behind += second == first % 3 + 1 ? 1 : 0;
        }
        for (int i = 1; i <= 3; i++) {
            assertEquals(1_000, firsts[i], 150);
        }
        assertEquals(1_500, behind, 150);
    }

    @Example
    void next_orderHashOfOwner_spreadsOwnersAndRepeats() {
        Occupancy occupancy = of(Family.IPV4, "10.0.0.1-10.0.0.200");
        Set<Address> firsts = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            Owner owner = Owner.stateless("shop", "cart", "u" + i);
            Address first = firstOf(occupancy, owner, random.nextLong());
            assertEquals(first, firstOf(occupancy, owner, random.nextLong()));
            firsts.add(first);
        }
        assertTrue(firsts.size() > 50, firsts.size() + " addresses");
    }

    private static Address firstOf(Occupancy occupancy, Owner owner, long random) {
        return new FreePicks(occupancy, AllocationOrder.HASH_OF_OWNER, null, owner, random).next();
    }
}
