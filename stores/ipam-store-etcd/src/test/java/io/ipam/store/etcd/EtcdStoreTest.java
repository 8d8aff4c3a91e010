package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.ipam.address.Address;
import io.ipam.documents.StoreText;
import io.ipam.house.Await;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transactions that a session sends, and its results if they fail. */
class EtcdStoreTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");
    private static final EtcdStoreSettings SHORT = EtcdStoreSettings.defaults().withCallLimit(Duration.ofMillis(500));

    private FakeServer server;
    private ManagedChannel channel;
    private StateStore store;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        channel = EtcdHooks.channelTo(server.port());
        store = EtcdStore.of(channel, "default");
    }

    @AfterEach
    void stop() throws InterruptedException {
        store.close();
        channel.shutdownNow();
        server.stop();
    }

    private Head created() {
        Head head = Facts.commit(store, Head.NONE, 1, Facts.created());
        server.requests().clear();
        return head;
    }

    @Test
    void commit_grantsAndReleases_areOneTransaction() {
        Head head = Facts.commit(store, created(), 1, Facts.granted(7, 1));
        server.requests().clear();
        Change.Released released = new Change.Released(Facts.held(7, 1), Optional.empty());
        Facts.commit(store, head, 1, Facts.granted(5, 2), released);
        assertEquals(1, server.requests().size());
        TxnRequest txn = server.requests().get(0);
        assertEquals(
                List.of(KEYS.head(), KEYS.turns(), KEYS.held() + "10.6.0.5", KEYS.held() + "10.6.0.7"),
                txn.getCompareList().stream()
                        .map(compare -> compare.getKey().toStringUtf8())
                        .toList());
        assertEquals(
                List.of(
                        "put " + KEYS.head(),
                        "put " + KEYS.log(3),
                        "put " + KEYS.held() + "10.6.0.5",
                        "delete " + KEYS.held() + "10.6.0.7",
                        "delete " + KEYS.cooling() + "10.6.0.7"),
                txn.getSuccessList().stream().map(EtcdStoreTest::shown).toList());
        assertEquals(
                List.of("get " + KEYS.head(), "get " + KEYS.log(2), "get " + KEYS.turns()),
                txn.getFailureList().stream().map(EtcdStoreTest::shown).toList());
    }

    private static String shown(RequestOp operation) {
        return switch (operation.getRequestCase()) {
            case REQUEST_PUT -> "put " + operation.getRequestPut().getKey().toStringUtf8();
            case REQUEST_DELETE_RANGE ->
                "delete " + operation.getRequestDeleteRange().getKey().toStringUtf8();
            case REQUEST_RANGE -> "get " + operation.getRequestRange().getKey().toStringUtf8();
            default -> operation.getRequestCase().name();
        };
    }

    /** A page costs etcd 3.4 a visit of all keys after it. */
    @Test
    void load_20001Addresses_readsThreePagesOfThem() {
        created();
        for (int from = 0; from < 20_001; from += 100) {
            TxnRequest.Builder puts = TxnRequest.newBuilder();
            for (int i = from; i < Math.min(20_001, from + 100); i++) {
                Entry.Held held = Facts.held(i, i + 1);
                puts.addSuccessBuilder()
                        .getRequestPutBuilder()
                        .setKey(ByteString.copyFromUtf8(KEYS.of(held)))
                        .setValue(ByteString.copyFromUtf8(StoreText.format(held)));
            }
            server.etcd().execute(puts.build());
        }
        Set<Address> addresses = new HashSet<>();
        try (Image image = store.load()) {
            image.entries().forEachRemaining(entry -> addresses.add(((Entry.Held) entry).address()));
        }
        assertEquals(20_001, addresses.size());
        long pages = server.requests().stream()
                .filter(request -> request.getSuccess(0)
                        .getRequestRange()
                        .getKey()
                        .toStringUtf8()
                        .startsWith(KEYS.held()))
                .count();
        assertEquals(3, pages);
    }

    @Test
    void operationsPerCommit_default_allows125GrantsOr62Releases() {
        assertEquals(125, store.operationsPerCommit());
        assertEquals(1, store.operations(Facts.granted(5, 1)));
        assertEquals(2, store.operations(new Change.Released(Facts.held(5, 1), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, io exception",
        "DEADLINE_EXCEEDED, x",
        "INTERNAL, x",
        "UNKNOWN, x",
        "RESOURCE_EXHAUSTED, etcdserver: mvcc: database space exceeded"
    })
    void commit_failsAfterwards_isUnknownAndSentOnce(Status.Code code, String description) {
        Head head = created();
        Commit grant = Facts.after(head, 1, Facts.granted(5, 1));
        server.fail(FakeServer.Fault.after(code.toStatus().withDescription(description)));
        assertThrows(OutcomeUnknownException.class, () -> store.commit(head, grant));
        assertEquals(1, server.requests().size());
        assertEquals(new Attempt.Moved(new News.Since(List.of(grant))), store.commit(head, grant));
    }

    @Test
    void commit_serverRefusesSize_isUnstorable() {
        Head head = created();
        server.fail(FakeServer.Fault.before(
                Status.INVALID_ARGUMENT.withDescription("etcdserver: too many operations in txn request")));
        assertThrows(UnstorableException.class, () -> store.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
    }

    @Test
    void commit_noAnswer_isUnknownAfterTheLimit() {
        Head head = created();
        try (StateStore impatient = EtcdStore.of(channel, "default", SHORT)) {
            server.fail(FakeServer.Fault.SILENCE);
            long start = System.nanoTime();
            assertThrows(
                    OutcomeUnknownException.class,
                    () -> impatient.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 450, () -> "the call ended after " + millis + " ms");
        }
    }

    @Test
    void close_whileAnswerIsMissing_endsTheCall() throws Exception {
        Head head = created();
        StateStore patient =
                EtcdStore.of(channel, "default", EtcdStoreSettings.defaults().withCallLimit(Duration.ofHours(1)));
        server.fail(FakeServer.Fault.SILENCE);
        CompletableFuture<Attempt> running =
                CompletableFuture.supplyAsync(() -> patient.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
        Await.until("the commit arrives", () -> !server.requests().isEmpty());
        patient.close();
        Throwable end = running.handle((attempt, failed) -> failed.getCause()).get(60, TimeUnit.SECONDS);
        assertInstanceOf(OutcomeUnknownException.class, end);
    }

    @Test
    void commit_threadInterrupted_isUnknownAndKeepsTheFlag() {
        Head head = created();
        server.fail(FakeServer.Fault.SILENCE);
        Thread.currentThread().interrupt();
        assertThrows(
                OutcomeUnknownException.class, () -> store.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
        assertTrue(Thread.interrupted());
    }

    /** Also with the retries of the channel enabled, which is the default of gRPC. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commit_connectionCutBeforeAnswer_isSentOnce(boolean retries) throws Exception {
        Head head = created();
        try (CuttingProxy proxy = new CuttingProxy("localhost", server.port())) {
            var builder = Grpc.newChannelBuilder("localhost:" + proxy.port(), InsecureChannelCredentials.create());
            ManagedChannel cut = (retries ? builder.enableRetry() : builder.disableRetry()).build();
            try (StateStore session = EtcdStore.of(cut, "default")) {
                session.newsAfter(head);
                server.requests().clear();
                Commit grant = Facts.after(head, 1, Facts.granted(5, 1));
                server.onArrival(proxy::loseNextAnswer);
                assertThrows(OutcomeUnknownException.class, () -> session.commit(head, grant));
                assertEquals(1, server.requests().size());
                assertEquals(new Attempt.Moved(new News.Since(List.of(grant))), session.commit(head, grant));
                assertEquals(2, server.requests().size());
            } finally {
                cut.shutdownNow();
            }
        }
    }

    @Test
    void commit_ownTextOfHeadEdited_isCorrupt() {
        Head head = created();
        Head edited = new Head(head.revision(), head.id(), head.lastGeneration(), 7, head.stampMillis());
        edit(new Operation.Put(KEYS.head(), HeadText.format(edited)));
        CorruptStoreException corrupt = assertThrows(
                CorruptStoreException.class, () -> store.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
        assertTrue(corrupt.getMessage().contains("/ipam/default/head must be 1|"), corrupt.getMessage());
    }

    @Test
    void commit_headDeleted_isCorrupt() {
        Head head = created();
        edit(Operation.Delete.one(KEYS.head()));
        assertThrows(CorruptStoreException.class, () -> store.commit(head, Facts.after(head, 1, Facts.granted(5, 1))));
    }

    @Test
    void newsAfter_commitDeleted_isCorrupt() {
        Head first = created();
        Head second = Facts.commit(store, first, 1);
        Facts.commit(store, second, 1);
        edit(Operation.Delete.one(KEYS.log(2)));
        assertThrows(CorruptStoreException.class, () -> store.newsAfter(first));
    }

    @Test
    void newsAfter_secondCommitUnreadable_returnsTheFirst() {
        Head first = created();
        Commit next = Facts.after(first, 1);
        store.commit(first, next);
        Facts.commit(store, next.head(), 1);
        edit(new Operation.Put(KEYS.log(3), "3|x"));
        assertEquals(new News.Since(List.of(next)), store.newsAfter(first));
        assertThrows(CorruptStoreException.class, () -> store.newsAfter(next.head()));
    }

    private void edit(Operation operation) {
        EtcdHooks.execute(channel, new Txn(List.of(), List.of(operation), List.of()));
    }

    @Test
    void load_compactedMeanwhile_isUnavailableAndNextLoadWorks() {
        Facts.commit(store, created(), 1, Facts.granted(5, 1));
        Image image = store.load();
        Facts.commit(store, image.head(), 1, Facts.granted(6, 2));
        server.etcd().compact();
        StoreUnavailableException failed = assertThrows(
                StoreUnavailableException.class, () -> image.entries().hasNext());
        assertTrue(failed.getMessage().contains("compacted"), failed.getMessage());
        Iterator<Entry> entries = store.load().entries();
        assertEquals(Facts.held(5, 1), entries.next());
        assertEquals(Facts.held(6, 2), entries.next());
    }

    @Test
    void load_serverFails_isUnavailable() {
        created();
        server.fail(FakeServer.Fault.before(Status.UNAVAILABLE));
        assertThrows(StoreUnavailableException.class, () -> store.load());
        server.fail(FakeServer.Fault.before(Status.PERMISSION_DENIED));
        assertThrows(StoreUnavailableException.class, () -> store.newsAfter(Head.NONE));
    }

    @Test
    void calls_answerWithoutRanges_failAsOtherErrors() {
        Head head = created();
        server.fail(FakeServer.Fault.EMPTY);
        assertThrows(StoreUnavailableException.class, () -> store.newsAfter(head));
        server.fail(FakeServer.Fault.EMPTY);
        assertThrows(StoreUnavailableException.class, store::load);
        try (Image image = store.load()) {
            server.fail(FakeServer.Fault.EMPTY);
            assertThrows(StoreUnavailableException.class, () -> image.entries().hasNext());
        }
        server.fail(FakeServer.Fault.EMPTY);
        assertThrows(OutcomeUnknownException.class, () -> store.commit(head, Facts.after(head, 1)));
    }

    @Test
    void follow_watchEnds_isStartedAgain() throws Exception {
        Head head = created();
        Semaphore hints = new Semaphore(0);
        AutoCloseable registration = store.follow(hints::release);
        assertHint(hints);
        head = Facts.commit(store, head, 1);
        assertHint(hints);
        server.endWatches();
        assertHint(hints);
        head = Facts.commit(store, head, 1);
        assertHint(hints);
        server.cancelWatches();
        assertHint(hints);
        assertEquals(1, server.countWatches());
        registration.close();
        Await.until("the watch ends", () -> server.countWatches() == 0);
    }

    /** Otherwise each commit would cost each process a message of the watch, and a read. */
    @Test
    void follow_busyRealm_pausesTheWatchUntilTheRealmIsQuiet() throws Exception {
        Head head = created();
        Semaphore hints = new Semaphore(0);
        store.follow(hints::release);
        try (EtcdStore other = EtcdStore.of(channel, "default")) {
            Await.until("the watch starts", () -> server.countWatches() == 1);
            Head known = head;
            while (server.countWatches() > 0 || known.equals(head)) {
                head = Facts.commit(other, head, 1);
            }
            assertHint(hints);
            hints.drainPermits();
            assertHint(hints);
            assertEquals(0, server.countWatches(), "the watch after a hint while the realm is busy");
            News.Since news = (News.Since) store.newsAfter(known);
            assertEquals(head, news.commits().get(news.commits().size() - 1).head());
            Head last = head;
            Await.until("the watch starts again", () -> {
                assertEquals(News.Since.NONE, store.newsAfter(last));
                return server.countWatches() == 1;
            });
            hints.drainPermits();
            Facts.commit(other, head, 1);
            assertHint(hints);
        }
    }

    private static void assertHint(Semaphore hints) throws InterruptedException {
        assertTrue(hints.tryAcquire(60, TimeUnit.SECONDS));
    }

    @Test
    void keys_afterCommits_areAsDocumented() {
        Head head = Facts.commit(store, created(), 1, new Change.PoolPut(Optional.empty(), Facts.BLUE));
        Facts.commit(store, head, 1, Facts.granted(5, 41));
        assertEquals(
                List.of(
                        KEYS.held() + "10.6.0.5",
                        KEYS.head(),
                        KEYS.log(1),
                        KEYS.log(2),
                        KEYS.log(3),
                        KEYS.meta(),
                        KEYS.pools() + "blue"),
                server.etcd().pairs(KEYS.root()).stream()
                        .map(pair -> pair.getKey().toStringUtf8())
                        .toList());
    }

    @Test
    void of_otherPrefix_isAnotherRealm() {
        Head head = created();
        try (StateStore other =
                EtcdStore.of(channel, "default", EtcdStoreSettings.defaults().withPrefix("/net"))) {
            assertEquals(Head.NONE, other.load().head());
        }
        assertEquals(head, store.load().head());
    }

    @Test
    void commit_notAfterExpected_throws() {
        Head head = created();
        assertThrows(
                IllegalArgumentException.class, () -> store.commit(Head.NONE, Facts.after(head, 1, Facts.created())));
    }
}
