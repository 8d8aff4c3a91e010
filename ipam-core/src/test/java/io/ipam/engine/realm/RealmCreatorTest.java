package io.ipam.engine.realm;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.PassingStore;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The creation of a realm in several commits: rules 3 and 7. */
class RealmCreatorTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(v4("a", 1, 9));

    private final InMemoryStore store = new InMemoryStore();

    private static RealmCreator creator(
            StateStore session, long nowMillis, long timeoutMillis, StateSnapshot snapshot) {
        RealmSettings realm =
                new RealmSettings(timeoutMillis, 20, OptionalLong.of(500), () -> nowMillis, () -> nowMillis, false);
        return new RealmCreator(
                new OpeningSession(session, timeoutMillis),
                EngineFixture.NO_COOL_DOWN,
                realm,
                CATALOG,
                snapshot,
                RestoreMode.REFUSE);
    }

    /** A store whose commits fail in an order, and are accepted afterwards. */
    private static final class Failing extends PassingStore {
        private final Deque<RuntimeException> failures;

        Failing(StateStore to, RuntimeException... failures) {
            super(to);
            this.failures = new ArrayDeque<>(List.of(failures));
        }

        @Override
        public int operationsPerCommit() {
            return 3;
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return super.commit(expected, next);
        }
    }

    private long revision() {
        try (Image image = store.session().load()) {
            return image.head().revision();
        }
    }

    /** Its stamp becomes the time of the creation, which is later when the creation continues. */
    @Test
    void create_interruptedAfterAReleaseInTheFuture_continues() {
        StateSnapshot snapshot = StateSnapshot.of(List.of(new PoolSnapshot(
                "a",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(cooling("10.1.0.2", 5_000), cooling("10.1.0.3", 5_000), cooling("10.1.0.4", 900)))));
        StoreUnavailableException failure = new StoreUnavailableException("failed");
        PassingStore killed = new PassingStore(store.session()) {
            @Override
            public int operationsPerCommit() {
                return 3;
            }

            @Override
            public Attempt commit(Head expected, Commit next) {
                if (next.head().revision() == 4) {
                    throw failure;
                }
                return super.commit(expected, next);
            }
        };
        assertEquals(
                failure,
                assertThrows(
                        StoreUnavailableException.class,
                        () -> creator(killed, 1_000, 1_000, snapshot).create()));
        creator(new Failing(store.session()), 2_000, 1_000, snapshot).create();
        try (Image image = store.session().load()) {
            long[] cooling = {0};
            image.entries().forEachRemaining(entry -> cooling[0] += entry instanceof Entry.Cooling ? 1 : 0);
            assertEquals(3, cooling[0]);
        }
    }

    private static PoolSnapshot.Cooling cooling(String address, long releasedMillis) {
        return new PoolSnapshot.Cooling(
                io.ipam.address.Address.parse(address), pod("p"), Instant.ofEpochMilli(releasedMillis));
    }

    /** A store whose commits hold a limited number of bytes, which only it can count. */
    @Test
    void create_commitTooLargeForTheStore_isSplit() {
        PoolSnapshot pool = new PoolSnapshot(
                "a",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(cooling("10.1.0.2", 900), cooling("10.1.0.3", 900), cooling("10.1.0.4", 900)));
        PassingStore small = new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                if (next.changes().size() > 2) {
                    throw new UnstorableException("too large");
                }
                return super.commit(expected, next);
            }
        };
        creator(small, 1_000, 1_000, StateSnapshot.of(List.of(pool))).create();
        try (Image image = store.session().load()) {
            assertEquals(Realm.Phase.OPEN, image.realm().orElseThrow().phase());
            List<Entry> entries = new ArrayList<>();
            image.entries().forEachRemaining(entries::add);
            assertEquals(4, entries.size());
        }
    }

    /** The commit of unknown outcome may still take effect, so no other one may follow. */
    @Test
    void create_unstorableAfterAnUnknownOutcome_sendsTheSameCommitAgain() {
        Failing failing =
                new Failing(store.session(), new OutcomeUnknownException("first"), new UnstorableException("second"));
        creator(failing, 1_000, 60_000, StateSnapshot.empty()).create();
        assertEquals(1, revision());
    }

    @Test
    void create_changeTooLargeForTheStore_isUnstorable() {
        UnstorableException tooLarge = new UnstorableException("too large");
        PassingStore tiny = new PassingStore(store.session()) {
            @Override
            public Attempt commit(Head expected, Commit next) {
                throw tooLarge;
            }
        };
        RealmCreator creator = creator(tiny, 1_000, 1_000, StateSnapshot.empty());
        assertEquals(tooLarge, assertThrows(UnstorableException.class, creator::create));
        assertEquals(0, revision());
    }

    @Test
    void create_unavailableAfterAnUnknownOutcome_sendsTheCommitAgain() {
        Failing failing = new Failing(
                store.session(), new OutcomeUnknownException("first"), new StoreUnavailableException("second"));
        creator(failing, 1_000, 60_000, StateSnapshot.empty()).create();
        assertEquals(1, revision());
    }

    @Test
    void create_unavailableUntilTheTimeOut_reportsTheUnknownOutcome() {
        RuntimeException[] failures = new RuntimeException[1_000];
        java.util.Arrays.fill(failures, new StoreUnavailableException("later"));
        failures[0] = new OutcomeUnknownException("first");
        RealmCreator creator = creator(new Failing(store.session(), failures), 1_000, 30, StateSnapshot.empty());
        assertEquals(
                "first",
                assertThrows(OutcomeUnknownException.class, creator::create).getMessage());
    }
}
