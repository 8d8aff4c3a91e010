package io.ipam.model;

import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.allocation.UpdateResult;
import io.ipam.owner.Owner;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The library and the model side by side: each action is applied to both, and their results and
 * states are compared.
 */
final class ModelRun {
    static final int GRACE = 20;
    private static final List<String> V4 = List.of("a4", "b4", "c4", "d4");
    private static final List<String> V6 = List.of("a6", "b6");
    private static final List<Owner> OWNERS = List.of(
            Owner.stateless("ns", "p0", "u0"),
            Owner.stateless("ns", "p1", "u1"),
            Owner.stateless("ns", "p2", "u2"),
            Owner.stateless("ns", "p2", "u3"),
            Owner.stateful("ns", "s0", "x"),
            Owner.stateful("ns", "s0", "y"),
            Owner.stateful("ns", "s1", ""),
            Owner.stateful("ns", "s1", "z"),
            Owner.stateful("ns", "p0", "u0"),
            Owner.stateless("ns", "s0", "x"));
    private static final List<Address> ADDRESSES = addresses();

    private static final List<Owner> STATEFUL =
            OWNERS.stream().filter(Owner::stateful).toList();
    private static final List<String> UIDS = List.of("x", "y", "z", "");

    private final PoolResolver resolver;
    private final IpamSettings settings;
    private final Facts facts;
    private @Nullable InMemoryStore store;
    private Ipam ipam;
    private long clock = 1000;
    private @Nullable StateSnapshot saved;
    private @Nullable Resolution oldResolution;
    private @Nullable Observation observation;
    private Set<Long> observedGenerations = Set.of();
    private long observedAt;

    /** A run in memory. */
    ModelRun(AllocationOrder order, int coolDown) {
        this(order, coolDown, null);
    }

    /**
     * Over a store, or in memory.
     *
     * @param store the store, null for none; a restore makes a new realm in another one
     */
    ModelRun(AllocationOrder order, int coolDown, @Nullable InMemoryStore store) {
        this.store = store;
        settings = IpamSettings.defaults()
                .withOrder(order)
                .withCoolDown(Duration.ofMillis(coolDown))
                .withReconcileGrace(Duration.ofMillis(GRACE))
                .withClock(() -> Instant.ofEpochMilli(clock));
        resolver = PoolResolver.of(settings.resolver());
        PoolCatalog catalog = PoolCatalog.of(
                v4("a4", 1, 3),
                withStatics(v4("b4", 2, 2), 0b0010),
                pool("c4", "10.2.0.0/24", "10.2.0.3"),
                pool("a6", "fd01::/64", "fd01::1-fd01::2"),
                withStatics(pool("b6", "fd02::/112", "fd02::1-fd02::3"), 0b0110));
        facts = new Facts(catalog, order, coolDown);
        ipam = store == null ? Ipam.of(catalog, settings) : Ipam.create(store.session(), catalog, settings);
        compare();
    }

    void close() {
        ipam.close();
    }

    void run(Op op) {
        facts.tick(clock);
        switch (op.kind()) {
            case ALLOCATE -> allocate(op);
            case ALLOCATE_STALE -> allocateStale(op);
            case RELEASE_OWNER -> releaseOwner(owner(op.a()));
            case RELEASE_INTERFACE -> releaseInterface(owner(op.a()), op.b() % 2 == 0 ? "eth0" : "net1");
            case RELEASE_ADDRESS -> releaseAddress(op);
            case HAND_OVER -> handOver(op);
            case UPDATE -> update(op);
            case TICK -> clock += op.a() % 3 == 0 ? -op.b() % 7 : op.b() % 12;
            case RECONCILE -> reconcile(op);
            case EXPORT -> saved = ipam.state().export();
            case RESTART -> restart();
            case RESTORE -> restore();
        }
        compare();
    }

    private void compare() {
        facts.tick(clock);
        StateSnapshot exported = ipam.state().export();
        if (store != null) {
            adoptLastGranted(exported); // It is a hint over a store.
        }
        assertEquals(facts.snapshot().pools(), exported.pools());
        assertTrue(exported.lastGeneration() >= facts.lastGeneration);
        assertEquals(List.of(), ipam.state().verify());
        for (Pool pool : facts.catalog.pools()) {
            assertEquals(facts.usage(pool.name()), ipam.usage(pool.name()));
        }
        OWNERS.forEach(owner -> assertEquals(facts.heldAddressesOf(owner), ipam.heldBy(owner)));
        ADDRESSES.forEach(address -> assertEquals(facts.holder(address), ipam.holder(address)));
    }

