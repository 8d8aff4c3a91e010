package io.ipam.engine.realm;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Address;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.FaultyStore;
import io.ipam.store.FaultyStore.Fate;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.StateStore;
import io.ipam.store.StoreEdits;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The acceptance of entries as found: rules 1 and 3. */
class FoundEntriesTest {
    private final AtomicLong processes = new AtomicLong();
    private final InMemoryStore store = new InMemoryStore();

    @BeforeEach
    void create() {
        PoolCatalog catalog = PoolCatalog.of(v4("a", 1));
        Ipam.create(store.session(), catalog, IpamSettings.defaults()).close();
    }

    private void accept(StateStore session, long timeoutMillis) {
        RealmSettings realm = new RealmSettings(
                timeoutMillis, 20, OptionalLong.empty(), processes::incrementAndGet, () -> 1_000, false);
        OpeningSteps.acceptAsFound(session, realm);
    }

    private long revision() {
        try (Image image = store.session().load()) {
            return image.head().revision();
        }
    }

    /** A session with given results of its next commits, which do not reach the store. */
    private PassingStore committing(List<Supplier<Attempt>> results) {
        Deque<Supplier<Attempt>> left = new ArrayDeque<>(results);
        return new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                return left.isEmpty()
                        ? super.commit(expected, next)
                        : left.poll().get();
            }
        };
    }

    private static Supplier<Attempt> failing(StoreException failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void accept_unavailableAfterAnUnknownOutcome_sendsTheSameCommitAgain() {
        FaultyStore faulty = new FaultyStore(store.session()).next(Fate.ANSWER_LOST, Fate.UNAVAILABLE);
        accept(faulty, 60_000);
        assertEquals(3, faulty.asked().size());
        assertEquals(1, faulty.asked().stream().distinct().count());
        assertEquals(2, revision());
    }

    @Test
    void accept_unavailableUntilTheTimeOut_reportsTheUnknownOutcome() {
        FaultyStore faulty = new FaultyStore(store.session()).next(Fate.ANSWER_LOST);
        faulty.always(Fate.UNAVAILABLE);
        assertThrows(OutcomeUnknownException.class, () -> accept(faulty, 30));
        assertEquals(2, revision());
    }

    @Test
    void accept_unavailableAtFirst_isUnavailable() {
        FaultyStore faulty = new FaultyStore(store.session()).next(Fate.UNAVAILABLE);
        assertThrows(StoreUnavailableException.class, () -> accept(faulty, 60_000));
        assertEquals(1, revision());
    }

    /** The commit may still take effect when the entries are corrected. */
    @Test
    void accept_corruptAfterAnUnknownOutcome_reportsTheUnknownOutcome() {
        CorruptStoreException corrupt = new CorruptStoreException("a guard failed");
        PassingStore session = committing(List.of(failing(new OutcomeUnknownException("lost")), failing(corrupt)));
        OutcomeUnknownException failure = assertThrows(OutcomeUnknownException.class, () -> accept(session, 60_000));
        assertEquals(corrupt, failure.getCause());
    }

    /** The log no longer shows whether the commit follows the head. */
    @Test
    void accept_logOfTheOutcomeIsGone_reportsTheUnknownOutcome() {
        for (News gone : List.of(new News.Trimmed(), new News.Diverged())) {
            PassingStore session = committing(List.of(() -> new Attempt.Moved(gone)));
            assertThrows(OutcomeUnknownException.class, () -> accept(session, 60_000));
        }
    }

    @Test
    void accept_anotherProcessIsFirst_countsAgain() {
        AtomicInteger loads = new AtomicInteger();
        PassingStore session = new PassingStore(store.session()) {
            @Override
            public Image load() {
                Image image = super.load();
                if (loads.getAndIncrement() == 0) {
                    accept(store.session(), 60_000);
                }
                return image;
            }
        };
        accept(session, 60_000);
        assertEquals(2, loads.get());
        assertEquals(3, revision());
    }

    @Test
    void openAsFound_loadFailsAfterTheCommit_reportsTheUnknownOutcome() {
        AtomicInteger loads = new AtomicInteger();
        StoreUnavailableException down = new StoreUnavailableException("down");
        PassingStore session = new PassingStore(store.session()) {
            @Override
            public Image load() {
                if (loads.getAndIncrement() == 1) {
                    throw down;
                }
                return super.load();
            }
        };
        OutcomeUnknownException failure =
                assertThrows(OutcomeUnknownException.class, () -> Ipam.openAsFound(session, IpamSettings.defaults()));
        assertEquals(down, failure.getCause());
        assertEquals(2, revision());
    }

    @Test
    void accept_manyEmptyDetachedPools_namesThem() {
        Ipam ipam = Ipam.open(store.session(), IpamSettings.defaults().withNewsInterval(Duration.ofHours(1)));
        ipam.allocate(Workload.of(pod("p")), of("a")).orElseThrow();
        ipam.updateByForce(ipam.catalog(), PoolCatalog.EMPTY);
        ipam.close();
        StoreEdits.deleteHeld(store, Address.parse("10.1.0.1"));
        PassingStore small = new PassingStore(store.session()) {
            @Override
            public int operationsPerCommit() {
                return 1;
            }
        };
        StoreException failure = assertThrows(StoreException.class, () -> accept(small, 60_000));
        assertEquals(
                "cannot accept the entries: one commit must give generations to 0 allocations and remove 1 empty"
                        + " detached pools, which is more than the store accepts; set distinct positive generations,"
                        + " and delete the empty detached pools",
                failure.getMessage());
    }
}
