package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.FaultyStore;
import io.ipam.store.FaultyStore.Fate;
import io.ipam.store.Head;
import io.ipam.store.InMemoryStore;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreEdits;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of the order of commits, one test or more for each. */
class CommitRulesTest {
    /**
     * News does not arrive by itself: a process reads the commits of others if a rule requires it.
     */
    private static final IpamSettings SETTINGS = IpamSettings.defaults()
            .withNewsInterval(Duration.ofHours(1))
            .withStoreTimeout(Duration.ofMinutes(1))
            .withClock(() -> Instant.ofEpochMilli(1_000_000));

    private static final PoolCatalog ONE_POOL = PoolCatalog.of(v4("a", 1, 2));
    private static final Pool WIDE = pool("wide", "10.8.0.0/16", "10.8.0.0-10.8.255.255");

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final InMemoryStore store = new InMemoryStore();
    private final BlockingQueue<AllocationEvent> events = new LinkedBlockingQueue<>();
    private final List<Ipam> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Ipam::close);
    }

    private Ipam keep(Ipam ipam) {
        opened.add(ipam);
        return ipam;
    }

    /** A session without hints. */
    private FaultyStore session() {
        return new FaultyStore(store.session());
    }

    private Ipam create() {
        return keep(Ipam.create(session(), ONE_POOL, SETTINGS.withListener(events::add)));
    }

    private Ipam create(int addresses) {
        return keep(Ipam.create(session(), PoolCatalog.of(v4("a", 1, addresses)), SETTINGS));
    }

    private Ipam open() {
        return keep(Ipam.open(session(), SETTINGS));
    }

    private Ipam openFaulty(FaultyStore faulty, Duration timeout) {
        return keep(Ipam.open(faulty, SETTINGS.withStoreTimeout(timeout)));
    }

    private static AllocationResult ask(Ipam ipam, String uid) {
        return ipam.allocate(Workload.of(pod(uid)), of("a"));
    }

    /**
     * Repeats a call that exceeds the time limit. Some tests set a short one. A process pauses for
     * up to a second after failures, and a busy machine may stop it for longer.
     */
    private static <T> T repeated(Supplier<T> call) {
        AtomicReference<T> result = new AtomicReference<>();
        Await.until("a call within its time limit", () -> {
            try {
                result.set(call.get());
                return true;
            } catch (OutcomeUnknownException | StoreUnavailableException e) {
                return false;
            }
        });
        return result.get();
    }

    private static void syncAfterFailures(Ipam ipam) {
        repeated(() -> {
            ipam.sync();
            return true;
        });
    }

    private static String get(Ipam ipam, String uid) {
        return IpamFixture.text(ask(ipam, uid).orElseThrow());
    }

    private <E extends AllocationEvent> E nextEvent(Class<E> type) throws InterruptedException {
        while (true) {
            AllocationEvent event = events.poll(60, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName());
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    // Rule 1: guards.

    @Test
    void rule1_rowDeletedByHand_stopsTheProcessThatReleasesIt() {
        Ipam ipam = create();
        get(ipam, "p");
        StoreEdits.deleteHeld(store, Address.parse("10.1.0.1"));
        Throwable failure = assertThrows(CorruptStoreException.class, () -> ipam.release(pod("p")));
        assertEquals(Optional.of(failure), ipam.state().failure());
        assertThrows(CorruptStoreException.class, () -> get(ipam, "q"));
    }

    @Test
    void rule1_rowDeletedByHand_isNotOpenedUnlessAsFound() {
        get(create(), "p");
        StoreEdits.deleteHeld(store, Address.parse("10.1.0.1"));
        CorruptStoreException refused = assertThrows(CorruptStoreException.class, this::open);
        assertTrue(refused.getMessage().contains("0 held entries"), refused.getMessage());
        Ipam found = keep(Ipam.openAsFound(store.session(), SETTINGS));
        assertEquals("eth0 10.1.0.1", get(found, "q"));
        assertEquals(List.of(), found.state().verify());
        assertEquals("eth0 10.1.0.1", get(open(), "q"));
    }

    @Test
    void rule1_openAsFoundWithAnotherCoolDown_changesNothing() {
        long before = create().revision();
        IpamSettings other = SETTINGS.withCoolDown(Duration.ofHours(7));
        assertThrows(StoreException.class, () -> Ipam.openAsFound(store.session(), other));
        assertEquals(before, open().revision());
    }

    /** Otherwise the two would mix their transactions. */
    @Test
    void open_sessionOfAnotherIpam_isRefusedAndStaysOpen() {
        create();
        StateStore shared = store.session();
        Ipam first = keep(Ipam.open(shared, SETTINGS));
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Ipam.open(shared, SETTINGS));
        assertTrue(refused.getMessage().startsWith("this session of the store was used before"));
        assertEquals("eth0 10.1.0.1", get(first, "p"));
    }

    @Test
    void rule1_verifyAfterAnEditByHand_namesTheDifference() {
        Ipam ipam = create();
        get(ipam, "p");
        assertEquals(List.of(), ipam.state().verify());
        StoreEdits.deleteHeld(store, Address.parse("10.1.0.1"));
        List<String> findings = ipam.state().verify();
        assertTrue(findings.get(0).contains("0 held entries"), findings::toString);
    }

    /** Otherwise its entry would overlap the pool that gets its range. */
    @Test
    void rule1_lastRowOfADetachedPoolDeletedByHand_endsThePoolIfAccepted() {
        Ipam ipam = create();
        get(ipam, "p");
        assertTrue(ipam.updateByForce(ipam.catalog(), PoolCatalog.EMPTY).isUpdated());
        StoreEdits.deleteHeld(store, Address.parse("10.1.0.1"));
        Ipam found = keep(Ipam.openAsFound(session(), SETTINGS));
        PoolCatalog next = PoolCatalog.of(v4("c", 1, 1));
        assertTrue(found.update(found.catalog(), next).isUpdated());
        assertEquals(next, open().catalog());
    }

    @Test
    void rule1_openAsFoundWithALostRequest_sendsTheSameCommitAgain() {
        create();
        FaultyStore faulty = session().next(Fate.REQUEST_LOST, Fate.ANSWER_LOST);
        keep(Ipam.openAsFound(faulty, SETTINGS));
        assertEquals(3, faulty.asked().size());
        assertEquals(1, new HashSet<>(faulty.asked()).size());
    }

    // Rule 2: one revision, two histories.

    @Test
    void rule2_backupRestoredUnderAProcess_isNoticedAndReported() throws Exception {
        Ipam ipam = create();
        get(ipam, "p");
        Runnable restore = StoreEdits.backup(store);
        get(ipam, "q");
        restore.run();
        Ipam other = open();
        assertEquals("eth0 10.1.0.2", get(other, "r"));
        ipam.sync();
        AllocationEvent.Reloaded reloaded = nextEvent(AllocationEvent.Reloaded.class);
        assertEquals(AllocationEvent.Reloaded.Cause.DIVERGED, reloaded.cause());
        assertEquals(pod("q"), reloaded.lost().get(0).owner());
        assertEquals(Address.parse("10.1.0.2"), reloaded.lost().get(0).address());
        assertInstanceOf(AllocationResult.Refused.class, ask(ipam, "q"));
    }

    @Test
    void rule2_observationOfTheOldHistory_isOutdated() {
        Ipam ipam = create();
        get(ipam, "p");
        Runnable restore = StoreEdits.backup(store);
        get(ipam, "q");
        var observation = ipam.observe();
        restore.run();
        get(open(), "r");
        ipam.sync();
        assertTrue(ipam.reconcile(observation, List.of(), ReconcileMode.FREE).outdated());
    }

    // Rule 3: an unknown outcome.

    @Test
    void rule3_answerLost_sendsTheSameCommitAndAnswersOnce() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMinutes(1));
        faulty.next(Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.REQUEST_LOST);
        assertEquals("eth0 10.1.0.1", get(ipam, "p"));
        assertEquals(1, new HashSet<>(faulty.asked()).size());
        assertTrue(faulty.asked().size() >= 3);
        assertEquals(1, open().usage("a").orElseThrow().held());
    }

    @Test
    void rule3_clientRetriesByItself_isRecognisedAsTheOwnCommit() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMinutes(1));
        get(ipam, "p");
        faulty.next(Fate.RETRIED);
        assertInstanceOf(ReleaseResult.Released.class, ipam.release(pod("p")).get(0));
        assertEquals(2, faulty.asked().size());
    }

    @Test
    void rule3_anotherCommitCameFirst_decidesAgainUnderAnotherId() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMinutes(1));
        Ipam other = open();
        assertEquals("eth0 10.1.0.1", get(other, "q"));
        assertEquals("eth0 10.1.0.2", get(ipam, "p"));
        Set<Object> ids = faulty.asked().stream().map(one -> one.head().id()).collect(Collectors.toSet());
        assertEquals(2, ids.size());
    }

    @Test
    void rule3_storeIsDown_callerGetsStoreUnavailableAndNothingChanges() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMillis(200));
        faulty.always(Fate.UNAVAILABLE);
        Await.until("a request ends while no commit is tried", () -> isUnavailable(ipam, "p"));
        faulty.always(Fate.FINE);
        syncAfterFailures(ipam);
        assertEquals(0, open().usage("a").orElseThrow().held());
    }

    @Test
    void rule3_callerWithAnUnknownOutcome_isNeverDecidedAgain() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMillis(200));
        faulty.always(Fate.REQUEST_LOST);
        Await.until("the request is sent before its time limit", () -> isSent(ipam, "p"));
        get(open(), "q"); // The commit of p can never take effect after this one.
        faulty.always(Fate.FINE);
        syncAfterFailures(ipam);
        assertEquals(List.of(), heldBy(open(), "p"));
        assertEquals("eth0 10.1.0.2", repeated(() -> get(ipam, "p")));
    }

    /** Whether a request certainly had no effect; its exception states the failure of the store. */
    private static boolean isUnavailable(Ipam ipam, String uid) {
        StoreException failure = assertThrows(StoreException.class, () -> get(ipam, uid));
        return failure instanceof StoreUnavailableException
                && failure.getCause() instanceof StoreUnavailableException cause
                && failure.getMessage().contains(" ms: " + cause.getMessage() + "; the request had no effect");
    }

    /** Whether a request to a store that loses requests was sent: then its outcome is unknown. */
    private static boolean isSent(Ipam ipam, String uid) {
        StoreException failure = assertThrows(StoreException.class, () -> get(ipam, uid));
        return failure instanceof OutcomeUnknownException;
    }

    private static List<String> heldBy(Ipam ipam, String uid) {
        List<String> held = new ArrayList<>();
        ipam.heldAddresses().forEachHeld("a", (address, owner) -> {
            if (owner.equals(pod(uid))) {
                held.add(address.toString());
            }
        });
        return held;
    }

    /** The rest of a reconciliation that failed must not take effect later. */
    @Test
    void rule3_reconcileThatFails_releasesNothingLater() {
        Ipam other = create();
        get(other, "p");
        get(other, "q");
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = keep(Ipam.open(
                faulty,
                SETTINGS.withStoreTimeout(Duration.ofMillis(200))
                        .withReconcileGrace(Duration.ZERO)
                        .withClock(() -> Instant.ofEpochMilli(clock.getAndIncrement()))));
        repeated(() -> ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.REPORT));
        faulty.always(Fate.UNAVAILABLE);
        var observation = ipam.observe();
        assertThrows(StoreException.class, () -> ipam.reconcile(observation, List.of(), ReconcileMode.FREE));
        faulty.always(Fate.FINE);
        syncAfterFailures(ipam);
        assertEquals(2, open().usage("a").orElseThrow().held());
    }

    // Rule 4: trimming.

    @Test
    void rule4_processBehindATrimmedLog_loadsAgain() throws Exception {
        Ipam ipam = create();
        Ipam other = open();
        get(other, "p");
        get(other, "q");
        other.release(pod("p"));
        StoreEdits.trim(store);
        ipam.sync();
        assertEquals("eth0 10.1.0.1", get(ipam, "r"));
        AllocationEvent.Reloaded reloaded = nextEvent(AllocationEvent.Reloaded.class);
        assertEquals(AllocationEvent.Reloaded.Cause.TRIMMED, reloaded.cause());
        assertEquals(List.of(), ipam.state().verify());
    }

    @Test
    void rule4_logTrimmedWhileARequestIsSent_leavesTheOutcomeUnknown() {
        Ipam ipam = create();
        get(open(), "q");
        get(open(), "q2");
        StoreEdits.trim(store);
        assertThrows(OutcomeUnknownException.class, () -> get(ipam, "p"));
        assertInstanceOf(AllocationResult.Refused.class, ask(ipam, "p"));
    }

    // Rule 5: the stamp of a commit, and what a load restores.

    @Test
    void rule5_clockThatGoesBack_neverLowersTheStamp() {
        AtomicReference<Long> clock = new AtomicReference<>(2_000L);
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = keep(Ipam.create(faulty, ONE_POOL, SETTINGS.withClock(() -> Instant.ofEpochMilli(clock.get()))));
        get(ipam, "p");
        clock.set(1_000L);
        get(open(), "q");
        List<Long> stamps =
                faulty.asked().stream().map(one -> one.head().stampMillis()).toList();
        assertEquals(stamps.stream().sorted().toList(), stamps);
    }

    @Test
    void rule5_clockAfterTheHead_isTheStamp() {
        FaultyStore faulty = session();
        Ipam ipam = keep(Ipam.create(faulty, ONE_POOL, SETTINGS.withClock(() -> Instant.ofEpochMilli(clock.get()))));
        clock.addAndGet(500);
        get(ipam, "p");
        List<Commit> asked = faulty.asked();
        assertEquals(clock.get(), asked.get(asked.size() - 1).head().stampMillis());
    }

    @Test
    void rule5_coolDown_survivesALoad() {
        IpamSettings cooling = SETTINGS.withCoolDown(Duration.ofMinutes(1));
        Ipam ipam = keep(Ipam.create(store.session(), ONE_POOL, cooling));
        get(ipam, "p");
        ipam.release(pod("p"));
        assertEquals("eth0 10.1.0.2", get(open(), "q"));
        assertThrows(StoreException.class, () -> Ipam.open(store.session(), SETTINGS.withCoolDown(Duration.ZERO)));
    }

    @Test
    void changeCoolDown_inOneProcess_isThatOfAll() throws Exception {
        Ipam ipam = create();
        Ipam other = open();
        other.state().changeCoolDown(Duration.ofMinutes(1));
        get(other, "p");
        other.release(pod("p"));
        assertEquals("eth0 10.1.0.2", get(ipam, "q"));
        assertEquals(
                AllocationEvent.Reloaded.Cause.REWRITTEN,
                nextEvent(AllocationEvent.Reloaded.class).cause());
        assertEquals(List.of(), ipam.state().verify());
        assertEquals(List.of(), other.state().verify());
        assertThrows(
                IllegalStateException.class, () -> Ipam.of(ONE_POOL).state().changeCoolDown(Duration.ZERO));
    }

    // Rule 6: versions that only one process knows.

    @Test
    void rule6_expectedCatalogWithEqualContent_isCurrent() {
        create();
        Ipam other = open();
        PoolCatalog own = PoolCatalog.of(v4("a", 1, 2));
        assertTrue(other.update(own, own.with(v4("b", 2, 1))).isUpdated());
        assertFalse(other.update(own, own).isUpdated());
    }

    // Rule 7: creation.

    @Test
    void rule7_realmThatIsLoading_isNotOpened() {
        create();
        StoreEdits.setPhase(store, Realm.Phase.LOADING);
        StoreException refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("is loading"), refused.getMessage());
    }

    @Test
    void rule7_creationThatWasInterrupted_isContinuedWithTheSameInput() {
        StateSnapshot snapshot = manyHeld(2_500);
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 2), WIDE);
        FaultyStore faulty = new FaultyStore(store.session());
        faulty.next(Fate.FINE, Fate.UNAVAILABLE);
        assertThrows(
                StoreUnavailableException.class,
                () -> Ipam.create(faulty, catalog, snapshot, RestoreMode.REFUSE, SETTINGS));
        assertThrows(StoreException.class, this::open);
        Ipam ipam = keep(Ipam.create(store.session(), catalog, snapshot, RestoreMode.REFUSE, SETTINGS));
        assertEquals(2_500, ipam.usage("wide").orElseThrow().held());
        assertEquals(List.of(), ipam.state().verify());
    }

    /** Its records would be missing from the realm that it opens. */
    @Test
    void rule7_openOrCreateOfARealmThatIsLoading_waitsAndDoesNotContinueIt() {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 2), WIDE);
        FaultyStore faulty = new FaultyStore(store.session());
        faulty.next(Fate.FINE, Fate.UNAVAILABLE);
        assertThrows(
                StoreUnavailableException.class,
                () -> Ipam.create(faulty, catalog, manyHeld(2_500), RestoreMode.REFUSE, SETTINGS));
        FaultyStore other = session();
        StoreException refused = assertThrows(
                StoreException.class,
                () -> Ipam.openOrCreate(other, catalog, SETTINGS.withStoreTimeout(Duration.ofMillis(200))));
        assertTrue(refused.getMessage().contains("is loading"), refused.getMessage());
        assertEquals(List.of(), other.asked());
    }

    @Test
    void rule7_creationWithAnotherInput_isNotContinued() {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 2), WIDE);
        FaultyStore faulty = new FaultyStore(store.session());
        faulty.next(Fate.FINE, Fate.UNAVAILABLE);
        assertThrows(
                StoreUnavailableException.class,
                () -> Ipam.create(faulty, catalog, manyHeld(2_500), RestoreMode.REFUSE, SETTINGS));
        StoreException refused =
                assertThrows(StoreException.class, () -> Ipam.create(store.session(), catalog, SETTINGS));
        assertTrue(refused.getMessage().contains("another input"), refused.getMessage());
    }

    @Test
    void rule7_restoreOverAStore_isRefusedWithAdvice() {
        Ipam ipam = create();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> ipam.state().restore(StateSnapshot.empty(), RestoreMode.HOLD));
        assertTrue(refused.getMessage().contains("Ipam.create"), refused.getMessage());
    }

    private static StateSnapshot manyHeld(int count) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        Address address = Address.parse("10.8.0.0");
        for (int i = 0; i < count; i++) {
            held.add(new PoolSnapshot.Held(
                    address, Owner.stateless("shop", "old-" + i, "old" + i), "eth0", PoolSnapshot.Held.NO_GENERATION));
            address = address.next();
        }
        return new StateSnapshot(0, List.of(PoolSnapshot.of("wide", held)));
    }

    /** Otherwise its entry would overlap a pool that gets its range. */
    @Test
    void rule7_detachedPoolWithoutAFittingRecord_isNotCreated() {
        Pool gone = v4("gone", 3, 2);
        PoolSnapshot records = new PoolSnapshot(
                "gone",
                Optional.of(gone),
                Optional.empty(),
                List.of(new PoolSnapshot.Held(Address.parse("10.9.0.9"), pod("p"), "eth0", 1)),
                List.of());
        StateSnapshot snapshot = new StateSnapshot(1, List.of(records));
        Ipam ipam = keep(Ipam.create(session(), ONE_POOL, snapshot, RestoreMode.HOLD, SETTINGS));
        assertEquals(1, ipam.state().strays().size());
        PoolCatalog next = ONE_POOL.with(v4("c", 3, 2));
        assertTrue(ipam.update(ipam.catalog(), next).isUpdated());
        assertEquals(next, open().catalog());
    }

    // Rule 8: a batch.

    @Test
    void rule8_requestsOfOneOwnerAtOnce_getOneAddress() throws Exception {
        Ipam ipam = create();
        Set<String> answers = java.util.Collections.synchronizedSet(new HashSet<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> answers.add(get(ipam, "p"))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        assertEquals(Set.of("eth0 10.1.0.1"), answers);
    }

    @Test
    void rule8_requestLargerThanACommit_isUnstorable() {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMinutes(1));
        faulty.next(Fate.UNSTORABLE);
        assertThrows(UnstorableException.class, () -> get(ipam, "p"));
        assertEquals("eth0 10.1.0.1", get(ipam, "p"));
    }

    @Test
    void rule8_requestWithMoreOperationsThanACommit_isUnstorableBeforeItIsSent() {
        create();
        List<String> sent = new ArrayList<>();
        Ipam ipam = keep(Ipam.open(
                new PassingStore(store.session()) {
                    @Override
                    public int operationsPerCommit() {
                        return 1;
                    }

                    @Override
                    public Attempt commit(Head expected, Commit next) {
                        sent.add("commit");
                        return super.commit(expected, next);
                    }
                },
                SETTINGS));
        UnstorableException refused = assertThrows(
                UnstorableException.class, () -> ipam.allocate(Workload.of(pod("p")), on(of("a"), "eth0", "net1")));
        assertTrue(refused.getMessage().contains("needs 2 operations"), refused.getMessage());
        assertEquals(List.of(), sent);
        assertEquals("eth0 10.1.0.1", get(ipam, "q"));
    }

    // Rule 9: answers without a change.

    @Test
    void rule9_refusal_isConfirmedWithTheStore() {
        Ipam ipam = create();
        Ipam other = open();
        get(ipam, "p");
        get(ipam, "q");
        other.sync();
        ipam.release(pod("p"));
        assertEquals("eth0 10.1.0.1", get(other, "r"));
    }

    @Test
    void rule9_refusalOfTheResolver_isConfirmedWithTheStore() {
        Ipam ipam = create();
        Ipam other = open();
        PoolCatalog next = ipam.catalog().with(v4("b", 2, 1));
        assertTrue(ipam.update(ipam.catalog(), next).isUpdated());
        assertEquals(
                "eth0 10.2.0.1",
                IpamFixture.text(other.allocate(Workload.of(pod("p")), of("b")).orElseThrow()));
    }

    @Test
    void rule9_repeatedRequest_isConfirmedWithTheStore() {
        Ipam ipam = create();
        Ipam other = open();
        get(ipam, "p");
        other.sync();
        ipam.release(pod("p"));
        get(ipam, "q");
        assertEquals("eth0 10.1.0.2", get(other, "p"));
    }

    // Rule 10: callers and the committer's thread.

    @Test
    void rule10_interruptedCaller_keepsItsFlagAndTheStoreStaysUsable() throws Exception {
        create();
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = openFaulty(faulty, Duration.ofMinutes(1));
        faulty.always(Fate.REQUEST_LOST);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                get(ipam, "p");
            } catch (StoreException e) {
                failure.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
            ended.countDown();
        });
        caller.start();
        while (faulty.asked().isEmpty()) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        assertTrue(ended.await(60, TimeUnit.SECONDS));
        assertInstanceOf(OutcomeUnknownException.class, failure.get());
        assertTrue(flag.get());
        faulty.always(Fate.FINE);
        assertNotEquals("", get(ipam, "q"));
    }

    @Test
    void rule10_close_failsUnsentAndLaterCalls() {
        Ipam ipam = create();
        ipam.close();
        ipam.close();
        assertThrows(IllegalStateException.class, () -> get(ipam, "p"));
        assertThrows(IllegalStateException.class, ipam::sync);
    }

    // Rule 12: generations.

    @Test
    void rule12_generationsOfTwoProcesses_differAndStartAboveTheClock() {
        Ipam ipam = create();
        Ipam other = open();
        get(ipam, "p");
        get(other, "q");
        other.sync();
        List<Long> generations = other.state().export().pools().get(0).held().stream()
                .map(PoolSnapshot.Held::generation)
                .toList();
        assertEquals(2, new HashSet<>(generations).size());
        assertTrue(generations.stream().allMatch(one -> one > 1_000_000L << 20));
    }

    @Test
    void format_newerThanThisVersion_isRefusedWithBothNumbers() {
        create();
        StoreEdits.setFormat(store, 2);
        StoreException refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("format 2"), refused.getMessage());
        assertTrue(refused.getMessage().contains("supports 1"), refused.getMessage());
    }

    @Test
    void format_newerInTheNews_stopsTheProcessWithBothNumbers() {
        Ipam ipam = create();
        StoreEdits.setFormat(store, 2);
        StoreException stopped = assertThrows(StoreException.class, ipam::sync);
        assertTrue(stopped.getMessage().startsWith("the realm has format 2"), stopped.getMessage());
        assertThrows(StoreException.class, () -> get(ipam, "p"));
    }

    @Test
    void commit_ofABatch_hasOneChangeForEachEntry() {
        FaultyStore faulty = new FaultyStore(store.session());
        Ipam ipam = keep(Ipam.create(faulty, ONE_POOL, SETTINGS));
        get(ipam, "p");
        ipam.release(pod("p"));
        List<Commit> asked = faulty.asked();
        assertInstanceOf(
                Change.Granted.class, asked.get(asked.size() - 2).changes().get(0));
        assertInstanceOf(
                Change.Released.class, asked.get(asked.size() - 1).changes().get(0));
    }

    /** Rule 11. */
    @Test
    void allocate_afterConflict_readsNewsBeforeCommitUntilThereAreNone() {
        Ipam other = create(100);
        FaultyStore session = session();
        Ipam ipam = openFaulty(session, Duration.ofMinutes(1));
        ask(other, "other-1").orElseThrow();
        ask(ipam, "1").orElseThrow();
        assertEquals(2, session.asked().size(), "a conflict, and the commit after it");
        assertEquals(0, session.readsBeforeCommit(), "the conflict brought the news");
        ask(other, "other-2").orElseThrow();
        ask(ipam, "2").orElseThrow();
        assertEquals(3, session.asked().size(), "no second conflict");
        ask(ipam, "3").orElseThrow();
        assertEquals(2, session.readsBeforeCommit());
        ask(ipam, "4").orElseThrow();
        assertEquals(2, session.readsBeforeCommit(), "without competitors the news is not read");
        assertEquals(5, session.asked().size());
    }

    @Test
    void reconcile_orphanReleasedElsewhere_reportsOnlyItsOwnReleases() {
        Ipam other = create();
        get(other, "p");
        get(other, "q");
        Ipam ipam = keep(Ipam.open(
                session(),
                SETTINGS.withReconcileGrace(Duration.ZERO)
                        .withClock(() -> Instant.ofEpochMilli(clock.getAndIncrement()))));
        ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.REPORT);
        other.release(pod("p"));
        ReconcileReport report = ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.FREE);
        assertEquals(2, report.confirmed().size());
        assertEquals(
                List.of(pod("q")),
                report.released().stream().map(ReconcileReport.Orphan::owner).toList());
        assertEquals(0, open().usage("a").orElseThrow().held());
    }

    @Test
    @Timeout(60)
    void refusal_overAStore_isReturnedAndReported() throws Exception {
        AllocationResult.Refused refused = assertInstanceOf(
                AllocationResult.Refused.class, create().allocate(Workload.of(pod("p")), of("unknown")));
        assertEquals(refused.reason(), nextEvent(AllocationEvent.Refused.class).reason());
    }

    @Test
    void news_ofAnotherProcess_isReadAtTheInterval() {
        Ipam other = create();
        Ipam ipam = keep(Ipam.open(session(), SETTINGS.withNewsInterval(Duration.ofMillis(5))));
        get(other, "p");
        Await.until("the news", () -> ipam.usage("a").orElseThrow().held() == 1);
    }

    @Test
    void age_withoutNews_growsUntilTheStateIsConfirmed() {
        Ipam ipam = create();
        Await.until("a second", () -> ipam.state().age().toMillis() > 1_000);
        long start = System.nanoTime();
        ipam.sync();
        Duration age = ipam.state().age();
        Duration sinceTheCall = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(age.compareTo(sinceTheCall.plusMillis(1)) <= 0, age::toString);
    }
}