    /** All addresses of a pool and their neighbours; two have bits of the other family. */
    private static List<Address> addresses() {
        List<Address> addresses = new ArrayList<>();
        for (String base : List.of("10.1.0.", "10.2.0.", "fd01::", "fd02::", "::a01:")) {
            for (int i = 0; i <= 4; i++) {
                addresses.add(Address.parse(base + i));
            }
        }
        return addresses;
    }

    private static Owner owner(int number) {
        return OWNERS.get(Math.floorMod(number, OWNERS.size()));
    }

    private void allocate(Op op) {
        Workload workload = Workload.of(owner(op.a()));
        PoolSelections selections = selections(op);
        Resolution resolution = resolver.resolve(workload, selections, facts.catalog, facts);
        oldResolution = ipam.resolve(workload, selections);
        AllocationResult actual = ipam.allocate(workload, selections);
        new NaiveAllocation(facts, resolution).check(actual);
    }

    /** With a resolution of some actions ago. */
    private void allocateStale(Op op) {
        if (oldResolution == null) {
            allocate(op);
            return;
        }
        Resolution resolution =
                resolver.resolve(oldResolution.workload(), oldResolution.selections(), facts.catalog, facts);
        new NaiveAllocation(facts, resolution).check(ipam.allocate(oldResolution));
    }

    private PoolSelections selections(Op op) {
        PoolNames names = new PoolNames(Map.of(
                Family.IPV4, named(V4, op.b()), Family.IPV6, op.b() % 3 == 0 ? List.of() : named(V6, op.b() / 5)));
        List<InterfaceRequest> interfaces = op.c() % 2 == 0
                ? List.of(InterfaceRequest.of("eth0"))
                : List.of(InterfaceRequest.of("eth0"), InterfaceRequest.of("net1"));
        PoolSelections selections = PoolSelections.none().withPod(names).withInterfaces(interfaces);
        if (op.c() % 5 != 4) {
            return selections;
        }
        List<PoolSelections.GivenAddress> given = new ArrayList<>();
        given.add(new PoolSelections.GivenAddress(
                "eth0", Address.parse("10." + (1 + op.c() / 5 % 2) + ".0." + (1 + op.a() % 4))));
        if (op.c() % 2 == 1) {
            given.add(new PoolSelections.GivenAddress("net1", Address.parse("fd02::" + (1 + op.a() % 3))));
        }
        return selections.withGiven(given);
    }

    /** Some names in some order, from the digits of a number. */
    private static List<String> named(List<String> all, int number) {
        List<String> left = new ArrayList<>(all);
        List<String> named = new ArrayList<>();
        int rest = number;
        for (int i = 0; i < all.size() && (i == 0 || rest % 7 < 5); i++) {
            rest /= 7;
            named.add(left.remove(rest % left.size()));
        }
        return named;
    }

    private void releaseOwner(Owner owner) {
        List<Facts.Held> held = facts.heldUnder(owner);
        checkReleases(owner, held, ipam.release(owner));
    }

    private void releaseInterface(Owner owner, String name) {
        List<Facts.Held> held = facts.heldUnder(owner).stream()
                .filter(h -> h.interfaceName().equals(name))
                .toList();
        checkReleases(owner, held, ipam.release(owner, name));
    }

    private void checkReleases(Owner owner, List<Facts.Held> held, List<ReleaseResult> actual) {
        List<ReleaseResult> expected = new ArrayList<>();
        held.forEach(h -> expected.add(expectedRelease(owner, h, h.generation())));
        if (expected.isEmpty()) {
            expected.add(new ReleaseResult.NotAllocated());
        }
        // The order of the addresses is not specified, and neither is their order of cooling: the
        // model adopts the actual one.
        Comparator<ReleaseResult> byText = Comparator.comparing(Object::toString);
        assertEquals(
                expected.stream().sorted(byText).toList(),
                actual.stream().sorted(byText).toList());
        for (ReleaseResult result : actual) {
            if (result instanceof ReleaseResult.Released released) {
                facts.release(facts.held.get(released.address()));
            }
        }
    }

    private static ReleaseResult expectedRelease(Owner owner, Facts.Held h, long generation) {
        return h.owner().isSameAs(owner) && h.owner().uid().equals(owner.uid()) && h.generation() == generation
                ? new ReleaseResult.Released(h.pool(), h.address(), h.interfaceName(), h.generation())
                : new ReleaseResult.HeldByAnother(h.address(), h.owner(), h.generation());
    }

