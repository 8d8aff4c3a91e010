package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pair of subsets of six consecutive addresses, for every operation, against bit masks. */
class SmallDomainTest {
    private static final int WIDTH = 6;
    private static final int SUBSETS = 1 << WIDTH;

    private final List<Address> domain = new ArrayList<>();
    private final List<AddressSet> sets = new ArrayList<>();

    private void domainFrom(String lowest) {
        Address address = Address.parse(lowest);
        for (int i = 0; i < WIDTH; i++) {
            domain.add(address);
            address = address.isLast() ? address : address.next();
        }
        for (int mask = 0; mask < SUBSETS; mask++) {
            sets.add(set(mask));
        }
    }

    private AddressSet set(int mask) {
        List<AddressRange> ranges = IntStream.range(0, WIDTH)
                .filter(i -> (mask >> i & 1) == 1)
                .mapToObj(i -> AddressRange.of(domain.get(i)))
                .toList();
        return AddressSet.of(domain.get(0).family(), ranges);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.253",
                "10.0.0.254",
                "127.255.255.253",
                "255.255.255.250",
                "::",
                "::fffd",
                "::7fff:ffff:ffff:fffd",
                "::ffff:ffff:ffff:fffd",
                "7fff:ffff:ffff:ffff:ffff:ffff:ffff:fffd",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffa"
            })
    void operations_allPairs_agreeWithBitMasks(String lowest) {
        domainFrom(lowest);
        for (int a = 0; a < SUBSETS; a++) {
            verifyOne(a);
            for (int b = 0; b < SUBSETS; b++) {
                verify(a, b, AddressSet::union, (x, y) -> x | y);
                verify(a, b, AddressSet::intersect, (x, y) -> x & y);
                verify(a, b, AddressSet::minus, (x, y) -> x & ~y);
                assertEquals((a & b) != 0, sets.get(a).overlaps(sets.get(b)));
                assertEquals((b & ~a) == 0, sets.get(a).containsAll(sets.get(b)));
                assertEquals(a == b, sets.get(a).equals(sets.get(b)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.254", "fd00::fffd", "fd00:0:0:1::"})
    void hashCode_differentSets_mostlyDiffers(String lowest) {
        domainFrom(lowest);
        long distinct = sets.stream().map(AddressSet::hashCode).distinct().count();
        assertTrue(distinct > SUBSETS * 9 / 10, () -> distinct + " of " + SUBSETS);
    }

    private void verify(
            int a, int b, BiFunction<AddressSet, AddressSet, AddressSet> operation, IntBinaryOperator model) {
        AddressSet answer = operation.apply(sets.get(a), sets.get(b));
        AddressSet expected = sets.get(model.applyAsInt(a, b));
        assertEquals(expected, answer, () -> sets.get(a) + " and " + sets.get(b));
        assertEquals(expected.hashCode(), answer.hashCode());
        answer.verifyInvariant();
    }

    private void verifyOne(int mask) {
        AddressSet set = sets.get(mask);
        set.verifyInvariant();
        assertEquals(BigInteger.valueOf(Integer.bitCount(mask)), set.size());
        assertEquals(mask == 0, set.isEmpty());
        assertEquals(set, AddressSet.parse(set.family(), set.texts()));
        for (int i = 0; i < WIDTH; i++) {
            boolean member = (mask >> i & 1) == 1;
            BigInteger ordinal = BigInteger.valueOf(Integer.bitCount(mask & (1 << i) - 1));
            assertEquals(member, set.contains(domain.get(i)));
            assertEquals(member, set.ordinalOf(domain.get(i)).isPresent());
            if (member) {
                assertEquals(ordinal, set.ordinalOf(domain.get(i)).orElseThrow());
                assertEquals(domain.get(i), set.addressAt(ordinal));
            }
            for (int j = i; j < WIDTH; j++) {
                int window = (1 << j + 1) - (1 << i);
                AddressRange range = new AddressRange(domain.get(i), domain.get(j));
                assertEquals((mask & window) == window, set.contains(range));
            }
        }
        int[] members =
                IntStream.range(0, WIDTH).filter(i -> (mask >> i & 1) == 1).toArray();
        if (members.length > 0) {
            assertEquals(domain.get(members[0]), set.first().orElseThrow());
            assertEquals(domain.get(members[members.length - 1]), set.last().orElseThrow());
        }
    }
}
