package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The members of sets as addresses and as prefixes, against a tree of halves and counting. */
class AddressStreamsTest {
    @Provide
    Arbitrary<AddressSet> sets() {
        return Arbitraries.of(Family.values()).flatMap(family -> {
            Arbitrary<AddressRange> any = Combinators.combine(Addresses.of(family), Addresses.of(family))
                    .as((a, b) -> a.compareTo(b) <= 0 ? new AddressRange(a, b) : new AddressRange(b, a));
            return Arbitraries.oneOf(any, smallRanges(family))
                    .list()
                    .ofMaxSize(6)
                    .map(list -> AddressSet.of(family, list));
        });
    }

    @Provide
    Arbitrary<AddressSet> smallSets() {
        return Arbitraries.of(Family.values())
                .flatMap(family -> smallRanges(family).list().ofMaxSize(6).map(list -> AddressSet.of(family, list)));
    }

    private static Arbitrary<AddressRange> smallRanges(Family family) {
        return Combinators.combine(Addresses.of(family), Arbitraries.integers().between(0, 40))
                .as((first, more) -> {
                    BigInteger room = first.distanceTo(family.last());
                    return new AddressRange(first, first.plus(room.min(BigInteger.valueOf(more))));
                });
    }

    /** The fewest prefixes by definition: a prefix as a whole, or those of its two halves. */
    private static void addPrefixes(Prefix prefix, AddressSet set, List<Prefix> out) {
        if (set.contains(prefix.range())) {
            out.add(prefix);
        } else if (set.overlaps(AddressSet.of(prefix))) {
            int length = prefix.length() + 1;
            addPrefixes(Prefix.masked(prefix.first(), length), set, out);
            addPrefixes(Prefix.masked(prefix.last(), length), set, out);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 500)
    void prefixes_anySet_areTheFewestThatCoverIt(@ForAll("sets") AddressSet set) {
        List<Prefix> expected = new ArrayList<>();
        addPrefixes(new Prefix(set.family().first(), 0), set, expected);
        List<Prefix> actual = set.prefixes().toList();
        assertEquals(expected, actual);
        assertEquals(
                set,
                AddressSet.of(set.family(), actual.stream().map(Prefix::range).toList()));
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 500)
    void addresses_smallSet_areCountedUp(@ForAll("smallSets") AddressSet set) {
        List<Address> expected = new ArrayList<>();
        for (AddressRange range : set.ranges()) {
            Address at = range.first();
            while (!at.equals(range.last())) {
                expected.add(at);
                at = at.next();
            }
            expected.add(at);
        }
        assertEquals(expected, set.addresses().toList());
        assertEquals(expected.size(), set.addresses().count());
        assertEquals(expected, set.addresses().parallel().sorted().distinct().toList());
        for (AddressRange range : set.ranges()) {
            assertEquals(
                    expected.stream().filter(range::contains).toList(),
                    range.addresses().toList());
        }
    }

    @Test
    void addresses_moreThanMemoryHolds_costOnlyRequestedElements() {
        AddressSet all = AddressSet.of(Prefix.parse("::/0"));
        assertEquals(List.of("::", "::1", "::2"), firstThree(all));
        assertEquals(List.of("::2", "::3", "::4"), firstThree(all.minus(AddressSet.of(AddressRange.parse("::-::1")))));
        assertEquals(1L << 62, Prefix.parse("fd00::/66").range().addresses().count());
        assertEquals(254, all.minus(ends()).prefixes().count(), "the most that a range can have");
    }

    private static AddressSet ends() {
        return AddressSet.of(AddressRange.of(Family.IPV6.first()), AddressRange.of(Family.IPV6.last()));
    }

    private static List<String> firstThree(AddressSet set) {
        return set.addresses().limit(3).map(Address::toString).toList();
    }

    @Test
    void streams_ofNothing_areEmpty() {
        AddressSet none = AddressSet.empty(Family.IPV4);
        assertEquals(Optional.empty(), none.addresses().findAny());
        assertEquals(Optional.empty(), none.prefixes().findAny());
        for (Stream<?> stream : List.of(none.addresses(), none.prefixes())) {
            Iterator<?> elements = stream.iterator();
            assertThrows(NoSuchElementException.class, elements::next);
        }
    }

    @Test
    void prefixes_ofOneAddressOrAll_areOne() {
        for (Family family : Family.values()) {
            Prefix all = new Prefix(family.first(), 0);
            assertEquals(List.of(all), AddressSet.of(all).prefixes().toList());
            for (Address address : List.of(family.first(), family.last())) {
                assertEquals(
                        List.of(new Prefix(address, family.bits())),
                        AddressSet.of(AddressRange.of(address)).prefixes().toList());
            }
        }
        assertEquals(
                62,
                AddressSet.of(AddressRange.parse("0.0.0.1-255.255.255.254"))
                        .prefixes()
                        .count(),
                "the most that a range can have");
    }
}