    private void releaseAddress(Op op) {
        List<Facts.Held> all = List.copyOf(facts.held.values());
        Address address = all.isEmpty() || op.b() % 5 == 0
                ? Address.parse("10.2.0." + op.b() % 5)
                : all.get(op.b() % all.size()).address();
        Owner owner = op.a() % 3 == 0 || !facts.held.containsKey(address)
                ? owner(op.a())
                : facts.held.get(address).owner();
        Facts.Held held = facts.held.get(address);
        long generation = held == null || op.c() % 4 == 0 ? op.c() : held.generation();
        ReleaseResult expected =
                held == null ? new ReleaseResult.NotAllocated() : expectedRelease(owner, held, generation);
        assertEquals(expected, ipam.release(owner, address, generation));
        if (expected.isReleased()) {
            facts.release(held);
        }
    }

    private void handOver(Op op) {
        Owner owner = STATEFUL.get(op.a() % STATEFUL.size());
        String from = UIDS.get(op.b() % UIDS.size());
        String to = UIDS.get(op.c() % UIDS.size());
        long generation = op.b() / 7 % 3 == 0 ? anyGeneration(owner, op.c() / 7) : 0;
        HandOverResult actual =
                generation == 0 ? ipam.handOver(owner, from, to) : ipam.handOver(owner, from, to, generation);
        new NaiveHandOver(facts, owner, from, to, generation).check(actual);
    }

    /**
     * The generation of an address of the owner, of another address, or one that was never
     * assigned.
     */
    private long anyGeneration(Owner owner, int number) {
        List<Facts.Held> own = facts.heldUnder(owner);
        List<Facts.Held> all = own.isEmpty() || number % 4 == 0 ? List.copyOf(facts.held.values()) : own;
        return all.isEmpty() ? Long.MAX_VALUE : all.get(number % all.size()).generation();
    }

    private void update(Op op) {
        Optional<PoolCatalog> next = nextCatalog(op);
        if (next.isEmpty()) {
            return;
        }
        boolean force = op.c() % 3 == 0;
        NaiveUpdate update = new NaiveUpdate(facts, next.get());
        boolean allowed = update.isAllowed(force);
        if (!force) {
            assertEquals(allowed, ipam.plan(next.get()).allowed());
        }
        boolean isOther =
                store == null ? next.get() != facts.catalog : !next.get().equals(facts.catalog);
        if (op.c() % 11 == 10 && isOther) {
            assertTrue(ipam.update(next.get(), next.get()) instanceof UpdateResult.Outdated);
        }
        UpdateResult actual =
                force ? ipam.updateByForce(facts.catalog, next.get()) : ipam.update(facts.catalog, next.get());
        assertEquals(allowed, actual.isUpdated(), () -> "force " + force + ": " + actual);
        if (allowed) {
            update.make();
        }
    }

    private Optional<PoolCatalog> nextCatalog(Op op) {
        List<String> names = new ArrayList<>(V4);
        names.addAll(V6);
        String name = names.get(op.a() % names.size());
        try {
            return Optional.of(changed(name, facts.catalog.pool(name), op));
        } catch (InvalidCatalogException e) {
            return Optional.empty();
        }
    }

    private PoolCatalog changed(String name, Optional<Pool> pool, Op op) {
        if (pool.isEmpty()) {
            return facts.catalog.with(
                    name.endsWith("4")
                            ? pool(
                                    name,
                                    op.c() % 2 == 0 ? "10.1.0.0/24" : "10.2.0.0/24",
                                    range(op.c() % 2 == 0 ? "10.1.0." : "10.2.0.", 1 + op.b() % 3, 3))
                            : pool(name, "fd01::/64", range("fd01::", 1 + op.b() % 2, 2)));
        }
        Pool old = pool.get();
        return switch (old.addresses().isEmpty() ? 3 : op.b() % 8) {
            case 0 -> facts.catalog.without(name);
            case 1 ->
                facts.catalog.with(old.toBuilder().disabled(!old.isDisabled()).build());
            case 2 -> facts.catalog.with(withoutFirst(old));
            case 3 -> facts.catalog.with(pool(name, old.subnet().toString(), range(base(old), 1, 3)));
            case 4 ->
                facts.catalog.withReserved(
                        ReservedRange.parse("r" + op.c() % 2, old.family(), List.of(base(old) + (1 + op.c() % 3))));
            case 5 -> facts.catalog.withoutReserved("r" + op.c() % 2);
            case 6 -> facts.catalog.with(withStatics(old, op.c()));
            default ->
                facts.catalog.with(old.toBuilder().terminating(Instant.EPOCH).build());
        };
    }

