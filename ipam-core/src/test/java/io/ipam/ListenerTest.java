package io.ipam;

import static io.ipam.Bench.db;
import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Granted;
import io.ipam.allocation.AllocationEvent.Reconciled;
import io.ipam.allocation.AllocationEvent.Refused;
import io.ipam.allocation.AllocationEvent.Released;
import io.ipam.allocation.AllocationEvent.Swapped;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.RefusalReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final List<AllocationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Bench bench = new Bench(v4("a", 1, 2), v4("b", 2, 2));

    {
        bench.with(bench.settings.withListener(events::add));
    }

    private List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Test
    void oneEventForEachAllocation() {
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        bench.refused(pod("2"), of("a"));
        bench.ipam.release(pod("1"));
        bench.ipam.release(pod("1"));
        bench.ipam.update(bench.ipam.catalog(), bench.ipam.catalog().without("b"));
        bench.ipam.reconcile(bench.ipam.observe(), List.of(), ReconcileMode.REPORT);
        assertEquals(
                List.of("Granted", "Granted", "Refused", "Released", "Released", "Swapped", "Reconciled"), kinds());
        Granted second = (Granted) events.get(1);
        assertEquals("net1", second.interfaceName());
        assertEquals(1, second.position());
        assertEquals(RefusalReason.EXHAUSTED, ((Refused) events.get(2)).reason());
        assertEquals(0, ((Released) events.get(3)).position());
        assertEquals(bench.ipam.catalog().version(), ((Swapped) events.get(5)).catalogVersion());
        assertEquals(new Reconciled(0, 0, 0), events.get(6));
    }

    @Test
    void eachCallDeliversItsEventsAndSaysHowLongItTook() {
        long started = System.nanoTime();
        bench.get(pod("1"), of("a"));
        assertEquals(1, events.size());
        bench.refused(pod("2"), on(of("a"), "eth0", "net1"));
        assertEquals(2, events.size());
        bench.ipam.release(pod("1"));
        assertEquals(3, events.size());
        long most = System.nanoTime() - started;
        bench.ipam.update(bench.ipam.catalog(), bench.ipam.catalog().without("b"));
        assertEquals(4, events.size());
        for (long elapsed : new long[] {
            ((Granted) events.get(0)).elapsedNanos(),
            ((Refused) events.get(1)).elapsedNanos(),
            ((Released) events.get(2)).elapsedNanos()
        }) {
            assertTrue(elapsed > 0 && elapsed < most, elapsed + " of " + most);
        }
    }

    @Test
    void aRenewalIsGrantedAndAMoveIsReleasedFirst() {
        bench.get(db("x"), of("a"));
        bench.get(db("y"), of("a"));
        assertTrue(((Granted) events.get(1)).renewed());
        bench.get(db("z"), of("b"));
        assertEquals(List.of("Granted", "Granted", "Released", "Granted"), kinds());
    }

    @Test
    void aThrowingListenerHarmsNobody() {
        bench.with(bench.settings.withListener(event -> {
            events.add(event);
            if (event instanceof Granted) {
                throw new StackOverflowError();
            }
            throw new IllegalStateException();
        }));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        bench.ipam.release(pod("1"));
        assertEquals(4, events.size());
        assertEquals(4, bench.ipam.listenerFailures());
    }

    /** As code of other languages on the JVM may throw it. */
    @Test
    void aCheckedExceptionHarmsNobodyEither() {
        bench.with(bench.settings.withListener(event -> {
            events.add(event);
            ListenerTest.<RuntimeException>throwAnything(new IOException());
        }));
        bench.get(pod("1"), of("a"));
        bench.ipam.release(pod("1"));
        assertEquals(List.of("Granted", "Released"), kinds());
        assertEquals(2, bench.ipam.listenerFailures());
    }

    @SuppressWarnings("unchecked") // the cast is what lets it pass
    private static <T extends Throwable> void throwAnything(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void aListenerMayCallTheLibrary() {
        bench.with(bench.settings.withListener(event -> {
            events.add(event);
            if (event instanceof Released released && released.owner().equals(pod("1"))) {
                bench.get(pod("2"), of("a"));
                assertEquals(1, bench.ipam.usage("a").orElseThrow().held());
            }
        }));
        bench.get(pod("1"), of("a"));
        bench.ipam.release(pod("1"));
        assertEquals(List.of("Granted", "Released", "Granted"), kinds());
    }

    @Test
    void whatIsReportedIsCommitted() {
        bench.with(bench.settings.withListener(event -> {
            if (event instanceof Granted granted) {
                boolean isHeld = bench.ipam.state().export().pools().stream()
                        .flatMap(pool -> pool.held().stream())
                        .anyMatch(held -> held.generation() == granted.generation());
                assertTrue(isHeld);
            }
        }));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        assertEquals(0, bench.ipam.listenerFailures());
    }

    @Test
    void aBlockedListenerKeepsNobodyElse() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        bench.with(bench.settings.withListener(event -> {
            events.add(event);
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Thread first = new Thread(() -> bench.get(pod("1"), of("a")));
        first.start();
        entered.await();
        bench.get(pod("2"), of("a"));
        bench.ipam.release(pod("2"));
        assertEquals(1, events.size());
        go.countDown();
        first.join();
        assertEquals(List.of("Granted", "Granted", "Released"), kinds());
    }
}
