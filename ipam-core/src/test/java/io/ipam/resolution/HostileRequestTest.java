package io.ipam.resolution;

import static io.ipam.fixture.Pools.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The limits of a request, and the cost of hostile requests among 10,000 pools. */
class HostileRequestTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int POOLS = 10_000;
    private static final String LONG = "a".repeat(245);

    private static final PoolCatalog PLAIN = catalog(i -> name(i), PoolAffinity.none());
    private static final PoolCatalog NETWORKED =
            catalog(HostileRequestTest::name, PoolAffinity.none().withAttachments(List.of("net/red")));
    private static final PoolCatalog LONG_NAMES = catalog(i -> LONG + i, PoolAffinity.none());

    private static String name(int i) {
        return "pool-" + i;
    }

    private static PoolCatalog catalog(IntFunction<String> nameOf, PoolAffinity affinity) {
        List<Pool> pools = IntStream.range(0, POOLS)
                .mapToObj(i -> numbered(nameOf.apply(i), i, 9).toBuilder()
                        .affinity(affinity)
                        .build())
                .toList();
        return PoolCatalog.of(pools, List.of());
    }

    private static PoolSelections interfaces(PoolSelections selections, int count, IntFunction<String> network) {
        List<InterfaceRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(InterfaceRequest.of("net" + i).withAttachment(network.apply(i)));
        }
        return selections.withInterfaces(requests);
    }

    private static Resolution resolve(PoolSelections selections, PoolCatalog catalog) {
        return Requests.RESOLVER.resolve(Requests.cart(), selections, catalog, UsageView.none());
    }

    /**
     * The minimum processor time and garbage of several runs, including the texts of a refusal. The
     * bound of time is three times the documented one because the probes of JaCoCo double the time.
     */
    private static void assertCheap(Supplier<Resolution> run) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long id = Thread.currentThread().getId();
            long started = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getThreadAllocatedBytes(id);
            Resolution resolution = run.get();
            assertFalse(resolution.message().isEmpty());
            bytes = Math.min(bytes, THREADS.getThreadAllocatedBytes(id) - before);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - started);
        }
        long milliseconds = nanos / 1_000_000;
        long megabytes = bytes >> 20;
        assertTrue(milliseconds < 300, () -> milliseconds + " ms");
        assertTrue(megabytes < 16, () -> megabytes + " MB");
    }

    @Test
    void resolve_moreInterfacesThanTheLimit_isRefusedAndNamesTheLimit() {
        PoolSelections many = interfaces(Requests.pod("*"), 2_000, i -> "net/n" + i);
        Resolution refused = resolve(many, PLAIN);
        assertEquals(
                "interfaces: \"2000\": a request must have at most 256 interfaces; "
                        + "request fewer interfaces, or raise maxInterfaces in the resolver's settings",
                refused.problems().get(0).message());
        assertEquals(List.of(), refused.demands());
        assertFalse(refused.servable());
        assertCheap(() -> resolve(many, PLAIN));
    }

    @Test
    void resolve_limitOnInterfacesRaised_isServed() {
        PoolSelections many = interfaces(Requests.pod("pool-1"), 300, i -> "net/n" + i);
        PoolResolver wide = PoolResolver.of(ResolverSettings.defaults().withMaxInterfaces(300));
        assertEquals(
                300,
                wide.resolve(Requests.cart(), many, PLAIN, UsageView.none())
                        .demands()
                        .size());
    }

    @Test
    void resolve_allPoolsForTheMostInterfaces_sharesOneListAndIsCheap() {
        PoolSelections many = interfaces(Requests.pod("*"), 256, i -> "net/n" + i);
        List<DemandResolution> demands = resolve(many, PLAIN).demands();
        assertEquals(256, demands.size());
        demands.forEach(demand -> assertSame(demands.get(0).pools(), demand.pools()));
        assertEquals(POOLS, demands.get(0).pools().size());
        assertCheap(() -> resolve(many, PLAIN));
    }

    /** Each interface names the pools in a different text. */
    @Test
    void resolve_equalListsOfItems_shareOneList() {
        List<PodSelection.Item> items = IntStream.range(0, 256)
                .mapToObj(i -> PodSelection.Item.named("net" + i, PoolNames.of(Family.IPV4, new String("*"))))
                .toList();
        PoolSelections many =
                interfaces(PoolSelections.none().withPod(new PodSelection.PerInterface(items)), 256, i -> "net/n" + i);
        List<DemandResolution> demands = resolve(many, PLAIN).demands();
        demands.forEach(demand -> assertSame(demands.get(0).pools(), demand.pools()));
        assertCheap(() -> resolve(many, PLAIN));
    }

    /** Every pool is rejected for every interface, each time for another network. */
    @Test
    void resolve_networksThatNoPoolLists_isCheapAndNamesTheNetworkOfEachInterface() {
        PoolSelections many = interfaces(Requests.pod("*"), 256, i -> "net/n" + i);
        List<DemandResolution> demands = resolve(many, NETWORKED).demands();
        for (int i = 0; i < 256; i++) {
            List<Rejection> rejections = demands.get(i).rejections();
            assertEquals(POOLS, rejections.size());
            assertEquals(
                    "serves networks [net/red], not net/n" + i,
                    rejections.get(POOLS - 1).reason());
        }
        assertCheap(() -> resolve(many, NETWORKED));
    }

    @Test
    void resolve_oneInterfaceOnAListedNetwork_hasItsOwnCandidates() {
        PoolSelections two = interfaces(Requests.pod("pool-1", "pool-2"), 2, i -> i == 0 ? "net/red" : "net/blue")
                .withInterfaces(List.of(
                        InterfaceRequest.of("net0").withAttachment("net/red"),
                        InterfaceRequest.of("net1").withAttachment("net/blue")));
        List<DemandResolution> demands = resolve(two, NETWORKED).demands();
        assertEquals(List.of("pool-1", "pool-2"), Requests.candidates(demands.get(0)));
        assertEquals(List.of("pool-1", "pool-2"), Requests.rejected(demands.get(1)));
        assertNotSame(demands.get(0).pools(), demands.get(1).pools());
    }

    @Test
    void resolve_patternLongerThanTheLimit_isRefusedAndNamesTheLimit() {
        String text = "*".repeat(175 * 1024);
        Resolution refused = resolve(Requests.pod(text), PLAIN);
        assertEquals(1, refused.problems().size());
        String message = refused.problems().get(0).message();
        assertTrue(message.startsWith("pod.ipv4[0]: "), message);
        assertTrue(
                message.endsWith("a pattern must have at most 1024 characters, this one has 179200; "
                        + "shorten it, or raise maxPatternLength in the resolver's settings"),
                message);
        assertCheap(() -> resolve(Requests.pod(text), PLAIN));
    }

    @Test
    void resolve_limitOnPatternsRaised_matches() {
        PoolResolver wide = PoolResolver.of(ResolverSettings.defaults().withMaxPatternLength(2_000));
        PoolSelections stars = Requests.pod("*".repeat(2_000));
        assertTrue(wide.resolve(Requests.cart(), stars, PLAIN, UsageView.none()).servable());
    }

    /** Nine kilobytes of patterns that nearly match every long name at every place. */
    @Test
    void resolve_patternsThatNearlyMatch_isRefusedWithinItsSteps() {
        String[] patterns = IntStream.range(0, 9)
                .mapToObj(i -> "*" + "[a-za-za-z]?a".repeat(45) + i + "b")
                .toArray(String[]::new);
        Resolution refused = resolve(Requests.pod(patterns), LONG_NAMES);
        assertEquals(
                "pool patterns: \"\": the patterns of a request must be matched within 5000000 steps; "
                        + "use fewer or simpler patterns, or raise maxPatternSteps in the resolver's settings",
                refused.problems().get(0).message());
        assertCheap(() -> resolve(Requests.pod(patterns), LONG_NAMES));
    }

    /** A class of many ranges costs as much as one of a few. */
    @Test
    void resolve_classOfManyRanges_isCheap() {
        String pattern = "[" + "a-z".repeat(335) + "]*9";
        Resolution resolution = resolve(Requests.pod(pattern), LONG_NAMES);
        assertEquals(List.of(), resolution.problems());
        assertCheap(() -> resolve(Requests.pod(pattern), LONG_NAMES));
    }

    /** Thousands of patterns that match everything, each with repeated names. */
    @Test
    void resolve_manyPatternsThatMatchEverything_isRefusedWithinItsSteps() {
        String[] patterns = IntStream.range(1, 1_000).mapToObj("*"::repeat).toArray(String[]::new);
        assertEquals(1, resolve(Requests.pod(patterns), PLAIN).problems().size());
        assertCheap(() -> resolve(Requests.pod(patterns), PLAIN));
    }

    /** The input of a careful user stays far below the limit. */
    @Test
    void resolve_thirtyPatternsAmongTenThousandPools_isServed() {
        String[] patterns = IntStream.range(0, 30).mapToObj(i -> "*-" + i + "?").toArray(String[]::new);
        Resolution resolution = resolve(Requests.pod(patterns), PLAIN);
        assertTrue(resolution.servable(), resolution::message);
        assertEquals(290, resolution.demands().get(0).pools().size());
    }

    @Test
    void resolve_moreProblemsThanTheLimit_countsTheOthers() {
        String[] malformed = IntStream.range(0, 2_000).mapToObj(i -> i + "[]").toArray(String[]::new);
        List<String> messages = resolve(Requests.pod(malformed), PLAIN).problems().stream()
                .map(problem -> problem.message())
                .toList();
        assertEquals(51, messages.size());
        assertEquals("\"1950\": only the first 50 problems are listed, not these 1950", messages.get(50));
    }

    /** The same mistake in every interface is one mistake. */
    @Test
    void resolve_oneMalformedPatternForManyInterfaces_isOneProblem() {
        PoolSelections many = interfaces(Requests.pod("[]"), 200, i -> "net/n" + i);
        assertEquals(1, resolve(many, PLAIN).problems().size());
    }

    @Test
    void explain_longLists_areCut() {
        String text = resolve(Requests.pod("*"), PLAIN).explain();
        assertTrue(text.contains("  50. pool-1041 "), text);
        assertTrue(text.endsWith("  and 9950 more\n"), text);
        PoolSelections many = interfaces(Requests.pod("*"), 256, i -> "net/n" + i);
        String refused = resolve(many, NETWORKED).explain();
        assertTrue(refused.length() < 2 << 20, () -> refused.length() + " characters");
    }

    @Test
    void withLimits_lessThanOne_areRejected() {
        ResolverSettings settings = ResolverSettings.defaults();
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxInterfaces(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxPatternLength(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxPatternSteps(0));
        assertThrows(IllegalArgumentException.class, () -> settings.withMaxProblems(0));
    }
}