    /** The same pool without its first address. */
    private static Pool withoutFirst(Pool old) {
        Address first = old.addresses().first().orElseThrow();
        AddressSet rest = old.addresses().minus(AddressSet.of(AddressRange.of(first)));
        return redefined(
                old,
                List.of(first.toString()),
                old.staticAddresses().intersect(rest).texts());
    }

    /** The same pool with other static ranges: its addresses whose bits are set. */
    private static Pool withStatics(Pool old, int bits) {
        List<String> statics = new ArrayList<>();
        old.addresses().ranges().forEach(range -> {
            for (Address a = range.first(); range.contains(a); a = a.next()) {
                if ((bits >> (a.low() & 3) & 1) == 1) {
                    statics.add(a.toString());
                }
            }
        });
        return redefined(old, List.of(), statics);
    }

    private static Pool redefined(Pool old, List<String> moreExcluded, List<String> statics) {
        PoolBuilder builder = Pool.builder(old.name(), old.subnet().toString())
                .ips(old.ipTexts())
                .excludeIps(old.excludeIpTexts())
                .excludeIps(moreExcluded)
                .staticIps(statics)
                .disabled(old.isDisabled());
        old.deletedAt().ifPresent(builder::terminating);
        return builder.build();
    }

    private static String range(String base, int first, int last) {
        return base + first + "-" + base + last;
    }

