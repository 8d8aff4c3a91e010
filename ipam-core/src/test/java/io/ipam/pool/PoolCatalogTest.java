package io.ipam.pool;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import org.junit.jupiter.api.function.Executable;

/** The catalog by example; {@link PoolCatalogModelTest} has the properties. */
class PoolCatalogTest {
    private static final Pool BLUE = pool("blue", "10.6.0.0/16", "10.6.0.1-10.6.0.9");
    private static final Pool GREEN = pool("green", "10.6.0.0/16", "10.6.0.20-10.6.0.29");
    private static final Pool SIX = pool("six", "fd00::/64", "fd00::1-fd00::9");

    private static List<String> names(List<Pool> pools) {
        return pools.stream().map(Pool::name).toList();
    }

    @Example
    void pools_byNameAndFamily_areInNameOrder() {
        PoolCatalog catalog = PoolCatalog.of(SIX, GREEN, BLUE);
        assertEquals(List.of("blue", "green", "six"), names(catalog.pools()));
        assertEquals(List.of("blue", "green"), names(catalog.pools(Family.IPV4)));
        assertSame(GREEN, catalog.pool("green").orElseThrow());
        assertTrue(catalog.pool("gree").isEmpty() && catalog.pool("").isEmpty());
        assertThrows(UnsupportedOperationException.class, () -> catalog.pools().clear());
        assertThrows(UnsupportedOperationException.class, () -> catalog.pools().set(0, BLUE));
    }

    @Example
    void version_everyChange_increases() {
        PoolCatalog first = PoolCatalog.of(BLUE);
        PoolCatalog second = first.with(GREEN);
        PoolCatalog third = second.without("green");
        assertTrue(first.version() < second.version() && second.version() < third.version());
        assertTrue(PoolCatalog.EMPTY.version() < first.version());
        assertEquals(first, third);
        assertEquals(first.hashCode(), third.hashCode());
        assertNotEquals(first, second);
        assertSame(first, first.without("green"));
    }

    @Example
    void defaults_catalog_returnsDefaultPools() {
        PoolCatalog catalog = PoolCatalog.of(BLUE, GREEN, SIX);
        assertEquals(List.of(), catalog.defaults(Family.IPV4));
        Pool green = GREEN.toBuilder().defaultPool(true).build();
        Pool blue = BLUE.toBuilder().defaultPool(true).build();
        PoolCatalog both = catalog.with(green).with(blue);
        assertEquals(List.of(blue, green), both.defaults(Family.IPV4));
        assertEquals(List.of(), both.defaults(Family.IPV6));
        assertEquals(List.of(green), both.with(BLUE).defaults(Family.IPV4));
        assertEquals(List.of(blue), both.without("green").defaults(Family.IPV4));
    }

    @Example
    void of_severalConflicts_reportsAll() {
        List<Pool> pools = List.of(
                BLUE,
                pool("blue", "10.9.0.0/16"),
                pool("clash", "10.6.0.0/16", "10.6.0.5-10.6.0.25", "10.6.9.9"),
                pool("inner", "10.6.1.0/24", "10.6.1.1"),
                GREEN,
                SIX);
        ReservedRange range = ReservedRange.parse("r", Family.IPV4, List.of("10.0.0.1"));
        InvalidCatalogException thrown =
                assertThrows(InvalidCatalogException.class, () -> PoolCatalog.of(pools, List.of(range, range)));
        assertEquals(
                List.of(
                        "DUPLICATE pools[blue].metadata.name",
                        "INVALID pools[inner].spec.subnet",
                        "FORBIDDEN pools[clash].spec.ips",
                        "FORBIDDEN pools[green].spec.ips",
                        "DUPLICATE reserved[r].metadata.name"),
                outline(thrown.problems()));
        assertEquals("10.6.0.5-10.6.0.9", thrown.problems().get(2).offending());
        assertTrue(thrown.problems().get(2).rule().contains("pool blue has [10.6.0.5-10.6.0.9]"));
    }

    @Example
    void with_conflictingPool_throws() {
        PoolCatalog catalog = PoolCatalog.of(BLUE, GREEN, SIX);
        Pool clash = pool("clash", "10.6.0.0/16", "10.6.0.5-10.6.0.25");
        InvalidCatalogException thrown = assertThrows(InvalidCatalogException.class, () -> catalog.with(clash));
        assertEquals("pool clash", thrown.subject());
        assertEquals(List.of("FORBIDDEN spec.ips", "FORBIDDEN spec.ips"), outline(thrown.problems()));
        Pool wide = pool("wide", "10.0.0.0/8", "10.6.0.5");
        thrown = assertThrows(InvalidCatalogException.class, () -> catalog.with(wide));
        assertEquals(List.of("INVALID spec.subnet", "FORBIDDEN spec.ips"), outline(thrown.problems()));
        assertEquals(
                "use 10.6.0.0/16, or a disjoint subnet",
                thrown.problems().get(0).hint());
        assertEquals(
                1,
                PoolCatalog.of(BLUE).with(pool("blue", "10.6.0.0/24")).pools().size());
    }

