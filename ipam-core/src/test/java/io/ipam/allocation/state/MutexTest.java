package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One holder at a time, as often as it likes. */
class MutexTest {
    private static final int THREADS = 4;
    private static final int TURNS = 50_000;

    private final Mutex mutex = new Mutex();
    /** Guarded by the mutex alone. */
    private long count;

    @Test
    void itHoldsOneThreadAtATimeAndShowsWhatTheLastOneWrote() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    mutex.lock();
                    count++;
                    mutex.unlock();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals((long) THREADS * TURNS, count);
    }

    @Test
    void itsHolderMayHoldItAgainAndLetsGoAsOften() throws InterruptedException {
        mutex.lock();
        mutex.lock();
        mutex.unlock();
        CountDownLatch held = new CountDownLatch(1);
        Thread other = started(new Thread(() -> {
            mutex.lock();
            held.countDown();
            mutex.unlock();
        }));
        assertFalse(held.await(50, TimeUnit.MILLISECONDS));
        mutex.unlock();
        assertTrue(held.await(10, TimeUnit.SECONDS));
        other.join();
    }

    @Test
    void nobodyElseLetsGoOfIt() throws InterruptedException {
        assertThrows(IllegalMonitorStateException.class, mutex::unlock);
        mutex.lock();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread stranger = new Thread(mutex::unlock);
        stranger.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        started(stranger).join();
        assertEquals(IllegalMonitorStateException.class, thrown.get().getClass());
        mutex.unlock();
        assertThrows(IllegalMonitorStateException.class, mutex::unlock);
    }

    /** A thread may answer any number as its own. */
    @Test
    void threadsAreToldApartWhateverNumberTheyAnswer() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        Thread first = started(new Numbered(() -> {
            mutex.lock();
            held.countDown();
            awaitUninterrupted(letGo);
            mutex.unlock();
        }));
        awaitUninterrupted(held);
        CountDownLatch entered = new CountDownLatch(1);
        Thread second = started(new Numbered(() -> {
            mutex.lock();
            entered.countDown();
            mutex.unlock();
        }));
        assertFalse(entered.await(50, TimeUnit.MILLISECONDS));
        letGo.countDown();
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        first.join();
        second.join();
    }

    private static Thread started(Thread thread) {
        thread.start();
        return thread;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Numbered extends Thread {
        Numbered(Runnable body) {
            super(body);
        }

        @Override
        public long getId() {
            return 7;
        }
    }
}
