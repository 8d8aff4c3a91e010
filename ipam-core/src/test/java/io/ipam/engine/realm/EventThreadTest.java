package io.ipam.engine.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.state.EventQueue;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The signals and the end of the thread that delivers events. */
class EventThreadTest {
    /** A semaphore that throws an Error if it gets one more permit. */
    private static Semaphore full() {
        return new Semaphore(Integer.MAX_VALUE);
    }

    /** The thread of such a queue is never started, so no signal is ever processed. */
    @Test
    void signal_noListener_isIgnored() {
        Semaphore due = new Semaphore(0);
        EventThread thread = new EventThread(EventQueue.SILENT, due);
        thread.start();
        thread.signal();
        thread.close();
        assertEquals(0, due.availablePermits());
    }

    @Test
    void signal_manyAreUnprocessed_addsNone() {
        Semaphore due = full();
        EventThread thread = new EventThread(new EventQueue(Optional.of(event -> {})), due);
        thread.signal();
        thread.close();
        assertEquals(Integer.MAX_VALUE, due.availablePermits());
    }

    @Test
    void signal_listenerIsRunning_isProcessedAfterwards() throws InterruptedException {
        BlockingQueue<AllocationEvent> delivered = new LinkedBlockingQueue<>();
        Semaphore due = new Semaphore(0);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        EventQueue events = new EventQueue(Optional.of(event -> {
            entered.countDown();
            assertTrue(awaits(released));
            delivered.add(event);
        }));
        EventThread thread = new EventThread(events, due);
        thread.start();
        events.add(new AllocationEvent.Swapped(1));
        thread.signal();
        assertTrue(awaits(entered));
        for (int i = 2; i <= 1_000; i++) {
            events.add(new AllocationEvent.Swapped(i));
            thread.signal();
        }
        assertEquals(1, due.availablePermits());
        released.countDown();
        for (int i = 1; i <= 1_000; i++) {
            assertEquals(new AllocationEvent.Swapped(i), delivered.poll(60, TimeUnit.SECONDS));
        }
        thread.close();
        thread.join(60_000);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void join_eventsAreQueued_waitsForTheListener() {
        AtomicInteger delivered = new AtomicInteger();
        EventQueue events = new EventQueue(Optional.of(event -> delivered.incrementAndGet()));
        EventThread thread = new EventThread(events, new Semaphore(0));
        for (int i = 0; i < 10_000; i++) {
            events.add(new AllocationEvent.Swapped(i));
        }
        thread.start();
        thread.close();
        thread.join(60_000);
        assertEquals(10_000, delivered.get());
    }

    /** A listener may close the Ipam. */
    @Test
    void join_byTheListener_returns() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        AtomicReference<EventThread> thread = new AtomicReference<>();
        EventQueue events = new EventQueue(Optional.of(event -> {
            thread.get().join(60_000);
            left.countDown();
        }));
        events.add(new AllocationEvent.Swapped(1));
        thread.set(new EventThread(events, new Semaphore(0)));
        thread.get().close();
        thread.get().start();
        assertTrue(left.await(60, TimeUnit.SECONDS));
    }

    @Test
    void join_callerInterrupted_returnsWithItsFlag() {
        CountDownLatch released = new CountDownLatch(1);
        EventQueue events = new EventQueue(Optional.of(event -> awaits(released)));
        events.add(new AllocationEvent.Swapped(1));
        EventThread thread = new EventThread(events, new Semaphore(0));
        thread.close();
        thread.start();
        Thread.currentThread().interrupt();
        thread.join(60_000);
        assertTrue(Thread.interrupted());
        assertEquals(1, released.getCount());
        released.countDown();
    }

    @Test
    void close_eventsAreQueued_deliversThem() throws InterruptedException {
        BlockingQueue<AllocationEvent> delivered = new LinkedBlockingQueue<>();
        EventQueue events = new EventQueue(Optional.of(delivered::add));
        EventThread thread = new EventThread(events);
        AllocationEvent event = new AllocationEvent.Swapped(1);
        events.add(event);
        thread.close();
        thread.start();
        assertEquals(event, delivered.poll(60, TimeUnit.SECONDS));
    }
}
