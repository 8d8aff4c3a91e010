package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The catalog against a naive one: a map of pools, compared pair by pair. */
class PoolCatalogModelTest {
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** One change: a pool to add, or a name to remove. */
    record Change(Optional<Pool> added, String removed) {}

    @Property(tries = 1000)
    void of_anyPools_agreesWithModel(@ForAll("pools") List<Pool> pools) {
        boolean fits = fits(pools);
        assertEquals(fits, succeeds(() -> PoolCatalog.of(pools, List.of())).isPresent());
    }

    /**
     * Each change is accepted or refused like in the model, and its result equals a new catalog of
     * all pools.
     */
    @Property(tries = 1000)
    void changes_anySequence_equalNewCatalog(@ForAll("changes") List<Change> changes) {
        PoolCatalog catalog = PoolCatalog.EMPTY;
        TreeMap<String, Pool> model = new TreeMap<>(BY_BYTES);
        for (Change change : changes) {
            if (change.added().isPresent()) {
                Pool pool = change.added().get();
                TreeMap<String, Pool> next = new TreeMap<>(model);
                next.put(pool.name(), pool);
                PoolCatalog before = catalog;
                Optional<PoolCatalog> changed = succeeds(() -> before.with(pool));
                assertEquals(fits(next.values()), changed.isPresent());
                model = changed.isPresent() ? next : model;
                catalog = changed.orElse(catalog);
            } else {
                model.remove(change.removed());
                catalog = catalog.without(change.removed());
            }
            assertSameAs(PoolCatalog.of(model.values(), List.of()), catalog, model);
        }
    }

    private static void assertSameAs(PoolCatalog anew, PoolCatalog catalog, TreeMap<String, Pool> model) {
        assertEquals(anew, catalog);
        catalog.verify();
        assertEquals(List.copyOf(model.values()), catalog.pools());
        model.forEach((name, pool) -> assertSame(pool, catalog.pool(name).orElseThrow()));
        for (Family family : Family.values()) {
            assertEquals(anew.defaults(family), catalog.defaults(family));
            assertEquals(anew.pools(family), catalog.pools(family));
        }
    }

    /** Prefixes of both families: the pools' prefixes, and others within and around them. */
    @Property(tries = 1000)
    void poolsOfSubnet_anyPrefix_areThoseOfAScan(
            @ForAll("pools") List<Pool> pools, @ForAll("changes") List<Change> changes) {
        PoolCatalog catalog = succeeds(() -> PoolCatalog.of(pools, List.of())).orElse(PoolCatalog.EMPTY);
        for (Change change : changes) {
            PoolCatalog before = catalog;
            catalog = succeeds(() -> change.added().map(before::with).orElseGet(() -> before.without(change.removed())))
                    .orElse(before);
            for (String base : List.of("10.0.0.0", "10.0.0.4", "10.0.0.8", "::a00:0", "fd00::", "fd00::4", "fd00::8")) {
                Address address = Address.parse(base);
                for (int length = address.family().bits() - 5;
                        length <= address.family().bits();
                        length++) {
                    Prefix prefix = Prefix.masked(address, length);
                    List<Pool> expected = catalog.pools().stream()
                            .filter(pool -> pool.subnet().equals(prefix))
                            .toList();
                    assertEquals(expected, catalog.poolsOfSubnet(prefix));
                }
            }
        }
    }

    /** The pools of an address, and the differences of two catalogs. */
    @Property(tries = 1000)
    void lookUps_anyCatalog_agreeWithScan(@ForAll("pools") List<Pool> pools, @ForAll("pools") List<Pool> others) {
        Optional<PoolCatalog> before = succeeds(() -> PoolCatalog.of(pools, List.of()));
        Optional<PoolCatalog> after = succeeds(() -> PoolCatalog.of(others, List.of()));
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        for (String text : List.of("10.0.0.", "fd00::")) {
            for (int i = 0; i < 17; i++) {
                Address address = Address.parse(text + i);
                Optional<Pool> expected = pools.stream()
                        .filter(pool -> pool.addresses().contains(address))
                        .findFirst();
                assertEquals(expected, before.get().poolOf(address));
            }
        }
        List<String> expected = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(BY_BYTES);
        pools.forEach(pool -> names.add(pool.name()));
        others.forEach(pool -> names.add(pool.name()));
        for (String name : names) {
            Optional<Pool> was = before.get().pool(name);
            Optional<Pool> is = after.get().pool(name);
            if (!was.equals(is)) {
                expected.add(was + " " + is);
            }
        }
        List<String> actual = before.get().differences(after.get()).stream()
                .map(difference -> difference.before() + " " + difference.after())
                .toList();
        assertEquals(expected, actual);
    }

