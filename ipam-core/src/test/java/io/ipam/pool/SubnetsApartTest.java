package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** All triples of prefixes within a block of four addresses: the subnets of a catalog are equal or have nothing in common. */
class SubnetsApartTest {
    private static final Prefix BLOCK = Prefix.parse("10.6.0.8/30");

    private static List<Pool> poolsOfEveryPrefix() {
        List<Pool> pools = new ArrayList<>();
        for (int length = BLOCK.length(); length <= BLOCK.family().bits(); length++) {
            for (Address address = BLOCK.first(); BLOCK.contains(address); address = address.next()) {
                Prefix subnet = Prefix.masked(address, length);
                if (subnet.first().equals(address)) {
                    pools.add(Pool.builder(subnet.toString(), subnet.toString()).build());
                }
            }
        }
        return pools;
    }

    private static Pool again(Pool pool) {
        return Pool.builder(pool.name() + "-again", pool.subnet().toString()).build();
    }

    @Test
    void everyTriple() {
        List<Pool> all = poolsOfEveryPrefix();
        assertEquals(7, all.size());
        for (Pool a : all) {
            for (Pool b : all) {
                if (!areApart(List.of(a, b))) {
                    continue;
                }
                PoolCatalog two = PoolCatalog.of(a, again(b));
                for (Pool third : all) {
                    Pool c = Pool.builder("third", third.subnet().toString()).build();
                    boolean fits = areApart(List.of(a, b, c));
                    assertEquals(fits, succeeds(() -> two.with(c)), () -> two.pools() + " and " + c);
                    assertEquals(fits, succeeds(() -> PoolCatalog.of(a, again(b), c)));
                }
            }
        }
    }

    @Test
    void theIndexNoticesSubnetsThatAreNotApart() {
        for (Pool a : poolsOfEveryPrefix()) {
            for (Pool b : poolsOfEveryPrefix()) {
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
    void theIndexNoticesAnAddressOfTwoPools() {
        Pool one =
                Pool.builder("one", BLOCK.toString()).ips("10.6.0.9-10.6.0.10").build();
        Pool other = Pool.builder("other", BLOCK.toString()).ips("10.6.0.10").build();
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
