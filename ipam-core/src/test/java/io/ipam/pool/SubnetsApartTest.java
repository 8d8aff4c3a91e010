package io.ipam.pool;

import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Prefix;
import io.ipam.address.Prefixes;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * All triples of prefixes within a block of four addresses: the subnets of a catalog are equal or
 * disjoint.
 */
class SubnetsApartTest {
    private static final Prefix BLOCK = Prefix.parse("10.6.0.8/30");

    private static List<Pool> poolsOfEveryPrefix(String name) {
        return Prefixes.within(BLOCK).stream()
                .map(prefix -> pool(name, prefix.toString()))
                .toList();
    }

    @Test
    void of_everyTriple_agreesWithModel() {
        for (Pool a : poolsOfEveryPrefix("a")) {
            for (Pool b : poolsOfEveryPrefix("b")) {
                if (!areApart(List.of(a, b))) {
                    continue;
                }
                PoolCatalog two = PoolCatalog.of(a, b);
                for (Pool c : poolsOfEveryPrefix("c")) {
                    boolean fits = areApart(List.of(a, b, c));
                    assertEquals(fits, succeeds(() -> two.with(c)), () -> two.pools() + " and " + c);
                    assertEquals(fits, succeeds(() -> PoolCatalog.of(a, b, c)));
                }
            }
        }
    }

    @Test
    void verify_overlappingSubnets_throws() {
        for (Pool a : poolsOfEveryPrefix("a")) {
            for (Pool b : poolsOfEveryPrefix("b")) {
                AddressIndex index = AddressIndex.of(List.of(a, b));
                if (areApart(List.of(a, b))) {
                    index.verify();
                } else {
                    assertThrows(IllegalStateException.class, index::verify);
                }
            }
        }
    }

    @Test
    void verify_addressOfTwoPools_throws() {
        Pool one = pool("one", BLOCK.toString(), "10.6.0.9-10.6.0.10");
        Pool other = pool("other", BLOCK.toString(), "10.6.0.10");
        assertThrows(IllegalStateException.class, AddressIndex.of(List.of(one, other))::verify);
    }

    private static boolean areApart(Collection<Pool> pools) {
        return pools.stream()
                .allMatch(one -> pools.stream()
                        .allMatch(other -> one.subnet().equals(other.subnet())
                                || !one.subnet().overlaps(other.subnet())));
    }

    private static boolean succeeds(Supplier<PoolCatalog> step) {
        try {
            step.get().verify();
            return true;
        } catch (InvalidCatalogException refused) {
            return false;
        }
    }
}
