package io.ipam.micrometer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.Observation;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.RefusalReason;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IpamMetricsTest {
    private static final Pool V4 =
            Pool.builder("v4", "10.6.0.0/24").ips("10.6.0.10-10.6.0.13").build();
    private static final Pool V6 = Pool.builder("v6", "2001:db8::/64")
            .ips("2001:db8::-2001:db8::ffff:ffff:ffff:ffff")
            .build();
    private static final Pool OTHER =
            Pool.builder("other", "10.7.0.0/24").ips("10.7.0.10-10.7.0.19").build();
    private static final ReservedRange RESERVED = ReservedRange.parse("gate", Family.IPV4, List.of("10.6.0.13"));
    private static final PoolCatalog CATALOG = PoolCatalog.of(List.of(V4, V6), List.of(RESERVED));
    private static final PoolSelections BOTH = PoolSelections.none()
            .withPod(new PoolNames(Map.of(Family.IPV4, List.of("v4"), Family.IPV6, List.of("v6"))));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IpamMetrics metrics = IpamMetrics.of(registry);

    @Test
    void of_newRegistry_countersAreZero() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("ipam.allocation.counts", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=invalid_request", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=no_candidate", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=pool_missing", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=exhausted", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=conflict", 0.0),
                        Map.entry("ipam.allocation.failure.counts reason=owner_conflict", 0.0),
                        Map.entry("ipam.allocation.duration", 0.0),
                        Map.entry("ipam.allocation.ip.counts", 0.0),
                        Map.entry("ipam.release.counts", 0.0),
                        Map.entry("ipam.release.duration", 0.0),
                        Map.entry("ipam.release.ip.counts", 0.0),
                        Map.entry("ip.gc.counts", 0.0),
                        Map.entry("ipam.reload.counts", 0.0),
                        Map.entry("ipam.trim.failure.counts", 0.0)),
                values());
    }

    @Test
    void allocate_severalAddresses_countsOneRequestAndEachAddress() {
        Ipam ipam = watched(CATALOG);
        Workload pod = stateless("a");
        ipam.allocate(pod, BOTH).orElseThrow();
        ipam.allocate(pod, BOTH).orElseThrow();
        assertEquals(1, value("ipam.allocation.counts"), "the second time it held them already");
        assertEquals(2, value("ipam.allocation.ip.counts"));
        ipam.release(pod.owner());
        ipam.release(pod.owner());
        assertEquals(1, value("ipam.release.counts"), "the second time it held nothing");
        assertEquals(2, value("ipam.release.ip.counts"));
        assertEquals(0, value("ip.gc.counts"));
    }

    @Test
    void allocate_renewal_countsNoNewAddress() {
        Ipam ipam = watched(CATALOG);
        ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", "u1")), BOTH).orElseThrow();
        ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", "u2")), BOTH).orElseThrow();
        assertEquals(2, value("ipam.allocation.counts"));
        assertEquals(2, value("ipam.allocation.ip.counts"));
        assertEquals(0, value("ipam.release.ip.counts"));
    }

    @Test
    void allocate_moveToAnotherPool_countsRequestAndRelease() {
        Ipam ipam = watched(CATALOG.with(OTHER));
        ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", "u1")), pools("v4"))
                .orElseThrow();
        ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", "u2")), pools("other"))
                .orElseThrow();
        assertEquals(0, gauge("allocated", "v4"));
        assertEquals(1, gauge("allocated", "other"));
        assertEquals(2, value("ipam.allocation.counts"));
        assertEquals(2, value("ipam.allocation.ip.counts"));
        assertEquals(1, value("ipam.release.counts"));
        assertEquals(1, value("ipam.release.ip.counts"));
    }

    @Test
    void allocate_refused_countsByReason() {
        Ipam ipam = watched(CATALOG);
        for (String name : List.of("a", "b", "c", "d", "e")) {
            ipam.allocate(stateless(name), BOTH);
        }
        assertEquals(2, failures(RefusalReason.EXHAUSTED));
        ipam.allocate(stateless("f"), pools("unknown"));
        assertEquals(1, failures(RefusalReason.NO_CANDIDATE));
        PoolSelections.GivenAddress reserved = new PoolSelections.GivenAddress("eth0", Address.parse("10.6.0.13"));
        ipam.allocate(stateless("g"), BOTH.withGiven(List.of(reserved)));
        assertEquals(1, failures(RefusalReason.CONFLICT));
        assertEquals(3 + 4, value("ipam.allocation.counts"), "granted and refused");
        assertEquals(6, value("ipam.allocation.ip.counts"));
        assertEquals(7, registry.get("ipam.allocation.duration").timer().count());
    }

    @Test
    void of_everyReason_hasACounter() {
        for (RefusalReason reason : RefusalReason.values()) {
            metrics.on(new AllocationEvent.Refused(Owner.stateless("shop", "a", "u"), reason, 1));
            assertEquals(1, failures(reason));
        }
        assertEquals(RefusalReason.values().length, value("ipam.allocation.counts"));
    }

    @Test
    void timers_request_recordItsDuration() {
        Owner owner = Owner.stateless("shop", "a", "u");
        Address address = Address.parse("10.6.0.10");
        metrics.on(new AllocationEvent.Granted(owner, "eth0", "v4", address, 1, false, 0, 3_000));
        metrics.on(new AllocationEvent.Granted(owner, "net1", "v4", address.next(), 2, false, 1, 3_000));
        metrics.on(new AllocationEvent.Refused(owner, RefusalReason.CONFLICT, 4_000));
        metrics.on(new AllocationEvent.Released(owner, "eth0", "v4", address, 1, 0, 500));
        metrics.on(new AllocationEvent.Released(owner, "net1", "v4", address.next(), 2, 1, 500));
        assertEquals(7, registry.get("ipam.allocation.duration").timer().totalTime(TimeUnit.MICROSECONDS), 1e-9);
        assertEquals(2, registry.get("ipam.allocation.duration").timer().count());
        assertEquals(500, registry.get("ipam.release.duration").timer().totalTime(TimeUnit.NANOSECONDS), 1e-9);
        assertEquals(1, registry.get("ipam.release.duration").timer().count());
    }

    @Test
    void reconcile_orphans_countAsCollected() {
        Ipam ipam = metrics.watch(
                Ipam.of(CATALOG, IpamSettings.defaults().withListener(metrics).withReconcileGrace(Duration.ZERO)));
        ipam.allocate(stateless("a"), BOTH).orElseThrow();
        for (int i = 0; i < 2; i++) {
            Observation observation = ipam.observe();
            ipam.reconcile(observation, List.of(), ReconcileMode.FREE);
        }
        assertEquals(2, value("ip.gc.counts"));
        assertEquals(2, value("ipam.release.ip.counts"));
        assertEquals(0, gauge("allocated", "v4"));
    }

    @Test
    void gauges_ofPool_matchItsUsage() {
        Ipam ipam = metrics.watch(
                Ipam.of(CATALOG, IpamSettings.defaults().withListener(metrics).withCoolDown(Duration.ofHours(1))));
        assertGauges("v4", 4, 0, 3, 1, 0);
        ipam.allocate(stateless("a"), BOTH).orElseThrow();
        ipam.allocate(stateless("b"), BOTH).orElseThrow();
        assertGauges("v4", 4, 2, 1, 1, 0);
        ipam.release(stateless("a").owner());
        assertGauges("v4", 4, 1, 2, 1, 1);
        assertEquals(0x1p64, gauge("total", "v6"));
        assertEquals(1, gauge("allocated", "v6"));
    }

    @Test
    void gauges_catalogChanged_followIt() {
        Ipam ipam = watched(CATALOG);
        swap(ipam, CATALOG.with(OTHER).without("v6"));
        assertEquals(Set.of("v4", "other"), poolsWithGauges());
        assertGauges("other", 10, 0, 10, 0, 0);
        Pool larger =
                Pool.builder("other", "10.7.0.0/24").ips("10.7.0.10-10.7.0.29").build();
        swap(ipam, ipam.catalog().with(larger).withoutReserved("gate"));
        assertGauges("other", 20, 0, 20, 0, 0);
        assertGauges("v4", 4, 0, 4, 0, 0);
        swap(ipam, PoolCatalog.EMPTY);
        assertEquals(Set.of(), poolsWithGauges());
        swap(ipam, CATALOG);
        assertGauges("v4", 4, 0, 3, 1, 0);
    }

    @Test
    void on_foreignSwapOrReload_followsTheCatalogOfTheStore() {
        InMemoryStore store = new InMemoryStore();
        try (Ipam other = Ipam.create(store.session(), CATALOG, IpamSettings.defaults());
                Ipam ipam = Ipam.open(
                        store.session(),
                        IpamSettings.defaults().withListener(metrics).withForeignEvents(true))) {
            metrics.watch(ipam);
            assertTrue(
                    other.update(other.catalog(), other.catalog().with(OTHER)).isUpdated());
            ipam.sync();
            metrics.on(new AllocationEvent.Foreign(
                    new AllocationEvent.Swapped(ipam.catalog().version())));
            assertGauges("other", 10, 0, 10, 0, 0);
            metrics.on(new AllocationEvent.Reloaded(1, 2, AllocationEvent.Reloaded.Cause.TRIMMED, List.of()));
            assertEquals(1, value("ipam.reload.counts"));
            metrics.on(new AllocationEvent.TrimFailed(new StoreUnavailableException("no right")));
            assertEquals(1, value("ipam.trim.failure.counts"));
        }
    }

    @Test
    void stopped_ipamIsClosed_becomesOne() {
        Ipam ipam = Ipam.create(
                new InMemoryStore().session(), CATALOG, IpamSettings.defaults().withListener(metrics));
        metrics.watch(ipam);
        assertEquals(0, registry.get("ipam.stopped").gauge().value());
        ipam.close();
        assertEquals(1, registry.get("ipam.stopped").gauge().value());
        assertTrue(ipam.state().failure().isPresent());
    }

    @Test
    void age_overAStoreThatFails_grows() {
        AtomicBoolean fails = new AtomicBoolean();
        InMemoryStore store = new InMemoryStore();
        Ipam.create(store.session(), CATALOG, IpamSettings.defaults()).close();
        IpamSettings settings = IpamSettings.defaults().withNewsInterval(Duration.ofMillis(1));
        try (Ipam ipam = Ipam.open(failing(store.session(), fails), settings.withListener(metrics))) {
            metrics.watch(ipam);
            ipam.sync();
            fails.set(true);
            TimeGauge age = registry.get("ipam.replica.age").timeGauge();
            await("the age grows", () -> age.value(TimeUnit.MILLISECONDS) >= 50);
            double grown = age.value(TimeUnit.MILLISECONDS);
            fails.set(false);
            ipam.sync();
            await("the age begins again", () -> age.value(TimeUnit.MILLISECONDS) < grown);
        }
        metrics.close();
        assertEquals(List.of(), registry.getMeters());
    }

    private static StateStore failing(StateStore store, AtomicBoolean fails) {
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    if (fails.get() && method.getName().equals("newsAfter")) {
                        throw new StoreUnavailableException("failed");
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void age_withoutAStore_isZero() {
        watched(CATALOG);
        assertEquals(0, registry.get("ipam.replica.age").timeGauge().value());
    }

    @Test
    void gauges_poolsReplaced_leaveNoMeter() {
        Ipam ipam = watched(CATALOG);
        int before = registry.getMeters().size();
        for (int i = 0; i < 50; i++) {
            Pool passing = Pool.builder("passing-" + i, "10.8." + i + ".0/24")
                    .ips("10.8." + i + ".1")
                    .build();
            swap(ipam, CATALOG.with(passing));
            assertEquals(before + 5, registry.getMeters().size());
        }
        swap(ipam, CATALOG);
        assertEquals(before, registry.getMeters().size());
    }

    @Test
    void gauges_poolRemovedByForce_removedButReleasesCount() {
        Ipam ipam = watched(CATALOG);
        ipam.allocate(stateless("a"), BOTH).orElseThrow();
        assertTrue(ipam.updateByForce(CATALOG, CATALOG.without("v4")).isUpdated());
        assertEquals(Set.of("v6"), poolsWithGauges());
        ipam.release(stateless("a").owner());
        assertEquals(2, value("ipam.release.ip.counts"));
    }

    @Test
    void watch_catalogChangedBefore_usesCurrentCatalog() {
        Ipam ipam = Ipam.of(CATALOG, IpamSettings.defaults().withListener(metrics));
        swap(ipam, CATALOG.with(OTHER));
        assertEquals(Set.of(), poolsWithGauges());
        assertSame(ipam, metrics.watch(ipam));
        assertEquals(Set.of("v4", "v6", "other"), poolsWithGauges());
    }

    @Test
    void of_distinctTags_twoIpamsShareARegistry() {
        IpamMetrics east = IpamMetrics.of(registry, Tags.of("site", "east"));
        IpamMetrics west = IpamMetrics.of(registry, Tags.of("site", "west"));
        Ipam one = east.watch(Ipam.of(CATALOG, IpamSettings.defaults().withListener(east)));
        west.watch(Ipam.of(CATALOG, IpamSettings.defaults().withListener(west)));
        one.allocate(stateless("a"), BOTH).orElseThrow();
        assertEquals(
                1,
                registry.get("ipam.allocation.counts")
                        .tag("site", "east")
                        .counter()
                        .count());
        assertEquals(
                0,
                registry.get("ipam.allocation.counts")
                        .tag("site", "west")
                        .counter()
                        .count());
        assertEquals(1, heldAt("east"));
        assertEquals(0, heldAt("west"));
        east.close();
        assertEquals(0, heldAt("west"), "still there");
    }

    @Test
    void close_afterWatch_removesAllMeters() {
        Ipam ipam = watched(CATALOG);
        metrics.close();
        assertEquals(List.of(), registry.getMeters());
        swap(ipam, CATALOG.with(OTHER));
        assertTrue(ipam.allocate(stateless("a"), BOTH).isAllocated());
        assertEquals(List.of(), registry.getMeters());
        assertEquals(0, ipam.listenerFailures());
        metrics.close();
    }

    @Test
    void close_compositeRegistry_removesAllMeters() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        IpamMetrics onComposite = IpamMetrics.of(composite, Tags.of("of", "composite"));
        Ipam ipam = onComposite.watch(Ipam.of(CATALOG, IpamSettings.defaults().withListener(onComposite)));
        assertEquals(Set.of("v4", "v6"), poolsWithGauges());
        swap(ipam, CATALOG.without("v6"));
        assertEquals(Set.of("v4"), poolsWithGauges());
        onComposite.close();
        assertEquals(Set.of(), poolsWithGauges());
    }

    @Test
    void watch_ipamUnreachable_isCollected() {
        WeakReference<Ipam> dropped = dropped();
        await("the Ipam is collected", () -> {
            System.gc();
            return dropped.get() == null;
        });
        assertEquals(Double.NaN, gauge("total", "v4"));
    }

    private static void await(String expected, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < TimeUnit.MINUTES.toNanos(1), expected);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private WeakReference<Ipam> dropped() {
        IpamMetrics own = IpamMetrics.of(registry);
        return new WeakReference<>(
                own.watch(Ipam.of(CATALOG, IpamSettings.defaults().withListener(own))));
    }

    @Test
    void watch_misused_throws() {
        assertThrows(IllegalArgumentException.class, () -> metrics.watch(Ipam.of(CATALOG)));
        watched(CATALOG);
        assertThrows(IllegalStateException.class, () -> watched(CATALOG));
        assertThrows(NullPointerException.class, () -> IpamMetrics.of(null));
    }

    @Test
    void on_anyEvent_doesNotThrow() {
        Owner owner = Owner.stateless("shop", "a", "u");
        Address address = Address.parse("10.6.0.10");
        List<AllocationEvent> events = List.of(
                new AllocationEvent.Granted(owner, "eth0", "no such pool", address, 1, true, 0, 0),
                new AllocationEvent.Released(owner, "", "no such pool", address, 1, 0, 0),
                new AllocationEvent.Refused(owner, RefusalReason.CONFLICT, Long.MAX_VALUE),
                new AllocationEvent.Swapped(-1),
                new AllocationEvent.Reconciled(1, 1, 0));
        events.forEach(event -> assertDoesNotThrow(() -> metrics.on(event)));
        registry.close();
        events.forEach(event -> assertDoesNotThrow(() -> metrics.on(event)));
    }

    /**
     * After any requests, each address that was granted and not released is held, and the gauges of
     * a pool add up.
     */
    @Property
    void counters_anyRequests_agreeWithGauges(@ForAll @Size(max = 60) List<@IntRange(max = 11) Integer> actions) {
        SimpleMeterRegistry fresh = new SimpleMeterRegistry();
        IpamMetrics own = IpamMetrics.of(fresh);
        Ipam ipam = own.watch(Ipam.of(CATALOG, IpamSettings.defaults().withListener(own)));
        int refused = 0;
        for (int action : actions) {
            Workload pod = stateless("p" + action % 6);
            if (action < 6) {
                refused += ipam.allocate(pod, BOTH).isAllocated() ? 0 : 1;
            } else {
                ipam.release(pod.owner());
            }
        }
        double held = sum(fresh, "ippool.allocated.ip.counts");
        assertEquals(held, sum(fresh, "ipam.allocation.ip.counts") - sum(fresh, "ipam.release.ip.counts"));
        assertEquals(refused, sum(fresh, "ipam.allocation.failure.counts"));
        assertEquals(
                sum(fresh, "ippool.total.ip.counts"),
                held + sum(fresh, "ippool.available.ip.counts") + sum(fresh, "ippool.reserved.ip.counts"));
        assertEquals(
                sum(fresh, "ipam.allocation.counts"),
                fresh.get("ipam.allocation.duration").timer().count());
        assertEquals(0, ipam.listenerFailures());
    }

    private Ipam watched(PoolCatalog catalog) {
        return metrics.watch(Ipam.of(catalog, IpamSettings.defaults().withListener(metrics)));
    }

    private static void swap(Ipam ipam, PoolCatalog next) {
        ipam.update(ipam.catalog(), next).orElseThrow();
    }

    private static Workload stateless(String name) {
        return Workload.of(Owner.stateless("shop", name, "uid-" + name));
    }

    private static PoolSelections pools(String name) {
        return PoolSelections.none().withPod(PoolNames.of(Family.IPV4, name));
    }

    private double value(String name) {
        return sum(registry, name);
    }

    private double failures(RefusalReason reason) {
        return values().get(
                        "ipam.allocation.failure.counts reason=" + reason.name().toLowerCase(Locale.ROOT));
    }

    private double gauge(String measure, String pool) {
        return registry.get("ippool." + measure + ".ip.counts")
                .tag("pool", pool)
                .gauge()
                .value();
    }

    private double heldAt(String site) {
        return registry.get("ippool.allocated.ip.counts")
                .tags("site", site, "pool", "v4")
                .gauge()
                .value();
    }

    private void assertGauges(String pool, long total, long allocated, long available, long reserved, long cooling) {
        assertEquals(total, gauge("total", pool), "total");
        assertEquals(allocated, gauge("allocated", pool), "allocated");
        assertEquals(available, gauge("available", pool), "available");
        assertEquals(reserved, gauge("reserved", pool), "reserved");
        assertEquals(cooling, gauge("cooling", pool), "cooling");
    }

    private Set<String> poolsWithGauges() {
        return registry.getMeters().stream()
                .filter(Gauge.class::isInstance)
                .map(meter -> meter.getId().getTag("pool"))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every meter with its tags, and its first measurement. */
    private Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        for (Meter meter : registry.getMeters()) {
            String tags = meter.getId().getTags().stream()
                    .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
                    .collect(Collectors.joining());
            values.put(meter.getId().getName() + tags, first(meter));
        }
        return values;
    }

    private static double sum(MeterRegistry of, String name) {
        List<Meter> meters = List.copyOf(of.find(name).meters());
        assertFalse(meters.isEmpty(), name);
        return meters.stream().mapToDouble(IpamMetricsTest::first).sum();
    }

    private static double first(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }
}
