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

/** One holder at a time. */
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
    void whoComesLaterWaitsUntilItIsFree() throws InterruptedException {
        mutex.lock();
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

    /** Tests run with assertions. */
    @Test
    void whoLocksTwiceIsToldInTests() {
        mutex.lock();
        assertThrows(AssertionError.class, mutex::lock);
        mutex.unlock();
        mutex.lock();
        mutex.unlock();
    }

    @Test
    void whoLetsGoOfWhatAnotherHoldsIsToldInTests() throws InterruptedException {
        mutex.lock();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread stranger = new Thread(mutex::unlock);
        stranger.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        started(stranger).join();
        assertEquals(AssertionError.class, thrown.get().getClass());
        mutex.unlock();
    }

    @Test
    void whatNobodyHoldsIsNotLetGo() {
        assertThrows(IllegalMonitorStateException.class, mutex::unlock);
        mutex.lock();
        mutex.unlock();
        assertThrows(IllegalMonitorStateException.class, mutex::unlock);
    }

    private static Thread started(Thread thread) {
        thread.start();
        return thread;
    }
}
