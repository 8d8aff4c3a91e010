package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The catalog of the documents that do not clash. */
class FittingCatalogTest {
    private static final Instant DELETED = Instant.parse("2026-01-01T00:00:00Z");

    private static Pool pool(String name, String subnet, String ips) {
        return Pool.builder(name, subnet).ips(ips).build();
    }

    private static Documents documents(Pool... pools) {
        List<Document> items = new ArrayList<>();
        for (Pool pool : pools) {
            items.add(PoolDocument.of(pool));
        }
        return new Documents(items);
    }

    private static List<String> names(PoolCatalog catalog) {
        return catalog.pools().stream().map(Pool::name).toList();
    }

    @Test
    void toFittingCatalog_allFit_equalsTheStrictOne() {
        Documents documents =
                documents(pool("a", "10.1.0.0/24", "10.1.0.1-10.1.0.9"), pool("b", "10.2.0.0/24", "10.2.0.1"));
        assertEquals(new FittingCatalog(documents.toCatalog(), List.of()), documents.toFittingCatalog());
    }

    @Test
    void toFittingCatalog_clashes_namesThePools() {
        Documents documents = documents(
                pool("wide", "10.0.0.0/8", "10.9.0.1"),
                pool("b", "10.1.0.0/24", "10.1.0.1-10.1.0.9"),
                pool("c", "11.0.0.0/8", "11.0.0.1-11.0.0.9"),
                pool("d", "11.0.0.0/8", "11.0.0.9-11.0.0.20"),
                pool("c", "12.0.0.0/8", "12.0.0.1"));
        FittingCatalog fitting = documents.toFittingCatalog();
        assertEquals(List.of("c", "wide"), names(fitting.catalog()));
        assertEquals(
                List.of(
                        "SpiderIPPool b does not fit [wide]: spec.subnet: \"10.1.0.0/24\": two subnets must be equal"
                                + " or disjoint; pool wide has 10.0.0.0/8; use 10.0.0.0/8, or a disjoint"
                                + " subnet",
                        "SpiderIPPool d does not fit [c]: spec.ips: \"11.0.0.9\": an address must be in one pool only;"
                                + " pool c has [11.0.0.9] too; take them out of spec.ips, or add them to"
                                + " spec.excludeIPs, in one of the two",
                        "SpiderIPPool c does not fit [c]: metadata.name: \"c\": must be unique; rename or remove one"
                                + " of them"),
                fitting.misfits().stream().map(FittingCatalog.Misfit::toString).toList());
        assertThrows(InvalidCatalogException.class, documents::toCatalog);
    }

    @Test
    void toFittingCatalog_firstIsTerminating_isOmitted() {
        Pool leaving = pool("a", "10.1.0.0/24", "10.1.0.1-10.1.0.9").toBuilder()
                .terminating(DELETED)
                .build();
        Documents documents = documents(leaving, pool("b", "10.1.0.0/24", "10.1.0.5"));
        FittingCatalog fitting = documents.toFittingCatalog();
        assertEquals(List.of("b"), names(fitting.catalog()));
        assertEquals("a", fitting.misfits().get(0).document().name());
        assertEquals(List.of("b"), fitting.misfits().get(0).clashesWith());
    }

    @Test
    void toFittingCatalog_reservedNameTwice_keepsTheFirst() {
        ReservedRange first = ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1"));
        ReservedRange second = ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.2"));
        Documents documents = new Documents(List.of(
                ReservedDocument.of(first),
                PoolDocument.of(pool("a", "10.1.0.0/24", "10.1.0.1-10.1.0.9")),
                ReservedDocument.of(second)));
        FittingCatalog fitting = documents.toFittingCatalog();
        assertEquals(List.of(first), fitting.catalog().reservedRanges());
        assertEquals(List.of("a"), names(fitting.catalog()));
        assertEquals(List.of("r"), fitting.misfits().get(0).clashesWith());
    }

    /** Adds the pools one by one to a strict catalog, those that are being deleted last. */
    @Property(tries = 500)
    void toFittingCatalog_anyPools_agreesWithAddingOneByOne(
            @ForAll @Size(max = 12) List<@IntRange(max = 399) Integer> numbers) {
        List<Pool> pools = numbers.stream().map(FittingCatalogTest::numbered).toList();
        List<Pool> kept = new ArrayList<>();
        for (boolean terminating : new boolean[] {false, true}) {
            for (Pool pool : pools) {
                List<Pool> more = new ArrayList<>(kept);
                more.add(pool);
                if (pool.isTerminating() == terminating && fits(more)) {
                    kept.add(pool);
                }
            }
        }
        FittingCatalog fitting = documents(pools.toArray(Pool[]::new)).toFittingCatalog();
        assertEquals(PoolCatalog.of(kept, List.of()), fitting.catalog());
        assertEquals(pools.size(), kept.size() + fitting.misfits().size());
        for (FittingCatalog.Misfit misfit : fitting.misfits()) {
            assertTrue(names(fitting.catalog()).containsAll(misfit.clashesWith()));
            assertTrue(!misfit.clashesWith().isEmpty() && !misfit.problems().isEmpty());
        }
    }

    private static boolean fits(List<Pool> pools) {
        try {
            PoolCatalog.of(pools, List.of());
            return true;
        } catch (InvalidCatalogException e) {
            return false;
        }
    }

    /** One of five names, of four subnets, and of four ranges; or terminating. */
    private static Pool numbered(int number) {
        String[] subnets = {"10.1.0.0/24", "10.0.0.0/8", "11.0.0.0/24", "12.0.0.0/24"};
        String subnet = subnets[number / 5 % 4];
        String base = subnet.startsWith("10.") ? "10.1.0." : subnet.substring(0, 2) + ".0.0.";
        int from = 1 + 3 * (number / 20 % 4);
        Pool pool = pool("p" + number % 5, subnet, base + from + "-" + base + (from + 3));
        return number >= 320 ? pool.toBuilder().terminating(DELETED).build() : pool;
    }

    /** A hostile list: the same addresses 5,000 times, after 5,000 pools that fit. */
    @Test
    void toFittingCatalog_thousandsClash_isBounded() {
        List<Document> items = new ArrayList<>();
        IntStream.range(0, 5_000).forEach(i -> {
            String base = "10." + i / 256 + "." + i % 256 + ".";
            items.add(PoolDocument.of(pool("fits-" + i, base + "0/24", base + "1-" + base + "9")));
            items.add(PoolDocument.of(pool("clash-" + i, "10.0.0.0/24", "10.0.0.1-10.0.0.9")));
        });
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        FittingCatalog fitting = new Documents(items).toFittingCatalog();
        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
        assertEquals(5_000, fitting.misfits().size());
        assertEquals(List.of("fits-0"), fitting.misfits().get(4_999).clashesWith());
        assertTrue(millis < 20_000, () -> millis + " ms of processor time");
    }
}
