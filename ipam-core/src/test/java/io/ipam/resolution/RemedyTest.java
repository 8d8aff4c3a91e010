package io.ipam.resolution;

import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Remedies help when they are followed, or state what they wait for. */
class RemedyTest {
    /** The named pool, of another namespace. */
    private static final Pool OTHERS = v4("t1", 1, PoolAffinity.none().withNamespaceNames(List.of("bank")));

    /** Counts and held addresses by pool. */
    private record Counts(Map<String, PoolUsage> usages, Map<String, Address> taken) implements UsageView {
        @Override
        public List<Holding> heldBy(Owner owner) {
            return List.of();
        }

        @Override
        public Optional<PoolUsage> usage(String pool) {
            return Optional.ofNullable(usages.get(pool));
        }

        @Override
        public HeldAddresses inUse() {
            return (pool, visitor) -> {
                if (taken.containsKey(pool)) {
                    visitor.accept(taken.get(pool), Owner.stateless("bank", "other", "u"));
                }
            };
        }
    }

    private static Counts counts(String pool, int held, int cooling) {
        BigInteger free = BigInteger.valueOf(9L - held - cooling);
        return new Counts(
                Map.of(
                        pool,
                        new PoolUsage(
                                pool, BigInteger.valueOf(9), held, cooling, BigInteger.ZERO, free, BigInteger.ZERO, 0)),
                Map.of());
    }

    private static List<String> remedies(PoolSelections selections, UsageView usage, Pool... pools) {
        return remedies(Requests.RESOLVER, selections, usage, PoolCatalog.of(pools));
    }

    private static List<String> remedies(
            PoolResolver resolver, PoolSelections selections, UsageView usage, PoolCatalog catalog) {
        return resolver.resolve(Requests.cart(), selections, catalog, usage).remedies().stream()
                .map(Remedy::text)
                .toList();
    }

    private static PoolSelections requiring(String address) {
        return Requests.pod("t1").withGiven(List.of(new PoolSelections.GivenAddress("eth0", Address.parse(address))));
    }

    @Test
    void remedy_poolThatOnlyMustBeNamedIsFull_waits() {
        assertEquals(
                List.of("name pool t2, and retry once an address is free", "pool t1: add shop to its namespaceName"),
                List.copyOf(new java.util.TreeSet<>(
                        remedies(Requests.pod("t1"), counts("t2", 9, 0), OTHERS, v4("t2", 2)))));
    }

    @Test
    void remedy_anotherPoolHasAddresses_precedesTheFullOne() {
        assertEquals(
                List.of(
                        "pool t1: add shop to its namespaceName",
                        "name pool t3, which can serve as it is",
                        "name pool t2, and retry once an address is free"),
                remedies(Requests.pod("t1"), counts("t2", 9, 0), OTHERS, v4("t2", 2), v4("t3", 3)));
    }

    /** A cooling address is allocated if no other is free. */
    @Test
    void remedy_poolHasOnlyCoolingAddresses_canServe() {
        assertEquals(
                "name pool t2, which can serve as it is",
                remedies(Requests.pod("t1"), counts("t2", 8, 1), OTHERS, v4("t2", 2))
                        .get(1));
    }

    @Test
    void remedy_namedPoolIsFullToo_waitsAfterTheChange() {
        assertEquals(
                List.of("pool t1: add shop to its namespaceName; and retry once an address is free"),
                remedies(Requests.pod("t1"), counts("t1", 9, 0), OTHERS));
    }

    /** Two interfaces with the same remedy need two addresses. */
    @Test
    void remedy_fewerAddressesThanDemands_waits() {
        PoolSelections two = Requests.pod("t1").withInterfaces(Requests.interfaces("eth0", "net1"));
        assertEquals(
                2,
                remedies(two, counts("t2", 8, 0), OTHERS, v4("t2", 2)).stream()
                        .filter("name pool t2, and retry once an address is free"::equals)
                        .count());
        assertEquals(
                2,
                remedies(two, counts("t2", 7, 0), OTHERS, v4("t2", 2)).stream()
                        .filter("name pool t2, which can serve as it is"::equals)
                        .count());
    }

