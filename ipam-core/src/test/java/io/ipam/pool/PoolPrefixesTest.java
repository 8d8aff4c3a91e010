package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import io.ipam.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** CIDR text and prefixes in the definitions of pools. */
class PoolPrefixesTest {
    private static final Prefix V4 = Prefix.parse("10.6.0.0/16");
    private static final Prefix V6 = Prefix.parse("fd00:6::/64");

    /** Addresses of a pool in every way to write them. */
    private record Listed(Prefix subnet, List<AddressRange> ranges, List<Prefix> prefixes) {}

    @Provide
    Arbitrary<Listed> listed() {
        return Arbitraries.of(V4, V6).flatMap(subnet -> {
            Arbitrary<Address> addresses = Arbitraries.integers()
                    .between(0, 0xffff)
                    .map(n -> subnet.base().plus(n));
            Arbitrary<AddressRange> ranges = Combinators.combine(addresses, addresses)
                    .as((a, b) -> a.compareTo(b) <= 0 ? new AddressRange(a, b) : new AddressRange(b, a));
            Arbitrary<Prefix> prefixes = Combinators.combine(
                            addresses, Arbitraries.integers().between(0, 16))
                    .as((address, bits) ->
                            Prefix.masked(address, subnet.family().bits() - bits));
            return Combinators.combine(
                            ranges.list().ofMaxSize(3), prefixes.list().ofMaxSize(3))
                    .as((r, p) -> new Listed(subnet, r, p));
        });
    }

    /** The model is a pool of ranges only. */
    @Property
    void build_prefixes_equalTheirRanges(@ForAll("listed") Listed ips, @ForAll("listed") Listed excluded) {
        List<String> texts = new ArrayList<>();
        ips.ranges.forEach(range -> texts.add(range.toString()));
        ips.prefixes.forEach(prefix -> texts.add(prefix.toString()));
        PoolBuilder asText = Pool.builder("p", ips.subnet.toString()).ips(texts);
        PoolBuilder asValues = Pool.builder("p", ips.subnet);
        PoolBuilder model = Pool.builder("p", ips.subnet.toString()).rangesOnly();
        for (AddressRange range : ips.ranges) {
            asValues.ips(range.toString());
            model.ips(range.toString());
        }
        for (Prefix prefix : ips.prefixes) {
            asValues.ips(prefix);
            model.ips(prefix.range().toString());
        }
        if (excluded.subnet.equals(ips.subnet)) {
            for (Prefix prefix : excluded.prefixes) {
                asText.excludeIps(prefix.toString());
                asValues.excludeIps(AddressSet.of(prefix));
                model.excludeIps(prefix.range().toString());
            }
        }
        Pool expected = model.build();
        assertEquals(expected, asText.build());
        assertEquals(expected, asValues.build());
        assertEquals(expected, asText.build().toBuilder().rangesOnly().build());
        AddressSet union = AddressSet.parse(expected.family(), texts);
        assertEquals(union, expected.listed());
        assertEquals(union, Pool.builder("p", ips.subnet).ips(union).build().listed());
    }

    @Example
    void build_staticPrefix_isAStaticRange() {
        Pool pool = Pool.builder("p", V4)
                .ips("10.6.1.0/24")
                .staticIps("10.6.1.240/28")
                .build();
        assertEquals(List.of("10.6.1.240-10.6.1.255"), pool.staticIpTexts());
        assertEquals(List.of("10.6.1.0-10.6.1.255"), pool.ipTexts());
        assertEquals(AddressSet.of(Prefix.parse("10.6.1.240/28")), pool.staticAddresses());
    }

    @Example
    void problems_refusedPrefixes_showTheTextAndTheCorrection() {
        List<Problem> problems = Pool.builder("p", V4)
                .ips(
                        "10.6.1.0/24",
                        "10.6.2.7/24",
                        "10.7.0.0/24",
                        "10.6.0.0/33",
                        "fd00::/64",
                        "/",
                        "::ffff:10.6.0.0/120")
                .excludeIps("10.6.1.1/31")
                .problems();
        assertEquals(
                List.of(
                        "spec.ips[1], column 8: \"10.6.2.7/24\": the bits after the prefix length must be zero;"
                                + " write 10.6.2.0/24",
                        "spec.ips[2]: \"10.7.0.0/24\": must be within spec.subnet 10.6.0.0/16;"
                                + " the subnet is 10.6.0.0-10.6.255.255"),
                problems.subList(0, 2).stream().map(Problem::message).toList());
        assertEquals(
                List.of("spec.ips[3]", "spec.ips[4]", "spec.ips[5]", "spec.ips[6]", "spec.excludeIPs[0]"),
                problems.subList(2, 7).stream().map(Problem::where).toList());
        assertEquals("write 10.6.1.0/31", problems.get(6).hint());
    }

    /** In COMPATIBLE and STRICT documents. */
    @Example
    void rangesOnly_prefix_isRefusedWithTheRange() {
        List<Problem> problems = Pool.builder("p", V4)
                .ips("10.6.1.0/24", "10.6.2.1")
                .excludeIps("10.6.1.7/24")
                .rangesOnly()
                .staticIps("10.6.1.0/28")
                .problems();
        assertEquals(
                List.of("spec.ips[0]", "spec.excludeIPs[0]", "staticIPs[0]"),
                problems.stream().map(Problem::where).toList());
        assertEquals("write the range 10.6.1.0-10.6.1.255", problems.get(0).hint());
        assertEquals("write the range 10.6.1.0-10.6.1.255", problems.get(1).hint());
        assertEquals("write the range 10.6.1.0-10.6.1.15", problems.get(2).hint());
        assertEquals(
                List.of("spec.ips[0]"),
                Subnet.builder("s", "10.6.0.0/16").rangesOnly().ips("10.6.1.0/24").problems().stream()
                        .map(Problem::where)
                        .toList());
    }

    @Example
    void subnet_prefix_isItsRange() {
        Subnet subnet = Subnet.builder("s", "10.6.0.0/16")
                .ips("10.6.1.0/24")
                .excludeIps("10.6.1.0/31")
                .build();
        assertEquals(List.of("10.6.1.0-10.6.1.255"), subnet.ipTexts());
        assertEquals(List.of("10.6.1.0-10.6.1.1"), subnet.excludeIpTexts());
        assertEquals(subnet, subnet.toBuilder().rangesOnly().build());
    }

    @Example
    void builder_prefixOfMappedAddresses_isAProblem() {
        Prefix mapped = new Prefix(Address.parse("::ffff:0:0"), 96);
        assertEquals(
                "write 0.0.0.0/0", Pool.builder("p", mapped).problems().get(0).hint());
        assertThrows(NullPointerException.class, () -> Pool.builder("p", (Prefix) null));
    }
}