    @Property
    void usable_anyReservedRanges_omitsThemFromEveryPool(
            @ForAll("pools") List<Pool> pools, @ForAll("ranges") List<ReservedRange> ranges) {
        Optional<PoolCatalog> plain = succeeds(() -> PoolCatalog.of(pools, List.of()));
        if (plain.isEmpty()) {
            return;
        }
        PoolCatalog catalog = plain.get();
        TreeMap<String, ReservedRange> model = new TreeMap<>(BY_BYTES);
        for (ReservedRange range : ranges) {
            model.put(range.name(), range);
            catalog = catalog.withReserved(range);
        }
        assertEquals(PoolCatalog.of(pools, model.values()), catalog);
        for (Pool pool : pools) {
            AddressSet expected = pool.addresses();
            for (ReservedRange range : model.values()) {
                if (range.family() == pool.family() && !range.terminating()) {
                    expected = expected.minus(range.addresses());
                }
            }
            assertEquals(expected, catalog.usable(pool));
            assertEquals(pool.addresses(), plain.get().usable(pool));
            assertEquals(expected, catalog.usable(pool));
        }
    }

    @Property
    void matching_anyPattern_agreesWithScan(@ForAll("pools") List<Pool> pools, @ForAll("patterns") String text) {
        TreeMap<String, Pool> named = new TreeMap<>(BY_BYTES);
        pools.forEach(pool -> named.put(
                pool.name(),
                Pool.builder(pool.name(), pool.subnet().family() == Family.IPV4 ? "10.0.0.0/8" : "fd00::/8")
                        .build()));
        PoolCatalog catalog = PoolCatalog.of(named.values(), List.of());
        PoolNamePattern pattern = PoolNamePattern.parse(text);
        for (Family family : Family.values()) {
            List<Pool> expected = named.values().stream()
                    .filter(pool -> pool.family() == family && pattern.matches(pool.name()))
                    .toList();
            assertEquals(expected, catalog.matching(pattern, family));
        }
    }

    /** The contract, stated directly. */
    private static boolean fits(Collection<Pool> pools) {
        List<Pool> list = new ArrayList<>(pools);
        for (int i = 0; i < list.size(); i++) {
            for (int j = 0; j < i; j++) {
                Pool one = list.get(i);
                Pool other = list.get(j);
                boolean sameFamily = one.family() == other.family();
                if (one.name().equals(other.name())
                        || (!one.subnet().equals(other.subnet()) && one.subnet().overlaps(other.subnet()))
                        || (sameFamily && one.addresses().overlaps(other.addresses()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Optional<PoolCatalog> succeeds(Supplier<PoolCatalog> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidCatalogException e) {
            assertTrue(e.problems().size() >= 1);
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Change> add = pool().map(pool -> new Change(Optional.of(pool), ""));
        Arbitrary<Change> remove = names().map(name -> new Change(Optional.empty(), name));
        return Arbitraries.frequencyOf(Tuple.of(5, add), Tuple.of(1, remove))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Pool>> pools() {
        return pool().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<ReservedRange>> ranges() {
        return Combinators.combine(Arbitraries.of("r", "s", "t"), span("10.0.0."), Arbitraries.of(true, false))
                .as((name, ips, terminating) -> {
                    ReservedRange range = ReservedRange.parse(name, Family.IPV4, List.of(ips));
                    return terminating ? range.asTerminating() : range;
                })
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("*", "a*", "?", "[ab]", "a", "*b", "a\\*", "", "c*d", "ab*");
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "c", "d", "ab", "abc", "\ud83d\ude00", "\uffee");
    }

    /** Pools in a /28 or its /29s: most lists are compatible, many are not. */
    private static Arbitrary<Pool> pool() {
        return Arbitraries.frequencyOf(Tuple.of(3, pool("10.0.0.", 28)), Tuple.of(1, pool("fd00::", 124)));
    }

    private static Arbitrary<Pool> pool(String base, int length) {
        Arbitrary<String> subnets = Arbitraries.of(
                base + "0/" + length,
                base + "0/" + (length + 1),
                base + "8/" + (length + 1),
                base + "4/" + (length + 2));
        return Combinators.combine(
                        names(),
                        subnets,
                        span(base).list().ofMaxSize(3),
                        span(base).list().ofMaxSize(1),
                        Arbitraries.of(true, false))
                .as((name, subnet, ips, excluded, isDefault) ->
                        Pool.builder(name, subnet).ips(ips).excludeIps(excluded).defaultPool(isDefault))
                .filter(builder -> builder.problems().isEmpty())
                .map(PoolBuilder::build);
    }

    private static Arbitrary<String> span(String base) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 1))
                .as((from, more) -> base + from + "-" + base + (from + more));
    }
}
