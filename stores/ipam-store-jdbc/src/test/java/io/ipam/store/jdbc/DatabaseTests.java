package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.Realm;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import io.ipam.store.testkit.StoreFuzzer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Behaviour of the store that is the same on every database, beyond the contract of a store. */
abstract class DatabaseTests extends OwnRealm {
    @Test
    void createSchema_again_changesNothing() {
        JdbcStore store = open();
        Head head = created(store);
        JdbcStore.createSchema(source());
        assertEquals(new News.Since(List.of()), store.newsAfter(head));
    }

    @Test
    void load_otherSchemaVersion_throws() throws SQLException {
        H2File.execute(source(), "update ipam_schema set version = 2");
        try {
            StoreException refused = assertThrows(StoreException.class, () -> open().load());
            assertEquals("cannot use the tables: their version must be 1, was 2", refused.getMessage());
            assertThrows(StoreException.class, () -> JdbcStore.createSchema(source()));
        } finally {
            H2File.execute(source(), "update ipam_schema set version = 1");
        }
        created(open());
    }

    @Test
    void load_schemaWithoutVersion_throws() throws SQLException {
        H2File.execute(source(), "delete from ipam_schema");
        try {
            StoreException refused = assertThrows(StoreException.class, () -> open().load());
            assertEquals("cannot use the tables: their version must be 1, was absent", refused.getMessage());
        } finally {
            JdbcStore.createSchema(source());
        }
        created(open());
    }

    /** The data source returns the connection of a transaction, as some frameworks do. */
    @Test
    void createSchema_connectionInATransaction_commitsNothingOfIt() throws SQLException {
        created(open());
        try (Connection real = source().getConnection()) {
            real.setAutoCommit(false);
            H2File.execute(new OneConnection(real), "update ipam_realm set format = 7 where realm = ?", realm());
            JdbcStore.createSchema(new OneConnection(real));
            assertFalse(real.getAutoCommit());
            real.rollback();
        }
        assertEquals(1, open().load().realm().orElseThrow().format());
    }

    @Test
    void commit_connectionInATransaction_commitsNothingOfIt() throws SQLException {
        Head head = created(open());
        try (Connection real = source().getConnection()) {
            real.setAutoCommit(false);
            H2File.execute(new OneConnection(real), "update ipam_realm set format = 7 where realm = ?", realm());
            Values.commit(open(new OneConnection(real), PATIENT), head, 1, Values.granted(1, 1));
        }
        assertEquals(1, open().load().realm().orElseThrow().format());
    }

    @Test
    void commit_readOnlyConnection_isMadeWritable() throws SQLException {
        Head head = created(open());
        try (Connection real = source().getConnection()) {
            real.setReadOnly(true);
            JdbcStore store = open(new OneConnection(real), PATIENT);
            Values.commit(store, head, 1, Values.granted(1, 1));
            store.close();
        }
        assertEquals(1, Values.entries(open()).size());
    }

    /** A pool may throw an unchecked exception while it reconnects. */
    @Test
    void commit_poolThrowsAnUncheckedExceptionOnce_isUnavailableAndThenWorks() {
        Connections.Cut cut = new Connections.Cut();
        JdbcStore store = open(Connections.refusing(source(), cut), PATIENT);
        cut.beforeNext("getConnection");
        StoreUnavailableException refused =
                assertThrows(StoreUnavailableException.class, () -> store.newsAfter(Head.NONE));
        assertEquals("cannot get a connection: the pool reconnects", refused.getMessage());
        created(store);
    }

    @Test
    void commit_textsThatLookLikeSql_areKept() {
        String sql = "'); drop table ipam_address; --";
        Pool pool = Pool.builder(sql, "10.6.0.0/16").labels(Map.of(sql, sql)).build();
        Entry.Held held = new Entry.Held(
                Values.held(1, 1).address(), sql, Optional.of(new Owner(true, sql, sql, sql)), sql, 1, sql + "{}\"\\");
        Entry.Cooling cooling =
                new Entry.Cooling(Values.held(2, 1).address(), sql, new Owner(false, "?", "$1", ":x"), 7);
        List<Entry> entries = List.of(new Entry.OfPool(pool, true, false), held, cooling);
        JdbcStore store = open();
        Head head = created(
                store,
                new Change.PoolPut(Optional.empty(), new Entry.OfPool(pool, true, false)),
                new Change.Granted(held),
                new Change.Cooled(cooling));
        assertEquals(entries, Values.entries(store));
        Values.commit(store, head, 1, new Change.Released(held, Optional.empty()));
    }