    /** The address of another demand that has no other pool is counted. */
    @Test
    void remedy_lastAddressIsNeededByAnotherDemand_waits() {
        PoolSelections two = PoolSelections.none()
                .withInterfaces(Requests.interfaces("eth0", "net1"))
                .withPod(new PodSelection.PerInterface(List.of(
                        PodSelection.Item.named("eth0", PoolNames.of(Family.IPV4, "t1")),
                        PodSelection.Item.named("net1", PoolNames.of(Family.IPV4, "t2")))));
        assertEquals(
                "name pool t2, and retry once an address is free",
                remedies(two, counts("t2", 8, 0), OTHERS, v4("t2", 2)).get(1));
    }

    @Test
    void remedy_poolLacksTheRequiredAddress_isNone() {
        assertEquals(List.of(), remedies(requiring("10.3.0.1"), UsageView.none(), OTHERS, v4("t2", 2)));
        assertEquals(
                List.of("name pool t3, which can serve as it is"),
                remedies(requiring("10.3.0.1"), UsageView.none(), OTHERS, v4("t2", 2), v4("t3", 3)));
    }

    @Test
    void remedy_requiredAddressIsReserved_isNone() {
        PoolCatalog catalog = PoolCatalog.of(
                List.of(OTHERS, v4("t2", 2)), List.of(ReservedRange.parse("r", Family.IPV4, List.of("10.2.0.1"))));
        assertEquals(List.of(), remedies(Requests.RESOLVER, requiring("10.2.0.1"), UsageView.none(), catalog));
    }

    @Test
    void remedy_requiredAddressIsHeldOrMayBeCooling_waitsForIt() {
        Counts held = new Counts(counts("t2", 1, 0).usages(), Map.of("t2", Address.parse("10.2.0.1")));
        String waits = "name pool t2, and retry once 10.2.0.1 is free";
        assertEquals(List.of(waits), remedies(requiring("10.2.0.1"), held, OTHERS, v4("t2", 2)));
        assertEquals(List.of(waits), remedies(requiring("10.2.0.1"), counts("t2", 0, 1), OTHERS, v4("t2", 2)));
        assertEquals(
                List.of("name pool t2, which can serve as it is"),
                remedies(requiring("10.2.0.2"), held, OTHERS, v4("t2", 2)));
    }

    /** Removing a reservation frees addresses, so that no wait is needed. */
    @Test
    void remedy_poolHasNoUsableAddress_doesNotWait() {
        Pool empty = pool("t1", "10.1.0.0/24");
        UsageView none = new Counts(
                Map.of(
                        "t1",
                        new PoolUsage(
                                "t1", BigInteger.ZERO, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, 0)),
                Map.of());
        assertEquals(List.of("pool t1: add addresses to its ips"), remedies(Requests.pod("t1"), none, empty));
    }

    @Test
    void remedy_filterOfTheCallerRefusesThePool_isNone() {
        PoolFilter no = (pool, demand) -> pool.name().equals("t2") ? Optional.of("too small") : Optional.empty();
        PoolResolver resolver = PoolResolver.of(ResolverSettings.defaults().withFilters(List.of(no)));
        assertEquals(
                List.of("pool t1: add shop to its namespaceName", "name pool t3, which can serve as it is"),
                remedies(
                        resolver,
                        Requests.pod("t1"),
                        UsageView.none(),
                        PoolCatalog.of(OTHERS, v4("t2", 2), v4("t3", 3))));
    }

    @Test
    void remedy_namedPoolWithoutObstacle_isRejected() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Remedy("eth0", Family.IPV4, "p", true, List.of(), Optional.empty(), false));
        assertEquals(Set.of(), Set.copyOf(remedies(Requests.pod("t2"), UsageView.none(), v4("t2", 2))));
    }
}