    @Example
    void with_overlappingSubnet_namesRemainingPool() {
        PoolCatalog catalog = PoolCatalog.of(pool("amber", "10.5.0.0/16"), BLUE, GREEN);
        Pool moved = pool("blue", "10.6.0.0/24");
        InvalidCatalogException thrown = assertThrows(InvalidCatalogException.class, () -> catalog.with(moved));
        assertEquals(
                "two subnets must be equal or disjoint; pool green has 10.6.0.0/16",
                thrown.problems().get(0).rule());
    }

    @Example
    void of_equalNumbersInBothFamilies_isAccepted() {
        Pool sameNumbers = pool("low", "::/64", "::a06:1-::a06:9");
        assertEquals(PoolCatalog.of(sameNumbers, BLUE), PoolCatalog.of(BLUE).with(sameNumbers));
    }

    private static List<String> outline(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.type() + " " + problem.where())
                .toList();
    }

    @Example
    void problems_conflictingDefinition_addsNothing() {
        PoolCatalog catalog = PoolCatalog.of(BLUE, GREEN);
        PoolBuilder definition = Pool.builder("clash", "10.6.0.0/16")
                .ips("10.6.0.5", "bad")
                .problem(Problem.of(ProblemType.MALFORMED, "spec", "", "x"));
        assertEquals(
                List.of("INVALID spec.ips[1]", "MALFORMED spec", "FORBIDDEN spec.ips"),
                outline(catalog.problems(definition, EnumSet.allOf(Family.class))));
        PoolBuilder same = Pool.builder("blue", "10.6.0.0/16").ips("10.6.0.5");
        assertEquals(List.of(), catalog.problems(same, EnumSet.allOf(Family.class)));
        PoolBuilder beyond = Pool.builder("blue", "10.6.0.0/16").ips("10.6.0.2-10.7.0.1");
        HeldAddresses firstIsHeld =
                (pool, each) -> each.accept(BLUE.addresses().first().orElseThrow(), CART);
        assertEquals(
                List.of("INVALID spec.ips[0]"),
                outline(catalog.problems(beyond, EnumSet.allOf(Family.class), firstIsHeld)));
        PoolBuilder unreadable = Pool.builder("blue", "10.6");
        assertEquals(
                List.of("INVALID spec.subnet", "INVALID spec.ipVersion", "FORBIDDEN spec.subnet"),
                outline(catalog.problems(unreadable, EnumSet.allOf(Family.class), HeldAddresses.none())));
        PoolBuilder unknown = Pool.builder("blue", "10.6.0.0/16").family(5);
        assertEquals(
                List.of("NOT_SUPPORTED spec.ipVersion", "FORBIDDEN spec.ipVersion"),
                outline(catalog.problems(unknown, EnumSet.allOf(Family.class), HeldAddresses.none())));
        PoolBuilder moved = Pool.builder("blue", "10.7.0.0/16").family(6);
        assertEquals(
                List.of(
                        "INVALID spec.subnet",
                        "FORBIDDEN spec.ipVersion",
                        "FORBIDDEN spec.subnet",
                        "FORBIDDEN spec.ips"),
                outline(catalog.problems(moved, EnumSet.allOf(Family.class), firstIsHeld)));
    }

    @Example
    void usable_reservedAddress_isExcluded() {
        PoolCatalog catalog = PoolCatalog.of(
                List.of(BLUE, SIX),
                List.of(
                        ReservedRange.parse("b", Family.IPV4, List.of("10.6.0.3-10.6.0.200")),
                        ReservedRange.parse("a", Family.IPV4, List.of("10.6.0.1", "10.6.0.3"))));
        assertEquals(set("10.6.0.1", "10.6.0.3-10.6.0.200"), catalog.reserved(Family.IPV4));
        assertTrue(catalog.reserved(Family.IPV6).isEmpty());
        assertEquals(set("10.6.0.2"), catalog.usable(BLUE));
        assertSame(catalog.usable(BLUE), catalog.with(GREEN).usable(BLUE));
        assertSame(SIX.addresses(), catalog.usable(SIX));
        assertEquals(
                List.of("a", "b"),
                catalog.reservedRanges().stream().map(ReservedRange::name).toList());
        PoolCatalog lifted = catalog.withoutReserved("b");
        assertEquals(set("10.6.0.2", "10.6.0.4-10.6.0.9"), lifted.usable(BLUE));
        ReservedRange ending = catalog.reservedRanges().get(1).asTerminating();
        assertEquals(lifted.reserved(Family.IPV4), catalog.withReserved(ending).reserved(Family.IPV4));
        assertSame(catalog, catalog.withoutReserved("c"));
        assertEquals(catalog, lifted.withReserved(catalog.reservedRanges().get(1)));
    }

    private static AddressSet set(String... texts) {
        return AddressSet.parse(Family.IPV4, List.of(texts));
    }

    @Example
    void matching_pattern_returnsNamesInOrder() {
        List<Pool> pools = new ArrayList<>(List.of(SIX));
        for (String name : List.of("b", "a", "ab", "aB", "a/b", "\ud83d\ude00", "\uffee")) {
            pools.add(pool(name, "10.0.0.0/8"));
        }
        PoolCatalog catalog = PoolCatalog.of(pools, List.of());
        assertEquals(List.of("a", "aB", "ab"), matching(catalog, "a*"));
        assertEquals(List.of("a", "aB", "ab", "b", "\uffee", "\ud83d\ude00"), matching(catalog, "*"));
        assertEquals(List.of("a/b"), matching(catalog, "a/*"));
        assertEquals(List.of(), matching(catalog, "six*"));
    }

    private static List<String> matching(PoolCatalog catalog, String pattern) {
        return names(catalog.matching(PoolNamePattern.parse(pattern), Family.IPV4));
    }

    @Example
    void with_onePool_keepsOthers() {
        PoolCatalog catalog = PoolCatalog.of(BLUE, GREEN, SIX);
        PoolCatalog more = catalog.with(pool("red", "10.6.0.0/16", "10.6.0.40"));
        assertSame(BLUE, more.pool("blue").orElseThrow());
        assertEquals(3, catalog.pools().size());
        assertEquals("catalog " + more.version() + " (4 pools, 0 reserved ranges)", more.toString());
        List<Pool> source = new ArrayList<>(List.of(BLUE));
        PoolCatalog copy = PoolCatalog.of(source, List.of());
        source.add(GREEN);
        assertEquals(1, copy.pools().size());
        Pool[] array = {BLUE};
        PoolCatalog ofArray = PoolCatalog.of(array);
        array[0] = GREEN;
        assertSame(BLUE, ofArray.pools().get(0));
    }

    @Example
    void of_null_throws() {
        assertThrows(NullPointerException.class, () -> PoolCatalog.of(Arrays.asList(BLUE, null), List.of()));
        assertThrows(NullPointerException.class, () -> PoolCatalog.of(BLUE, null));
        assertThrows(NullPointerException.class, () -> PoolCatalog.EMPTY.with(null));
        assertThrows(NullPointerException.class, () -> PoolCatalog.EMPTY.withReserved(null));
        assertThrows(
                NullPointerException.class, () -> PoolCatalog.EMPTY.pools(null).size());
        assertThrows(NullPointerException.class, () -> PoolCatalog.EMPTY.defaults(null));
    }

    /** Each of many equal pools collides with all others: the list of problems stays bounded. */
    @Example
    void of_manyCollisions_listsBoundedNumber() {
        List<Pool> pools = IntStream.range(0, 3000)
                .mapToObj(i -> pool("p" + i, "10.6.0.0/16", "10.6.0.1-10.6.0.9"))
                .toList();
        assertListed(1, true, () -> PoolCatalog.of(pools, List.of()));
    }

    @Example
    void of_maximumNumberOfCollisions_listsAll() {
        List<Pool> nets = IntStream.range(0, Collision.LISTED + 1)
                .mapToObj(i ->
                        pool("n" + i, "10.6." + i / 256 + "." + i % 256 + "/32", "10.6." + i / 256 + "." + i % 256))
                .toList();
        Pool all = pool("all", "0.0.0.0/0", "10.0.0.0-10.255.255.255");
        for (int count : new int[] {Collision.LISTED, Collision.LISTED + 1}) {
            List<Pool> some = nets.subList(0, count);
            PoolCatalog catalog = PoolCatalog.of(some, List.of());
            assertListed(2, count > Collision.LISTED, () -> catalog.with(all));
            List<Pool> together = new ArrayList<>(some);
            together.add(all);
            assertListed(2, count > Collision.LISTED, () -> PoolCatalog.of(together, List.of()));
        }
    }

    /**
     * A number of kinds of problems, each listed up to the limit, and then a final one that reports
     * whether there are more.
     */
    private static void assertListed(int kinds, boolean more, Executable step) {
        List<Problem> problems =
                assertThrows(InvalidCatalogException.class, step).problems();
        assertEquals(kinds * (Collision.LISTED + (more ? 1 : 0)), problems.size());
        assertEquals(
                more ? kinds : 0,
                problems.stream()
                        .filter(problem -> problem.rule().startsWith("only the first " + Collision.LISTED))
                        .count());
    }
}