    @Test
    void commit_textThatDatabaseCannotHold_isUnstorableBeforeAnythingIsSent() {
        JdbcStore store = open(Connections.failing(source(), "createArrayOf", "commit"), JdbcStoreSettings.defaults());
        JdbcStore other = open();
        Head head = created(other);
        for (String text : List.of("a\0", "\ud800", "\ude00\ud83d", "x\ud83d")) {
            Entry.Held held = Values.held(1, Owner.stateless("shop", text, "u"), 1);
            assertThrows(
                    UnstorableException.class,
                    () -> store.commit(head, Values.after(head, 2, new Change.Granted(held))));
        }
        assertEquals(News.Since.NONE, other.newsAfter(head));
    }

    @Test
    void commit_poolEditedByHand_isCorruptAndNamesBoth() throws SQLException {
        JdbcStore store = open();
        Head head = created(
                store,
                new Change.PoolPut(Optional.empty(), Values.BLUE),
                new Change.ReservedPut(Optional.empty(), Values.INFRA));
        H2File.execute(source(), "update ipam_pool set detached = true where realm = ?", realm());
        CorruptStoreException corrupt = assertThrows(
                CorruptStoreException.class,
                () -> store.commit(head, Values.after(head, 1, new Change.PoolGone(Values.BLUE))));
        assertTrue(corrupt.getMessage().contains("the entry of pool blue must be OfPool"), corrupt::getMessage);
        assertTrue(corrupt.getMessage().contains("detached=true"), corrupt::getMessage);
        Change redefined = new Change.PoolPut(Optional.of(Values.BLUE), Values.BLUE);
        assertThrows(CorruptStoreException.class, () -> store.commit(head, Values.after(head, 1, redefined)));
        H2File.execute(source(), "delete from ipam_reserved where realm = ?", realm());
        Change gone = new Change.ReservedGone(Values.INFRA);
        assertThrows(CorruptStoreException.class, () -> store.commit(head, Values.after(head, 1, gone)));
        assertEquals(News.Since.NONE, open().newsAfter(head));
    }

    @Test
    void commit_realmEditedByHand_isCorrupt() throws SQLException {
        JdbcStore store = open();
        Head head = created(store);
        H2File.execute(source(), "update ipam_realm set cool_down = 7 where realm = ?", realm());
        Change put = new Change.RealmPut(Optional.of(Values.OPEN), new Realm(1, 0, Realm.Phase.OPEN));
        CorruptStoreException corrupt =
                assertThrows(CorruptStoreException.class, () -> store.commit(head, Values.after(head, 1, put)));
        assertTrue(corrupt.getMessage().contains("coolDownMillis=7"), corrupt::getMessage);
    }

    @Test
    void load_rowsThatNoCommitWrote_areCorrupt() throws SQLException {
        JdbcStore store = open();
        created(store, Values.granted(1, 1));
        String update = "update ipam_address set address = ? where realm = ?";
        for (String address : List.of("10.6.0.01", "nowhere", "2001:DB8::1")) {
            H2File.execute(source(), update, address, realm());
            assertThrows(CorruptStoreException.class, () -> Values.entries(store), address);
        }
        H2File.execute(source(), update, "10.6.0.1", realm());
        assertEquals(List.of(Values.held(1, 1)), Values.entries(store));
        H2File.execute(source(), "delete from ipam_commit where realm = ?", realm());
        assertThrows(CorruptStoreException.class, store::load);
    }

    @Test
    void newsAfter_commitOfLaterFormat_returnsThoseBeforeFirst() throws SQLException {
        JdbcStore store = open();
        Head first = created(store);
        Head second = Values.commit(store, first, 1, Values.granted(1, 1));
        Head third = Values.commit(store, second, 1, Values.granted(2, 1));
        H2File.execute(
                source(),
                "update ipam_commit set changes = ? where realm = ? and revision = ?",
                "[{\"frobbed\":{}}]",
                realm(),
                third.revision());
        News.Since news = assertInstanceOf(News.Since.class, store.newsAfter(first));
        assertEquals(List.of(second), news.commits().stream().map(Commit::head).toList());
        assertThrows(CorruptStoreException.class, () -> store.newsAfter(second));
    }

