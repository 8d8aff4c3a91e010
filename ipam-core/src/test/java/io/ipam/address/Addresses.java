package io.ipam.address;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random addresses for properties, with many boundaries and groups of zeros. */
final class Addresses {
    private Addresses() {}

    static Arbitrary<Address> of(Family family) {
        return family == Family.IPV4
                ? Arbitraries.oneOf(
                                Arbitraries.of(0L, 1L, 0xffffffL, 0x1000000L, 0x7fffffffL, 0xfffffffeL, 0xffffffffL),
                                Arbitraries.longs().between(0, 0xffffffffL))
                        .map(low -> new Address(Family.IPV4, 0, low))
                : Combinators.combine(half(), half()).as((high, low) -> new Address(Family.IPV6, high, low));
    }

    static Arbitrary<Address> any() {
        return Arbitraries.of(Family.values()).flatMap(Addresses::of);
    }

    private static Arbitrary<Long> half() {
        Arbitrary<Long> groups = Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, Arbitraries.just(0L)),
                        net.jqwik.api.Tuple.of(2, Arbitraries.longs().between(0, 0xffff)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(0xffffL, 1L)))
                .list()
                .ofSize(4)
                .map(list -> list.stream().reduce(0L, (bits, group) -> bits << 16 | group));
        return Arbitraries.oneOf(
                groups, Arbitraries.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L), Arbitraries.longs());
    }
}
