package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.house.Await;
import io.ipam.owner.Owner;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** {@link DatabaseTests} on PostgreSQL, and locks, time-outs and recovery of the server. */
class PostgresDatabaseTest extends DatabaseTests {
    private static final PostgresServer SERVER = PostgresServer.only();
    /** A transaction may be idle for 2 seconds, and wait for a lock for 24. */
    private static final JdbcStoreSettings BRIEF = JdbcStoreSettings.defaults().withCallLimit(Duration.ofMinutes(1));
    /** A call may wait for a lock for 2 seconds. */
    private static final JdbcStoreSettings SHORT = JdbcStoreSettings.defaults().withCallLimit(Duration.ofSeconds(5));

    @Override
    DataSource source() {
        return SERVER.source();
    }

    @Test
    void load_noSchema_throws() {
        PGSimpleDataSource empty = PostgresServer.source("localhost", SERVER.port());
        empty.setDatabaseName("template1");
        StoreException refused = assertThrows(
                StoreException.class, () -> JdbcStore.of(empty, "r").load());
        assertEquals(
                "cannot use the database: it has no table ipam_schema; call JdbcStore.createSchema",
                refused.getMessage());
    }

    @Test
    void commit_nameTooLongForIndex_isUnstorable() {
        JdbcStore store = open();
        Head head = created(store);
        StringBuilder name = new StringBuilder();
        for (int i = 0; name.length() < 20_000; i++) {
            name.append(Integer.toHexString(i * 0x9e3779b9));
        }
        Change grant = new Change.Granted(Values.held(1, Owner.stateless("shop", name.toString(), "u"), 1));
        assertThrows(UnstorableException.class, () -> store.commit(head, Values.after(head, 1, grant)));
        Values.commit(store, head, 1, Values.granted(1, 1));
    }

    @Test
    void commit_afterConflict_hasTheLockUntilTheNextCall() throws Exception {
        JdbcStore loser = open();
        JdbcStore winner = open(competing(), PATIENT);
        Head first = created(winner);
        Head second = Values.commit(winner, first, 2, Values.granted(1, 1));
        assertInstanceOf(Attempt.Moved.class, loser.commit(first, Values.after(first, 3, Values.granted(2, 1))));
        CompletableFuture<Attempt> competitor = CompletableFuture.supplyAsync(
                () -> winner.commit(second, Values.after(second, 2, Values.granted(3, 1))));
        awaitWaitForLock();
        Commit next = Values.after(second, 3, Values.granted(2, 1));
        assertInstanceOf(Attempt.Done.class, loser.commit(second, next));
        assertEquals(new Attempt.Moved(new News.Since(List.of(next))), competitor.get(60, TimeUnit.SECONDS));
    }

    @Test
    void newsBeforeCommit_realmFree_hasTheLockUntilTheNextCall() throws Exception {
        JdbcStore store = open();
        JdbcStore other = open(competing(), PATIENT);
        Head first = created(other);
        Head second = Values.commit(other, first, 2, Values.granted(1, 1));
        assertEquals(1, ((News.Since) store.newsBeforeCommit(first)).commits().size());
        CompletableFuture<Attempt> competitor = CompletableFuture.supplyAsync(
                () -> other.commit(second, Values.after(second, 2, Values.granted(3, 1))));
        awaitWaitForLock();
        Commit next = Values.after(second, 3, Values.granted(2, 1));
        assertInstanceOf(Attempt.Done.class, store.commit(second, next));
        assertEquals(new Attempt.Moved(new News.Since(List.of(next))), competitor.get(60, TimeUnit.SECONDS));
    }

    @Test
    void newsBeforeCommit_noCommitFollows_otherCallReleasesLock() {
        JdbcStore store = open();
        JdbcStore other = open(source(), BRIEF);
        Head head = created(other);
        assertEquals(News.Since.NONE, store.newsBeforeCommit(head));
        store.newsAfter(head);
        Values.commit(other, head, 2);
    }

    @Test
    void newsBeforeCommit_otherHistory_releasesLock() throws SQLException {
        JdbcStore store = open();
        Head head = created(store);
        Head other = Values.after(head, 9).head();
        assertEquals(new News.Diverged(), store.newsBeforeCommit(other));
        try (Connection free = lockedByHand()) {
            free.rollback();
        }
    }