    @Test
    void newsAfter_manyCommits_areReadInParts() {
        JdbcStore store = open();
        Head head = created(store);
        for (int i = 0; i < NewsReader.COMMITS + 44; i++) {
            head = Values.commit(store, head, 1);
        }
        Head first = Values.after(Head.NONE, 1).head();
        News.Since part = assertInstanceOf(News.Since.class, store.newsAfter(Head.NONE));
        assertEquals(NewsReader.COMMITS + 1, part.commits().size());
        Head last = part.commits().get(part.commits().size() - 1).head();
        News.Since rest = assertInstanceOf(News.Since.class, store.newsAfter(last));
        assertEquals(head, rest.commits().get(rest.commits().size() - 1).head());
        assertEquals(first.id(), part.commits().get(0).head().id());
    }

    @Test
    void newsAfter_imageOpen_isOfTheSameSnapshot() {
        JdbcStore store = open();
        JdbcStore other = open();
        Head first = created(store);
        Head second = Values.commit(other, first, 2, Values.granted(1, 1));
        try (Image image = store.load()) {
            Values.commit(other, second, 2, Values.granted(2, 1));
            News.Since news = assertInstanceOf(News.Since.class, store.newsAfter(first));
            assertEquals(
                    image.head(), news.commits().get(news.commits().size() - 1).head());
        }
        assertEquals(
                1,
                assertInstanceOf(News.Since.class, store.newsAfter(second))
                        .commits()
                        .size());
    }

    @Test
    void load_severalPages_areOneSnapshot() {
        JdbcStore store = open();
        JdbcStore other = open();
        Head head = created(store);
        Set<Entry> expected = new HashSet<>();
        for (int lot = 0; lot < 10; lot++) {
            Change[] grants = new Change[1_000];
            for (int i = 0; i < grants.length; i++) {
                Entry.Held held = Values.held(1_000 * lot + i, 1);
                expected.add(held);
                grants[i] = new Change.Granted(held);
            }
            head = Values.commit(store, head, 1, grants);
        }
        try (Image image = store.load()) {
            Values.commit(
                    other,
                    head,
                    2,
                    new Change.Released(Values.held(9_999, 1), Optional.empty()),
                    Values.granted(10_000, 1));
            List<Entry> entries = new ArrayList<>();
            image.entries().forEachRemaining(entries::add);
            assertEquals(10_000, entries.size());
            assertEquals(expected, new HashSet<>(entries));
        }
    }

    @Test
    void entries_imageEndedByAnotherCall_throws() {
        JdbcStore store = open();
        Head head = created(store, Values.granted(1, 1));
        Image image = store.load();
        Values.commit(store, head, 1, Values.granted(2, 1));
        assertThrows(StoreUnavailableException.class, image::entries);
        image.close();
    }

    @Test
    void commit_connectionLostBeforeCommit_hasNoEffectAndWorksAgain() {
        Connections.Cut cut = new Connections.Cut();
        JdbcStore store = open(Connections.cutting(source(), cut), PATIENT);
        Head head = created(store);
        Commit next = Values.after(head, 1, Values.granted(1, 1));
        cut.beforeNext("prepareStatement");
        assertThrows(StoreUnavailableException.class, () -> store.commit(head, next));
        assertEquals(News.Since.NONE, store.newsAfter(head));
        assertInstanceOf(Attempt.Done.class, store.commit(head, next));
    }

    @Test
    void commit_connectionLostAtCommit_isUnknownAndSentAgain() {
        Connections.Cut cut = new Connections.Cut();
        JdbcStore store = open(Connections.cutting(source(), cut), PATIENT);
        Head head = created(store);
        Commit first = Values.after(head, 1, Values.granted(1, 1));
        cut.beforeNext("commit");
        assertThrows(OutcomeUnknownException.class, () -> store.commit(head, first));
        assertInstanceOf(Attempt.Done.class, store.commit(head, first));
        Commit second = Values.after(first.head(), 1, Values.granted(2, 1));
        cut.afterNext("commit");
        assertThrows(OutcomeUnknownException.class, () -> store.commit(first.head(), second));
        assertEquals(new Attempt.Moved(new News.Since(List.of(second))), store.commit(first.head(), second));
        assertEquals(2, Values.entries(store).size());
    }

    @Test
    void commit_warningOfCommit_isUnknown() {
        JdbcStore store = open(Connections.warning(source()), PATIENT);
        Commit first = Values.after(Head.NONE, 1, Values.created());
        assertThrows(OutcomeUnknownException.class, () -> store.commit(Head.NONE, first));
        assertEquals(new News.Since(List.of(first)), open().newsAfter(Head.NONE));
    }