    private static String base(Pool pool) {
        String text = pool.subnet().base().toString();
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The allocations of the last report by owner, interface, and address, with the first time
     * without a live owner.
     */
    private Map<String, Long> suspicions = new HashMap<>();

    private void reconcile(Op op) {
        if (observation == null || op.a() % 3 == 0) {
            observation = ipam.observe();
            observedGenerations =
                    facts.held.values().stream().map(Facts.Held::generation).collect(Collectors.toSet());
            observedAt = facts.now;
        }
        List<Owner> live = new ArrayList<>();
        for (int i = 0; i < OWNERS.size(); i++) {
            if ((op.b() >> i & 1) == 0) {
                live.add(OWNERS.get(i));
            }
        }
        ReconcileMode mode = op.c() % 2 == 0 ? ReconcileMode.FREE : ReconcileMode.REPORT;
        ReconcileReport report = ipam.reconcile(observation, live, mode);
        if (!report.outdated()) {
            checkReport(report, live, mode);
        }
    }

    /** A record without a uid may belong to any owner of its name. */
    private static boolean isNamesake(Owner held, Owner live) {
        return held.uid().isEmpty() && held.qualifiedName().equals(live.qualifiedName());
    }

    /** A pod that is of the other kind now, because its StatefulSet was deleted without it. */
    private static boolean isIncarnation(Owner held, Owner live) {
        return held.qualifiedName().equals(live.qualifiedName()) && held.uid().equals(live.uid());
    }

    private void checkReport(ReconcileReport report, List<Owner> live, ReconcileMode mode) {
        List<Long> suspected = new ArrayList<>();
        List<Long> confirmed = new ArrayList<>();
        Map<String, Long> found = new HashMap<>();
        for (Facts.Held h : facts.held.values()) {
            boolean isDead = observedGenerations.contains(h.generation())
                    && live.stream()
                            .noneMatch(owner -> owner.isSameAs(h.owner())
                                    || isNamesake(h.owner(), owner)
                                    || isIncarnation(h.owner(), owner));
            if (!isDead) {
                facts.suspectedSince.remove(h.generation());
                continue;
            }
            long since = facts.suspectedSince.merge(h.generation(), observedAt, (old, now) -> old);
            found.put(suspicion(h), since);
            (since < observedAt && observedAt - since >= GRACE ? confirmed : suspected).add(h.generation());
        }
        assertEquals(
                suspected.stream().sorted().toList(),
                report.suspected().stream()
                        .map(ReconcileReport.Orphan::generation)
                        .sorted()
                        .toList());
        assertEquals(
                confirmed.stream().sorted().toList(),
                report.confirmed().stream()
                        .map(ReconcileReport.Orphan::generation)
                        .sorted()
                        .toList());
        assertEquals(mode == ReconcileMode.FREE ? report.confirmed() : List.of(), report.released());
        report.released().forEach(orphan -> found.remove(suspicion(facts.held.get(orphan.address()))));
        suspicions = found;
        report.released().forEach(orphan -> facts.release(facts.held.get(orphan.address())));
    }

    private void restart() {
        StateSnapshot export = ipam.state().export();
        ipam.close();
        ipam = store == null ? Ipam.of(facts.catalog, settings) : Ipam.open(store.session(), settings);
        suspicions = new HashMap<>();
        // A new process knows only its own clock.
        facts.now = clock;
        if (store == null) {
            takeOver(export);
        } else {
            new NaiveRestore(facts, export).make();
            adoptLoaded();
        }
    }

    private void restore() {
        if (saved != null && store == null) {
            takeOver(saved);
        } else if (saved != null) {
            createRealmFrom(saved);
        }
    }

    /** A realm is never replaced: the state is restored into a new one. */
    private void createRealmFrom(StateSnapshot snapshot) {
        ipam.close();
        InMemoryStore next = new InMemoryStore();
        ipam = Ipam.create(next.session(), facts.catalog, snapshot, RestoreMode.HOLD, settings);
        store = next;
        suspicions = new HashMap<>();
        facts.generations.clear();
        facts.now = clock;
        new NaiveRestore(facts, snapshot).make();
        releaseStrays(ipam.state().strays());
        adoptLoaded();
    }

    /** Adopts values that a load cannot know: the order NEXT continues after a guess. */
    private void adoptLoaded() {
        StateSnapshot loaded = ipam.state().export();
        adoptLastGranted(loaded);
        adoptCooling(loaded);
        facts.lastGeneration = loaded.lastGeneration();
        observation = null;
        carrySuspicionsOver();
    }

    /**
     * A restore keeps the suspicions about unchanged holdings, regardless of their new generations.
     */
    private void carrySuspicionsOver() {
        facts.suspectedSince.clear();
        Map<String, Long> kept = new HashMap<>();
        for (Facts.Held h : facts.held.values()) {
            Long since = suspicions.get(suspicion(h));
            if (since != null) {
                facts.suspectedSince.put(h.generation(), since);
                kept.put(suspicion(h), since);
            }
        }
        suspicions = kept;
    }

    private static String suspicion(Facts.Held held) {
        return held.owner() + (held.owner().stateful() ? " stateful " : " ") + held.interfaceName() + " "
                + held.address();
    }

    private void takeOver(StateSnapshot snapshot) {
        NaiveRestore restore = new NaiveRestore(facts, snapshot);
        RestoreReport report = ipam.state().restoreDroppingGrants(snapshot, RestoreMode.HOLD);
        assertEquals(restore.make(), report.problems().size());
        assertEquals(report.strays(), ipam.state().strays());
        releaseStrays(report.strays());
        facts.lastGeneration = ipam.state().export().lastGeneration();
        assertTrue(facts.lastGeneration >= snapshot.lastGeneration());
        observation = null;
        carrySuspicionsOver();
    }

    /**
     * The stamp of a commit may be later than the clock of the process that released the address.
     */
    private void adoptCooling(StateSnapshot loaded) {
        List<Facts.Cooling> cooling = new ArrayList<>();
        for (PoolSnapshot pool : loaded.pools()) {
            for (PoolSnapshot.Cooling one : pool.cooling()) {
                long stamp = one.releasedAt().toEpochMilli();
                assertTrue(stamp <= facts.now, one::toString);
                cooling.add(new Facts.Cooling(pool.pool(), one.address(), one.lastOwner(), stamp, false));
            }
        }
        for (Facts.Cooling known : facts.cooling) {
            assertTrue(
                    cooling.stream()
                            .anyMatch(one -> one.address().equals(known.address())
                                    && one.lastOwner().equals(known.lastOwner())
                                    && one.stamp() >= known.stamp()),
                    known::toString);
        }
        cooling.sort(Comparator.comparingLong(Facts.Cooling::stamp).thenComparing(Facts.Cooling::address));
        facts.cooling = cooling;
    }

    private void adoptLastGranted(StateSnapshot exported) {
        facts.lastGranted.clear();
        exported.pools()
                .forEach(pool -> pool.lastGranted().ifPresent(last -> facts.lastGranted.put(pool.pool(), last)));
    }

    /** The naive model has no strays: they end at once. */
    private void releaseStrays(List<Stray> strays) {
        for (Stray stray : strays) {
            assertFalse(facts.held.containsKey(stray.address()), stray::toString);
            assertEquals(Optional.of(HeldAddress.of(stray)), ipam.holder(stray.address()));
            assertTrue(ipam.state().releaseStray(stray.address()));
        }
    }
}
