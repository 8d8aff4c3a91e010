package io.ipam.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts and subnets of prefixes, against arithmetic with BigIntegers. */
class PrefixPartsTest {
    @Provide
    Arbitrary<Prefix> prefixes() {
        return Addresses.any()
                .flatMap(address -> Arbitraries.integers()
                        .between(0, address.family().bits())
                        .map(length -> Prefix.masked(address, length)));
    }

    private static BigInteger bits(Address address) {
        return ReferenceReader.Value.of(address).bits();
    }

    private static Address address(Family family, BigInteger bits) {
        return new Address(family, Uint128.high(bits), Uint128.low(bits));
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void subnets_lengthsNearby_areTheStepsFromTheBase(
            @ForAll("prefixes") Prefix prefix, @ForAll @IntRange(max = 7) int more) {
        int bits = prefix.family().bits();
        int length = Math.min(bits, prefix.length() + more);
        List<Prefix> expected = new ArrayList<>();
        BigInteger step = BigInteger.ONE.shiftLeft(bits - length);
        BigInteger end = bits(prefix.base()).add(BigInteger.ONE.shiftLeft(bits - prefix.length()));
        for (BigInteger at = bits(prefix.base()); at.compareTo(end) < 0; at = at.add(step)) {
            expected.add(new Prefix(address(prefix.family(), at), length));
        }
        assertEquals(expected, prefix.subnets(length).toList());
        assertEquals(expected.size(), prefix.subnets(length).count());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void subnets_otherLengths_areRefused(@ForAll("prefixes") Prefix prefix, @ForAll int length) {
        if (length < prefix.length() || length > prefix.family().bits()) {
            assertThrows(IllegalArgumentException.class, () -> prefix.subnets(length));
        } else {
            assertEquals(
                    Optional.of(new Prefix(prefix.base(), length)),
                    prefix.subnets(length).findFirst());
        }
    }

    @Test
    void subnets_moreThanMemoryHolds_costOnlyRequestedElements() {
        Prefix all = new Prefix(Family.IPV6.first(), 0);
        assertEquals(
                List.of("::/128", "::1/128"),
                all.subnets(128).limit(2).map(Prefix::toString).toList());
        assertEquals(1L << 62, all.subnets(62).count());
        assertEquals(List.of(all), all.subnets(0).toList());
    }

    /** The model lists the addresses of the last bits. */
    @Property(edgeCases = EdgeCasesMode.NONE, tries = 1000)
    void hosts_anyPrefix_omitTheFirstAndForIpv4TheLast(@ForAll("prefixes") Prefix prefix) {
        BigInteger first = bits(prefix.first());
        BigInteger last = bits(prefix.last());
        boolean many = last.subtract(first).compareTo(BigInteger.ONE) > 0;
        BigInteger from = many ? first.add(BigInteger.ONE) : first;
        BigInteger to = many && prefix.family().number() == 4 ? last.subtract(BigInteger.ONE) : last;
        AddressRange hosts = prefix.hosts();
        assertEquals(address(prefix.family(), from), hosts.first());
        assertEquals(address(prefix.family(), to), hosts.last());
    }

    @ParameterizedTest
    @CsvSource({
        "10.6.1.0/24, 10.6.1.1-10.6.1.254",
        "10.6.1.0/30, 10.6.1.1-10.6.1.2",
        "10.6.1.0/31, 10.6.1.0-10.6.1.1",
        "10.6.1.1/32, 10.6.1.1",
        "0.0.0.0/0, 0.0.0.1-255.255.255.254",
        "fd00::/64, fd00::1-fd00::ffff:ffff:ffff:ffff",
        "fd00::/126, fd00::1-fd00::3",
        "fd00::/127, fd00::-fd00::1",
        "fd00::1/128, fd00::1",
        "::/0, ::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void hosts_examples(String prefix, String hosts) {
        assertEquals(hosts, Prefix.parse(prefix).hosts().toString());
    }
}