    @Test
    void commit_twoWriters_noneLosesTwice() throws Exception {
        Head head = created(open());
        List<Writer> writers = List.of(new Writer(open(), head, 2), new Writer(open(), head, 3));
        List<Thread> threads = writers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        for (Writer writer : writers) {
            assertEquals(Writer.COMMITS, writer.done(), "commits of a writer: " + writer.failure());
            assertTrue(writer.mostLosses() <= 1, () -> "losses of one commit: " + writer.mostLosses());
        }
    }

    /** The holder of the lock is frozen between its conflict and its next call. */
    @Test
    void commit_holderOfLockFrozen_isDoneAfterIdleLimit() {
        JdbcStore frozen = open(source(), BRIEF);
        JdbcStore store = open();
        Head first = created(store);
        Head second = Values.commit(store, first, 2, Values.granted(1, 1));
        frozen.commit(first, Values.after(first, 3, Values.granted(2, 1)));
        long start = System.nanoTime();
        Head third = Values.commit(store, second, 2, Values.granted(3, 1));
        assertTrue(System.nanoTime() - start < 60_000_000_000L, "the wait for a frozen holder");
        Commit late = Values.after(second, 3, Values.granted(2, 1));
        assertThrows(StoreUnavailableException.class, () -> frozen.commit(second, late));
        assertInstanceOf(Attempt.Moved.class, frozen.commit(second, late));
        frozen.newsAfter(third); // Releases the lock, which the server could end before the commit.
        Values.commit(frozen, third, 3, Values.granted(2, 1));
    }

    @Test
    void newsAfter_afterConflict_releasesLock() {
        JdbcStore loser = open();
        JdbcStore store = open(source(), BRIEF);
        Head first = created(store);
        Head second = Values.commit(store, first, 2);
        loser.commit(first, Values.after(first, 3));
        loser.newsAfter(second);
        Values.commit(store, second, 2);
    }

    /** The server ends the idle transaction and its connection. */
    @Test
    void readingCalls_lockEndedByServer_useAnotherConnection() throws SQLException {
        JdbcStore loser = open(competing(), BRIEF);
        JdbcStore store = open();
        Head head = created(store);
        for (int i = 0; i < 3; i++) {
            Head next = Values.commit(store, head, 2, Values.granted(i, 1));
            loser.commit(head, Values.after(head, 3));
            Await.until("the server ends the connection", () -> countCompeting("") == 0);
            switch (i) {
                case 0 -> assertEquals(News.Since.NONE, loser.newsAfter(next));
                case 1 -> assertEquals(2, Values.entries(loser).size());
                default -> loser.trim(next);
            }
            head = next;
        }
    }

    @Test
    void commit_ownCommitInNews_releasesLock() throws SQLException {
        JdbcStore store = open();
        created(store);
        store.commit(Head.NONE, Values.after(Head.NONE, 1, Values.created()));
        try (Connection other = lockedByHand()) {
            other.rollback();
        }
    }

    @Test
    void commit_realmLockedByHand_isUnavailableWithinLimit() throws SQLException {
        JdbcStore store = open(source(), SHORT);
        Head head = created(open());
        Commit next = Values.after(head, 1, Values.granted(1, 1));
        try (Connection other = lockedByHand()) {
            long start = System.nanoTime();
            assertThrows(StoreUnavailableException.class, () -> store.commit(head, next));
            assertTrue(System.nanoTime() - start < 60_000_000_000L, "the wait for a lock");
            other.rollback();
        }
        Await.until("the commit takes effect", () -> isDone(store, head, next));
    }

    @Test
    void close_commitWaitsForLock_endsIt() throws Exception {
        JdbcStore store = open(competing(), PATIENT);
        Head head = created(store);
        try (Connection other = lockedByHand()) {
            CompletableFuture<Attempt> waiting =
                    CompletableFuture.supplyAsync(() -> store.commit(head, Values.after(head, 1)));
            awaitWaitForLock();
            store.close();
            Throwable failure = waiting.handle((done, thrown) -> thrown).get(60, TimeUnit.SECONDS);
            assertInstanceOf(StoreUnavailableException.class, failure.getCause());
            other.rollback();
        }
        assertEquals(News.Since.NONE, open().newsAfter(head));
    }

