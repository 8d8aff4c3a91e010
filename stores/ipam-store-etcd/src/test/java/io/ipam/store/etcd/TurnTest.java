package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import io.ipam.house.Await;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fairness between processes: processes that have lost commit in the order of a queue. */
class TurnTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");
    /** The courtesy grows with the durations of commits, also if a busy machine stops a thread. */
    private static final EtcdStoreSettings PATIENT =
            EtcdStoreSettings.defaults().withCallLimit(Duration.ofHours(1));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FakeServer server;
    private ManagedChannel channel;
    private StateStore fast;
    private StateStore slow;
    private Head head;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        channel = EtcdHooks.channelTo(server.port());
        fast = EtcdStore.of(channel, "default", PATIENT);
        slow = EtcdStore.of(channel, "default", PATIENT);
        head = Facts.commit(fast, Head.NONE, 1, Facts.created());
    }

    @AfterEach
    void stop() throws InterruptedException {
        fast.close();
        slow.close();
        channel.shutdownNow();
        threads.shutdownNow();
        server.stop();
    }

    /** A process decides on heads that the fast one moves. It joins at its second loss. */
    private void lose(StateStore loser, long process) {
        for (int i = 0; i < 2; i++) {
            loseOnce(loser, process);
        }
    }

    private void loseOnce(StateStore loser, long process) {
        Head old = head;
        head = Facts.commit(fast, old, 1);
        assertInstanceOf(Attempt.Moved.class, loser.commit(old, Facts.after(old, process)));
    }

    /**
     * Makes the fast process wait for another one for more than 15 seconds, 20 times as long as its
     * commits last. A busy machine must not end its courtesy.
     */
    private void makePatient() {
        fast.close();
        fast = EtcdStore.of(channel, "default", PATIENT);
        server.onArrival(() -> LockSupport.parkNanos(1_000_000_000));
        head = Facts.commit(fast, head, 1);
    }

    private int waiting() {
        return server.etcd().pairs(KEYS.turns()).size();
    }

    private void awaitWaiting(int count) {
        Await.until(count + " processes wait", () -> waiting() == count);
    }

    /** A process that was idle has lost already when it decides. */
    @Test
    void commit_lostOnce_joinsNoQueue() {
        for (int i = 0; i < 3; i++) {
            loseOnce(slow, 2);
            assertEquals(0, waiting());
            head = Facts.commit(slow, head, 2);
            head = Facts.commit(slow, head, 2);
        }
    }

    @Test
    void commit_alsoLostBeforeTheLastCommit_joinsTheQueue() {
        loseOnce(slow, 2);
        head = Facts.commit(slow, head, 2);
        loseOnce(slow, 2);
        assertEquals(1, waiting());
        head = Facts.commit(slow, head, 2);
        assertEquals(0, waiting());
    }

    @Test
    void commit_lostTwice_joinsTheQueueUntilTheNextCommit() {
        lose(slow, 2);
        assertEquals(1, waiting());
        head = Facts.commit(slow, head, 2);
        assertEquals(0, waiting());
        head = Facts.commit(fast, head, 1);
    }

    @Test
    void commit_turnOfOther_waitsForItsCommit() throws Exception {
        makePatient();
        lose(slow, 2);
        Commit late = Facts.after(head, 1);
        CompletableFuture<Attempt> waiting = CompletableFuture.supplyAsync(() -> fast.commit(head, late), threads);
        awaitWaiting(2);
        Commit first = Facts.after(head, 2);
        assertEquals(new Attempt.Done(), slow.commit(head, first));
        assertEquals(new Attempt.Moved(new News.Since(List.of(first))), waiting.get(60, TimeUnit.SECONDS));
        assertEquals(1, waiting());
    }

    @Test
    void newsBeforeCommit_turnOfOther_returnsItsCommit() throws Exception {
        makePatient();
        lose(slow, 2);
        CompletableFuture<News> waiting = CompletableFuture.supplyAsync(() -> fast.newsBeforeCommit(head), threads);
        awaitWaiting(2);
        Commit first = Facts.after(head, 2);
        assertEquals(new Attempt.Done(), slow.commit(head, first));
        assertEquals(new News.Since(List.of(first)), waiting.get(60, TimeUnit.SECONDS));
        Facts.commit(fast, first.head(), 1);
        assertEquals(0, waiting());
    }

    @Test
    void newsBeforeCommit_firstLeavesWithoutCommit_returnsBeforeItsTurnEnds() throws Exception {
        makePatient();
        lose(slow, 2);
        CompletableFuture<News> waiting = CompletableFuture.supplyAsync(() -> fast.newsBeforeCommit(head), threads);
        awaitWaiting(2);
        slow.newsAfter(head);
        assertEquals(News.Since.NONE, waiting.get(60, TimeUnit.SECONDS));
        assertEquals(0, endedTurns());
    }

    /** Otherwise each commit would cost etcd an event for each of them. */
    @Test
    void newsBeforeCommit_manyWait_fourWatchAndAllGetTheirTurn() throws Exception {
        makePatient();
        lose(slow, 2);
        List<CompletableFuture<News>> waiting = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            StateStore store = i == 0 ? fast : EtcdStore.of(channel, "default", PATIENT);
            waiting.add(CompletableFuture.supplyAsync(() -> newsOfWaiting(store), threads));
            awaitWaiting(i + 2);
        }
        Await.until("four watch", () -> server.countWatches() == 4);
        slow.newsAfter(head);
        for (CompletableFuture<News> each : waiting) {
            assertEquals(News.Since.NONE, each.get(60, TimeUnit.SECONDS));
        }
        assertEquals(0, endedTurns());
    }

    /** Waits for the turn, and leaves the queue. */
    private News newsOfWaiting(StateStore store) {
        store.newsBeforeCommit(head);
        return store.newsAfter(head);
    }

    @Test
    void newsBeforeCommit_queueEmpty_joinsNoQueue() {
        Head old = head;
        head = Facts.commit(fast, old, 1);
        assertEquals(1, ((News.Since) slow.newsBeforeCommit(old)).commits().size());
        assertEquals(0, waiting());
    }

    @Test
    void otherCallThanCommit_hasJoined_leavesTheQueue() {
        List<Runnable> calls =
                List.of(() -> slow.newsAfter(head), () -> slow.load().close(), () -> slow.trim(head));
        for (Runnable call : calls) {
            lose(slow, 2);
            assertEquals(1, waiting());
            call.run();
            assertEquals(0, waiting());
        }
    }

    @Test
    void commit_turnOfEndedProcess_isDoneAfterTheCourtesy() {
        lose(slow, 2);
        slow.close();
        long start = System.nanoTime();
        head = Facts.commit(fast, head, 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 300, () -> "the courtesy lasted " + millis + " ms");
        assertEquals(0, waiting());
    }

    /** They do not hold the others one after the other. */
    @Test
    void commit_turnsOfManyEndedProcesses_isDoneAfterOneCourtesy() {
        lose(slow, 2);
        slow.close();
        for (int i = 0; i < 10; i++) {
            TxnRequest.Builder joining = TxnRequest.newBuilder();
            joining.addSuccessBuilder()
                    .getRequestPutBuilder()
                    .setKey(ByteString.copyFromUtf8(KEYS.turns() + "000000000000000" + i));
            server.etcd().execute(joining.build());
        }
        assertEquals(11, waiting());
        server.requests().clear();
        head = Facts.commit(fast, head, 1);
        assertEquals(1, endedTurns());
        assertEquals(0, waiting());
    }

    /** The number of requests that delete the queue. */
    private long endedTurns() {
        return server.requests().stream()
                .flatMap(request -> request.getSuccessList().stream())
                .filter(operation ->
                        !operation.getRequestDeleteRange().getRangeEnd().isEmpty())
                .count();
    }

    /** Twenty of its commits last longer than a call may. */
    @Test
    void commit_courtesyLongerThanTheLimit_isDoneWithinTheLimit() {
        EtcdStoreSettings brief = EtcdStoreSettings.defaults().withCallLimit(Duration.ofSeconds(5));
        try (StateStore hurried = EtcdStore.of(channel, "default", brief)) {
            server.onArrival(() -> LockSupport.parkNanos(300_000_000));
            head = Facts.commit(hurried, head, 3);
            lose(slow, 2);
            slow.close();
            head = Facts.commit(hurried, head, 3);
        }
    }

    @Test
    void commit_ownTurnWasEnded_isDone() {
        lose(slow, 2);
        head = Facts.commit(fast, head, 1);
        assertEquals(0, waiting());
        head = Facts.commit(slow, head, 2);
        assertEquals(0, waiting());
    }

    @Test
    void close_whileWaiting_endsTheCall() {
        makePatient();
        lose(slow, 2);
        CompletableFuture<News> waiting = CompletableFuture.supplyAsync(() -> fast.newsBeforeCommit(head), threads);
        awaitWaiting(2);
        fast.close();
        assertThrows(Exception.class, () -> waiting.get(60, TimeUnit.SECONDS));
    }

    /** It may lose again if a busy machine stops a thread for longer than the courtesy. */
    @Test
    void commit_slowProcessAmongFastOnes_losesOnceForEachCommit() throws Exception {
        lose(slow, 2);
        head = Facts.commit(slow, head, 2);
        AtomicBoolean running = new AtomicBoolean(true);
        CompletableFuture<Void> busy = CompletableFuture.runAsync(
                () -> {
                    Head last = head;
                    while (running.get()) {
                        last = commitOnce(fast, last, 1);
                    }
                },
                threads);
        Head last = head;
        boolean hasLost = false;
        long endedBefore = 0;
        for (int done = 0; done < 5; ) {
            LockSupport.parkNanos(20_000_000); // it decides slowly
            long ended = endedTurns();
            last = commitOnce(slow, last, 2);
            boolean isDone = last.id().process() == 2;
            assertTrue(isDone || !hasLost || endedTurns() > endedBefore, "it lost again, and no turn was ended");
            hasLost = !isDone;
            endedBefore = ended;
            done += isDone ? 1 : 0;
        }
        running.set(false);
        busy.get(60, TimeUnit.SECONDS);
    }

    /** A commit that loses is a write of etcd, too. */
    @Test
    void commit_manyProcesses_waitForFewCommitsAndSendFew() throws Exception {
        int processes = 32;
        int commits = 4;
        List<CompletableFuture<Long>> running = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            long process = 10 + i;
            running.add(CompletableFuture.supplyAsync(() -> longestWait(process, commits), threads));
        }
        long longest = 0;
        for (CompletableFuture<Long> each : running) {
            longest = Math.max(longest, each.get(60, TimeUnit.SECONDS));
        }
        long wait = longest;
        long sent = server.requests().stream()
                .filter(request -> request.getCompareCount() > 1)
                .count();
        assertTrue(sent < 3L * processes * commits, () -> sent + " commits were sent");
        assertTrue(wait <= 2 * processes, () -> "a process waited for " + wait + " commits of others");
    }

    /** The maximum number of commits of others from a decision of a process to its commit. */
    private long longestWait(long process, int commits) {
        try (StateStore store = EtcdStore.of(channel, "default", PATIENT)) {
            Head last = head;
            long longest = 0;
            for (int done = 0; done < commits; done++) {
                Head decided = last;
                do {
                    LockSupport.parkNanos(1_000_000); // it decides
                    last = commitOnce(store, last, process);
                } while (last.id().process() != process);
                longest = Math.max(longest, last.revision() - decided.revision() - 1);
            }
            return longest;
        }
    }

    /** The head after an attempt. */
    private static Head commitOnce(StateStore store, Head last, long process) {
        Commit next = Facts.after(last, process);
        if (store.commit(last, next) instanceof Attempt.Moved moved) {
            List<Commit> news = ((News.Since) moved.news()).commits();
            return news.get(news.size() - 1).head();
        }
        return next.head();
    }
}