    @Test
    void commit_callerHasTransaction_isIndependent() throws SQLException {
        JdbcStore store = open();
        try (Connection caller = source().getConnection()) {
            caller.setAutoCommit(false);
            try (var statement = caller.createStatement()) {
                statement.execute("select count(*) from ipam_realm");
            }
            Head head = created(store);
            caller.rollback();
            assertEquals(News.Since.NONE, open().newsAfter(head));
        }
    }

    /** A pool that resets nothing. */
    @Test
    void close_connectionOfThePool_hasItsSettingsAgain() throws SQLException {
        try (Connection real = source().getConnection()) {
            real.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            real.setNetworkTimeout(Runnable::run, 77_000);
            real.setAutoCommit(false);
            ConnectionState before = ConnectionState.of(real);
            JdbcStore store = open(new OneConnection(real), PATIENT);
            created(store, Values.granted(1, 1));
            Image image = store.load();
            image.entries().next();
            store.close();
            image.close();
            assertEquals(before, ConnectionState.of(real));
            real.rollback();
        }
    }

    @Test
    void hikariPool_connectionOfClosedStore_isReturnedAsItWas() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(60_000);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStore store = open(pool, PATIENT);
            Head head = created(store, Values.granted(1, 1));
            store.commit(Head.NONE, Values.after(Head.NONE, 7, Values.created()));
            store.close();
            try (Connection connection = pool.getConnection()) {
                assertTrue(connection.getAutoCommit());
                assertFalse(connection.isReadOnly());
                assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
            }
            JdbcStore again = open(pool, PATIENT);
            Image image = again.load();
            image.entries().next();
            again.close();
            image.close();
            Values.commit(open(pool, PATIENT), head, 3, Values.granted(2, 1));
        }
    }

    @Test
    void hikariPool_withoutAutoCommit_works() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStore store = open(pool, PATIENT);
            Head head = created(store, Values.granted(1, 1));
            assertEquals(1, Values.entries(store).size());
            assertEquals(News.Since.NONE, open(pool, PATIENT).newsAfter(head));
            store.close();
        }
    }

    @Test
    void commit_twoWritersAfterConflicts_bothProgress() throws Exception {
        Head head = created(open());
        List<Writer> writers = List.of(new Writer(open(), head, 2), new Writer(open(), head, 3));
        List<Thread> threads = writers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        for (Writer writer : writers) {
            assertEquals(Writer.COMMITS, writer.done(), "commits of a writer: " + writer.failure());
        }
        assertEquals(2L * Writer.COMMITS, Values.entries(open()).size());
    }

    @Test
    void documentedQueries_knownState_returnIt() throws SQLException {
        JdbcStore store = open();
        Owner cart = Owner.stateless("shop", "cart-0", "7f3c");
        Entry.Held five = Values.held(256 + 5, cart, 1);
        Entry.Held six = Values.held(256 + 6, cart, 2);
        Head head = created(store, new Change.PoolPut(Optional.empty(), Values.BLUE));
        head = Values.commit(store, head, 1, new Change.Granted(five), new Change.Granted(six));
        Entry.Cooling cooling = new Entry.Cooling(six.address(), "blue", cart, 7);
        Values.commit(store, head, 1, new Change.Released(six, Optional.of(cooling)));
        List<List<List<String>>> results = new ArrayList<>();
        for (String query : Page.queries(realm())) {
            results.add(rows(query.replace("> 41", "> 2")));
        }
        List<String> log = results.get(3).get(0);
        assertTrue(log.get(3).startsWith("[{\"released\":{\"before\":{\"address\":\"10.6.1.6\""), log::toString);
        assertEquals(
                List.of(
                        List.of(List.of("blue", "shop", "cart-0", "7f3c", "eth0", "")),
                        List.of(List.of("10.6.1.5", "blue", "eth0", "7f3c")),
                        List.of(List.of("blue", "false", "false", "1")),
                        List.of(List.of("3", "5003", "1", log.get(3))),
                        List.of(List.of("10.6.1.6", "blue", "shop", "cart-0", "60007"))),
                results);
    }

    private List<List<String>> rows(String query) throws SQLException {
        List<List<String>> found = new ArrayList<>();
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getObject(i)));
                }
                found.add(row);
            }
        }
        return found;
    }

    @Test
    void fuzzer_manySessions_findsNothing() throws Exception {
        StoreFuzzer.of(() -> JdbcStore.of(source(), realm(), PATIENT)).run();
    }
}
