package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Granted;
import io.ipam.allocation.AllocationEvent.Reconciled;
import io.ipam.allocation.AllocationEvent.Refused;
import io.ipam.allocation.AllocationEvent.Released;
import io.ipam.allocation.AllocationEvent.Swapped;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.RefusalReason;
import io.ipam.fixture.IpamFixture;
import io.ipam.resolution.PoolSelections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final List<AllocationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 2), v4("b", 2, 2));

    {
        fixture.with(fixture.settings.withListener(events::add));
    }

    private List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Test
    void on_eachCall_getsOneEventPerChange() {
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        fixture.refused(pod("2"), of("a"));
        fixture.ipam.release(pod("1"));
        fixture.ipam.release(pod("1"));
        fixture.ipam.update(fixture.ipam.catalog(), fixture.ipam.catalog().without("b"));
        fixture.ipam.reconcile(fixture.ipam.observe(), List.of(), ReconcileMode.REPORT);
        assertEquals(
                List.of("Granted", "Granted", "Refused", "Released", "Released", "Swapped", "Reconciled"), kinds());
        Granted second = (Granted) events.get(1);
        assertEquals("net1", second.interfaceName());
        assertEquals(1, second.position());
        assertEquals(RefusalReason.EXHAUSTED, ((Refused) events.get(2)).reason());
        assertEquals(0, ((Released) events.get(3)).position());
        assertEquals(fixture.ipam.catalog().version(), ((Swapped) events.get(5)).catalogVersion());
        assertEquals(new Reconciled(0, 0, 0), events.get(6));
    }

    @Test
    void on_eachCall_isDeliveredBeforeItReturnsWithItsDuration() {
        long started = System.nanoTime();
        fixture.get(pod("1"), of("a"));
        assertEquals(1, events.size());
        fixture.refused(pod("2"), on(of("a"), "eth0", "net1"));
        assertEquals(2, events.size());
        fixture.ipam.release(pod("1"));
        assertEquals(3, events.size());
        long most = System.nanoTime() - started;
        fixture.ipam.update(fixture.ipam.catalog(), fixture.ipam.catalog().without("b"));
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
    void on_renewalAndMove_areGrantedAndReleasedFirst() {
        fixture.get(db("x"), of("a"));
        fixture.get(db("y"), of("a"));
        assertTrue(((Granted) events.get(1)).renewed());
        fixture.get(db("z"), of("b"));
        assertEquals(List.of("Granted", "Granted", "Released", "Granted"), kinds());
    }

    @Test
    void on_throwsException_reachesNoCaller() {
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            throw new IllegalStateException();
        }));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        fixture.ipam.release(pod("1"));
        assertEquals(4, events.size());
        assertEquals(4, fixture.ipam.listenerFailures());
    }

    /** A listener that throws an error for each grant of eth0. */
    private void failOnEth0(Error error) {
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            if (event instanceof Granted granted && granted.interfaceName().equals("eth0")) {
                throw error;
            }
        }));
    }

    @Test
    void on_throwsError_reachesTheCallThatDelivers() {
        Error error = new StackOverflowError();
        failOnEth0(error);
        PoolSelections two = on(of("a"), "eth0", "net1");
        assertSame(error, assertThrows(StackOverflowError.class, () -> fixture.get(pod("1"), two)));
        assertEquals(List.of("Granted", "Granted"), kinds());
        assertEquals(1, fixture.ipam.listenerFailures());
        assertEquals("2 held, 0 cooling, 0 reserved, 0 free", fixture.usage("a"));
        assertEquals(List.of(), fixture.ipam.state().verify());
    }

    @Test
    void on_threwError_laterEventsAreDelivered() {
        failOnEth0(new LinkageError());
        assertThrows(LinkageError.class, () -> fixture.get(pod("1"), of("a")));
        fixture.get(pod("1"), of("a"));
        fixture.ipam.release(pod("1"));
        fixture.refused(pod("2"), on(of("a"), "eth0", "net1", "net2"));
        assertEquals(List.of("Granted", "Released", "Refused"), kinds());
        assertEquals(1, fixture.ipam.listenerFailures());
    }

    /** The first error reaches the call; the queue is empty nevertheless. */
    @Test
    void on_throwsErrorForEachEvent_deliversAll() {
        List<Error> errors = List.of(new LinkageError("first"), new LinkageError("second"));
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            throw errors.get(events.size() - 1);
        }));
        PoolSelections two = on(of("a"), "eth0", "net1");
        assertSame(errors.get(0), assertThrows(LinkageError.class, () -> fixture.get(pod("1"), two)));
        assertEquals(2, events.size());
    }

    /** The call inside the listener delivers nothing, so the error reaches the outer call. */
    @Test
    void on_callsTheLibraryAndThrowsError_reachesTheOuterCall() {
        Error error = new LinkageError();
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            if (event instanceof Released) {
                fixture.get(pod("2"), of("a"));
            } else if (events.size() == 3) {
                throw error;
            }
        }));
        fixture.get(pod("1"), of("a"));
        assertSame(error, assertThrows(LinkageError.class, () -> fixture.ipam.release(pod("1"))));
        assertEquals(List.of("Granted", "Released", "Granted"), kinds());
    }

    /** Code of other JVM languages may throw it. */
    @Test
    void on_throwsCheckedException_reachesNoCaller() {
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            ListenerTest.<RuntimeException>throwAnything(new IOException());
        }));
        fixture.get(pod("1"), of("a"));
        fixture.ipam.release(pod("1"));
        assertEquals(List.of("Granted", "Released"), kinds());
        assertEquals(2, fixture.ipam.listenerFailures());
    }

    @SuppressWarnings("unchecked") // the cast lets it pass
    private static <T extends Throwable> void throwAnything(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void on_callsTheLibrary_eventsFollow() {
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            if (event instanceof Released released && released.owner().equals(pod("1"))) {
                fixture.get(pod("2"), of("a"));
                assertEquals(1, fixture.ipam.usage("a").orElseThrow().held());
            }
        }));
        fixture.get(pod("1"), of("a"));
        fixture.ipam.release(pod("1"));
        assertEquals(List.of("Granted", "Released", "Granted"), kinds());
    }

    @Test
    void on_granted_addressIsHeldAlready() {
        fixture.with(fixture.settings.withListener(event -> {
            if (event instanceof Granted granted) {
                boolean isHeld = fixture.ipam.state().export().pools().stream()
                        .flatMap(pool -> pool.held().stream())
                        .anyMatch(held -> held.generation() == granted.generation());
                assertTrue(isHeld);
            }
        }));
        fixture.get(pod("1"), on(of("a"), "eth0", "net1"));
        assertEquals(0, fixture.ipam.listenerFailures());
    }

    @Test
    void on_blocked_otherCallsContinue() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.with(fixture.settings.withListener(event -> {
            events.add(event);
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Thread first = new Thread(() -> fixture.get(pod("1"), of("a")));
        first.start();
        entered.await();
        fixture.get(pod("2"), of("a"));
        fixture.ipam.release(pod("2"));
        assertEquals(1, events.size());
        go.countDown();
        first.join();
        assertEquals(List.of("Granted", "Granted", "Released"), kinds());
    }
}
