package io.ipam.engine.realm;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The opening of a realm. */
class RealmOpenerTest {
    /** The committer would call the store while another thread closes the image. */
    @Test
    void open_beforeTheCommitterStarts_hasClosedTheImage() {
        InMemoryStore store = new InMemoryStore();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        Ipam.create(store.session(), catalog, IpamSettings.defaults()).close();
        List<String> calls = new CopyOnWriteArrayList<>();
        PassingStore recording = new PassingStore(store.session()) {
            @Override
            public Image load() {
                return new PassingImage(super.load()) {
                    @Override
                    public void close() {
                        calls.add("closed");
                        super.close();
                    }
                };
            }

            @Override
            public AutoCloseable follow(Runnable hint) {
                calls.add("following");
                return super.follow(hint);
            }
        };
        Ipam.open(recording, IpamSettings.defaults()).close();
        assertEquals(List.of("closed", "following"), calls);
    }

    /** H2 closes its file if the thread that reads it is interrupted. */
    @Test
    void openAndCreate_anyCall_areNotMadeByTheCallersThread() {
        InMemoryStore store = new InMemoryStore();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        List<Thread> callers = new CopyOnWriteArrayList<>();
        List<Supplier<Ipam>> openings = List.of(
                () -> Ipam.create(recording(store, callers), catalog, IpamSettings.defaults()),
                () -> Ipam.open(recording(store, callers), IpamSettings.defaults()),
                () -> Ipam.openAsFound(recording(store, callers), IpamSettings.defaults()),
                () -> Ipam.openOrCreate(recording(store, callers), catalog, IpamSettings.defaults()));
        openings.forEach(opening -> opening.get().close());
        assertFalse(callers.isEmpty());
        assertFalse(callers.contains(Thread.currentThread()));
    }

    private static PassingStore recording(InMemoryStore store, List<Thread> callers) {
        return new PassingStore(store.session()) {
            @Override
            public Image load() {
                callers.add(Thread.currentThread());
                return super.load();
            }

            @Override
            public Attempt commit(Head expected, Commit next) {
                callers.add(Thread.currentThread());
                return super.commit(expected, next);
            }
        };
    }

    /** Waits in each load until it is closed. */
    private static PassingStore waiting(InMemoryStore store) {
        CountDownLatch closed = new CountDownLatch(1);
        return new PassingStore(store.session()) {
            @Override
            public Image load() {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new AssertionError("the interrupt reached the store", e);
                }
                return super.load();
            }

            @Override
            public void close() {
                super.close();
                closed.countDown();
            }
        };
    }

    @Test
    void open_callerInterrupted_closesTheStoreAndKeepsTheFlag() {
        InMemoryStore store = new InMemoryStore();
        Ipam.create(store.session(), PoolCatalog.of(v4("a", 1, 9)), IpamSettings.defaults())
                .close();
        Thread.currentThread().interrupt();
        assertThrows(StoreUnavailableException.class, () -> Ipam.open(waiting(store), IpamSettings.defaults()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void create_callerInterrupted_throwsOutcomeUnknown() {
        InMemoryStore store = new InMemoryStore();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1, 9));
        Thread.currentThread().interrupt();
        assertThrows(
                OutcomeUnknownException.class, () -> Ipam.create(waiting(store), catalog, IpamSettings.defaults()));
        assertTrue(Thread.interrupted());
        Thread.currentThread().interrupt();
        assertThrows(
                OutcomeUnknownException.class,
                () -> Ipam.openOrCreate(waiting(store), catalog, IpamSettings.defaults()));
        assertTrue(Thread.interrupted());
    }

    /** A session whose first commit interrupts the caller; no commit reaches the store. */
    private static PassingStore interrupting(InMemoryStore store, Thread caller) {
        AtomicBoolean isSent = new AtomicBoolean();
        return new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                if (isSent.getAndSet(true)) {
                    throw new StoreUnavailableException("the session is closed");
                }
                caller.interrupt();
                throw new OutcomeUnknownException("lost");
            }
        };
    }

    /** A closed store cannot show the outcome, so further attempts would only delay the caller. */
    @Test
    void createAndOpenAsFound_callerInterruptedDuringACommit_endBeforeTheTimeOut() {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1));
        IpamSettings settings = IpamSettings.defaults().withStoreTimeout(Duration.ofMinutes(5));
        InMemoryStore existing = new InMemoryStore();
        Ipam.create(existing.session(), catalog, settings).close();
        Thread caller = Thread.currentThread();
        List<Supplier<Ipam>> openings = List.of(
                () -> Ipam.create(interrupting(new InMemoryStore(), caller), catalog, settings),
                () -> Ipam.openOrCreate(interrupting(new InMemoryStore(), caller), catalog, settings),
                () -> Ipam.openAsFound(interrupting(existing, caller), settings));
        for (Supplier<Ipam> opening : openings) {
            long started = System.nanoTime();
            assertThrows(OutcomeUnknownException.class, opening::get);
            assertTrue(Thread.interrupted());
            assertTrue(System.nanoTime() - started < Duration.ofMinutes(1).toNanos());
        }
    }

    /** The failure of a call must not hide that an earlier call may have changed the realm. */
    @Test
    void create_loadFailsAfterTheCommit_isOfUnknownOutcome() {
        InMemoryStore store = new InMemoryStore();
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1));
        AtomicBoolean isCreated = new AtomicBoolean();
        StoreUnavailableException down = new StoreUnavailableException("down");
        PassingStore failing = new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                isCreated.set(true);
                return super.commit(expected, next);
            }

            @Override
            public Image load() {
                if (isCreated.get()) {
                    throw down;
                }
                return super.load();
            }
        };
        OutcomeUnknownException failure = assertThrows(
                OutcomeUnknownException.class, () -> Ipam.create(failing, catalog, IpamSettings.defaults()));
        assertEquals(down, failure.getCause());
        Ipam.open(store.session(), IpamSettings.defaults()).close();
    }

    @Test
    void open_closeFailsToo_reportsTheFirstFailure() {
        StoreUnavailableException down = new StoreUnavailableException("down");
        StoreUnavailableException notClosed = new StoreUnavailableException("not closed");
        PassingStore failing = new PassingStore(new InMemoryStore().session()) {
            @Override
            public Image load() {
                throw down;
            }

            @Override
            public void close() {
                throw notClosed;
            }
        };
        assertEquals(
                down, assertThrows(StoreUnavailableException.class, () -> Ipam.open(failing, IpamSettings.defaults())));
        assertEquals(List.of(notClosed), List.of(down.getSuppressed()));
    }

    /** Otherwise the threads of an Ipam that no caller has would run on. */
    @Test
    void open_callerInterruptedButRealmOpened_closesTheIpam() {
        InMemoryStore store = new InMemoryStore();
        Ipam.create(store.session(), PoolCatalog.of(v4("a", 1, 9)), IpamSettings.defaults())
                .close();
        AtomicInteger hints = new AtomicInteger();
        PassingStore open = new PassingStore(store.session()) {
            @Override
            public AutoCloseable follow(Runnable hint) {
                hints.incrementAndGet();
                return hints::decrementAndGet;
            }

            @Override
            public void close() {
                // The opening ends before the close takes effect.
            }
        };
        Thread.currentThread().interrupt();
        assertThrows(StoreUnavailableException.class, () -> Ipam.open(open, IpamSettings.defaults()));
        assertTrue(Thread.interrupted());
        assertEquals(0, hints.get());
    }
}