    /** A statement that the server does not answer. */
    @Test
    void calls_backendFrozen_endWithinLimit() throws Exception {
        PGSimpleDataSource named = PostgresServer.source("localhost", SERVER.port());
        named.setApplicationName("frozen");
        JdbcStore store = open(named, SHORT);
        Head head = created(open());
        assertEquals(News.Since.NONE, store.newsAfter(head));
        Commit next = Values.after(head, 1, Values.granted(1, 1));
        String pid = backend("frozen");
        signal("-STOP", pid);
        try {
            long start = System.nanoTime();
            assertThrows(StoreUnavailableException.class, () -> store.commit(head, next));
            assertTrue(System.nanoTime() - start < 60_000_000_000L, "a call to a frozen server");
        } finally {
            signal("-CONT", pid);
        }
        Await.until("the commit takes effect", () -> isDone(store, head, next));
    }

    /** Sends a commit, perhaps again. */
    private static boolean isDone(JdbcStore store, Head head, Commit next) {
        try {
            return store.commit(head, next) instanceof Attempt.Done
                    || News.Since.NONE.equals(store.newsAfter(next.head()));
        } catch (StoreUnavailableException | OutcomeUnknownException busy) {
            return false; // A busy machine may exceed the short limits of the store.
        }
    }

    @Test
    void load_serverInRecovery_isUnavailable() throws Exception {
        JdbcStore store = open();
        Head head = created(store);
        SERVER.demote();
        try {
            assertThrows(StoreUnavailableException.class, () -> store.newsAfter(head)); // the connection is lost
            StoreUnavailableException refused = assertThrows(StoreUnavailableException.class, () -> open().load());
            assertEquals(
                    "cannot use the server: it is in recovery; connect to the primary server", refused.getMessage());
        } finally {
            SERVER.promote();
        }
        assertEquals(head, open().load().head());
    }

    @Test
    void store_userWithDocumentedRights_works() throws SQLException {
        H2File.execute(source(), "create role ipam login");
        for (String grant : Page.grants()) {
            H2File.execute(source(), grant);
        }
        PGSimpleDataSource limited = PostgresServer.source("localhost", SERVER.port());
        limited.setUser("ipam");
        JdbcStore store = open(limited, PATIENT.withKept(1, Duration.ZERO));
        Head head = created(store, new Change.PoolPut(Optional.empty(), Values.BLUE), Values.granted(1, 1));
        Entry.Cooling cooling =
                new Entry.Cooling(Values.held(1, 1).address(), "blue", Owner.stateless("shop", "cart-1", "uid-1"), 7);
        head = Values.commit(
                store, head, 1, new Change.Released(Values.held(1, 1), Optional.of(cooling)), Values.granted(2, 1));
        store.trim(head);
        store.commit(Head.NONE, Values.after(Head.NONE, 1, Values.created()));
        assertEquals(3, Values.entries(store).size());
    }

    /** A source of connections that {@link #countCompeting} counts. */
    private static DataSource competing() {
        PGSimpleDataSource source = PostgresServer.source("localhost", SERVER.port());
        source.setApplicationName("competing");
        return source;
    }

    /** The number of connections of {@link #competing} that also meet a condition in SQL. */
    private long countCompeting(String condition) throws SQLException {
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'competing'" + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void awaitWaitForLock() throws SQLException {
        Await.until("a competitor waits for the lock", () -> countCompeting(" and wait_event_type = 'Lock'") == 1);
    }

    private Connection lockedByHand() throws SQLException {
        Connection connection = source().getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from ipam_realm where realm = ? for update nowait")) {
            statement.setString(1, realm());
            statement.executeQuery().close();
        }
        return connection;
    }

    private String backend(String application) throws SQLException {
        try (Connection connection = source().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select pid from pg_stat_activity where application_name = ?")) {
            statement.setString(1, application);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void signal(String signal, String pid) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", signal, pid).start().waitFor());
    }
}
