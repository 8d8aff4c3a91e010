package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
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

/** The courtesy between processes: a process that loses three times commits next. */
class TurnTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");

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
        fast = EtcdStore.of(channel, "default");
        slow = EtcdStore.of(channel, "default");
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

    /** The slow process decides on a head that the fast one moves each time. */
    private void loseThreeTimes() {
        for (int i = 0; i < 3; i++) {
            Head old = head;
            head = Facts.commit(fast, old, 1);
            assertInstanceOf(Attempt.Moved.class, slow.commit(old, Facts.after(old, 2)));
        }
    }

    private List<String> turn() {
        return server.etcd().pairs(KEYS.turn()).stream()
                .map(pair -> pair.getValue().toStringUtf8())
                .toList();
    }

    @Test
    void lost_twice_leavesNothing() {
        Head old = head;
        head = Facts.commit(fast, old, 1);
        slow.commit(old, Facts.after(old, 2));
        slow.commit(old, Facts.after(old, 2));
        assertEquals(List.of(), turn());
    }

    @Test
    void lost_threeTimes_leavesTheTurnUntilTheNextCommit() {
        loseThreeTimes();
        assertEquals(1, turn().size());
        head = Facts.commit(slow, head, 2);
        assertEquals(List.of(), turn());
        head = Facts.commit(fast, head, 1);
    }

    @Test
    void commit_turnOfOther_waitsForItsCommit() throws Exception {
        loseThreeTimes();
        Commit late = Facts.after(head, 1);
        CompletableFuture<Attempt> waiting = CompletableFuture.supplyAsync(() -> fast.commit(head, late));
        Thread.sleep(50);
        Commit first = Facts.after(head, 2);
        assertEquals(new Attempt.Done(), slow.commit(head, first));
        assertEquals(new Attempt.Moved(new News.Since(List.of(first))), waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    void commit_turnOfEndedProcess_isDoneAfterTheCourtesy() {
        loseThreeTimes();
        slow.close();
        long start = System.nanoTime();
        head = Facts.commit(fast, head, 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 300, () -> "the courtesy lasted " + millis + " ms");
        assertEquals(List.of(), turn());
    }

    /** Twenty of its commits last longer than a call may. */
    @Test
    void commit_courtesyLongerThanTheLimit_isDoneWithinTheLimit() {
        EtcdStoreSettings brief = EtcdStoreSettings.defaults().withCallLimit(Duration.ofSeconds(3));
        try (StateStore hurried = EtcdStore.of(channel, "default", brief)) {
            server.onArrival(() -> LockSupport.parkNanos(300_000_000));
            head = Facts.commit(hurried, head, 3);
            loseThreeTimes();
            slow.close();
            head = Facts.commit(hurried, head, 3);
        }
        assertEquals(List.of(), turn());
    }

    @Test
    void commit_ownTurnWasEnded_isDone() {
        loseThreeTimes();
        head = Facts.commit(fast, head, 1);
        head = Facts.commit(slow, head, 2);
        assertEquals(List.of(), turn());
    }

    @Test
    void commit_slowProcessAmongFastOnes_losesFewTimes() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
            Head last = head;
            while (running.get()) {
                last = commitOnce(fast, last, 1);
            }
        });
        int losses = 0;
        int mostLosses = 0;
        Head last = head;
        for (int done = 0; done < 5; ) {
            Thread.sleep(20); // it decides slowly
            Head next = commitOnce(slow, last, 2);
            boolean isDone = next.id().process() == 2;
            done += isDone ? 1 : 0;
            losses = isDone ? 0 : losses + 1;
            mostLosses = Math.max(mostLosses, losses);
            last = next;
        }
        running.set(false);
        busy.get(10, TimeUnit.SECONDS);
        int most = mostLosses;
        assertTrue(most < 15, () -> "the slow process lost " + most + " times in succession");
    }

    /** A commit that loses is a write of etcd, too. */
    @Test
    void commit_manyProcesses_sendFewCommitsForEachThatIsAccepted() throws Exception {
        int processes = 32;
        int commits = 4;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            long process = 10 + i;
            running.add(CompletableFuture.runAsync(() -> commit(process, commits), threads));
        }
        for (CompletableFuture<Void> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        long sent = server.requests().stream()
                .filter(request -> request.getCompareCount() > 0)
                .count();
        assertTrue(sent < 8L * processes * commits, () -> sent + " commits were sent");
    }

    private void commit(long process, int commits) {
        try (StateStore store = EtcdStore.of(channel, "default")) {
            Head last = head;
            for (int done = 0; done < commits; ) {
                LockSupport.parkNanos(1_000_000); // it decides
                last = commitOnce(store, last, process);
                done += last.id().process() == process ? 1 : 0;
            }
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
