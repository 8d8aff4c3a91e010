package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.house.Await;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.PassingStore;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of a committer. */
@Timeout(60)
class CommitterThreadTest extends CommitterFixture {
    private final CountDownLatch isReleased = new CountDownLatch(1);
    /** The thread that called the store, once it has. */
    private volatile Thread caller = Thread.currentThread();

    private CommitterThread committer;

    /** A committer that is in a call of the store until that is released. */
    @BeforeEach
    void startAndCommit() {
        PassingStore session = new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                caller = Thread.currentThread();
                try {
                    isReleased.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoreUnavailableException("interrupted");
                }
                return super.commit(expected, next);
            }
        };
        committer = CommitterThread.start("test-committer", committer(session), inbox);
        add();
        Await.until("a call of the store", () -> caller != Thread.currentThread());
    }

    @AfterEach
    void end() {
        isReleased.countDown();
        if (!inbox.isClosing()) {
            inbox.close();
        }
        assertTrue(committer.join(60_000));
    }

    /** An Ipam that its program does not close must not keep the JVM alive. */
    @Test
    void start_thread_isADaemon() {
        assertTrue(caller.isDaemon());
        assertEquals("test-committer", caller.getName());
    }

    @Test
    void interrupt_byAShutdown_closesTheInbox() {
        caller.interrupt();
        Await.until("the end of the committer", () -> !caller.isAlive());
        assertTrue(inbox.isClosing());
    }

    @Test
    void join_committerContinues_returnsFalseAfterTheTime() {
        assertFalse(committer.join(1));
    }

    @Test
    void join_committerEndsMeanwhile_returnsTrue() throws Exception {
        FutureTask<Boolean> join = new FutureTask<>(() -> committer.join(60_000));
        startAndAwaitWait(join);
        inbox.close();
        isReleased.countDown();
        assertTrue(join.get(60, TimeUnit.SECONDS));
    }

    /** A close must not leave a commit behind because its thread is interrupted. */
    @Test
    void join_interruptedThread_waitsAndKeepsItsFlag() throws Exception {
        FutureTask<Boolean> join = new FutureTask<>(() -> committer.join(60_000) && Thread.interrupted());
        Thread waiting = startAndAwaitWait(join);
        waiting.interrupt();
        Await.until("the wait continues", () -> isWaiting(waiting) && !waiting.isInterrupted());
        inbox.close();
        isReleased.countDown();
        assertTrue(join.get(60, TimeUnit.SECONDS));
    }

    private static Thread startAndAwaitWait(Runnable body) {
        Thread thread = new Thread(body);
        thread.start();
        Await.until("the thread waits or has ended", () -> isWaiting(thread) || !thread.isAlive());
        assertTrue(thread.isAlive());
        return thread;
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }
}
