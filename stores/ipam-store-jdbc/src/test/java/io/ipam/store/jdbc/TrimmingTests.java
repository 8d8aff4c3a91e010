package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.owner.Owner;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The trimming of logs with unusual times and lengths, and the rows that its statements visit. */
abstract class TrimmingTests extends OwnRealm {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** The SQL of a table with the column x that has the numbers from 2 to a last one. */
    abstract String numbersTo(int last);

    /** The numbers of visited rows in an executed plan. */
    abstract Pattern visitedRows();

    /** Statements of the database. */
    abstract Dialect dialect();

    private JdbcStore keeping(long commits, Duration time) {
        return open(source(), PATIENT.withKept(commits, time));
    }

    private static Head commitAt(JdbcStore store, Head head, long stampMillis, Change... changes) {
        Commit next = Values.after(head, 1, changes);
        Head stamped = new Head(
                next.head().revision(),
                next.head().id(),
                next.head().lastGeneration(),
                next.head().held(),
                stampMillis);
        assertEquals(new Attempt.Done(), store.commit(head, new Commit(stamped, next.before(), next.changes())));
        return stamped;
    }

    private static int countNews(JdbcStore store, Head known) {
        return assertInstanceOf(News.Since.class, store.newsAfter(known))
                .commits()
                .size();
    }

    @Test
    void trim_youngCommits_areKept() {
        JdbcStore store = keeping(2, Duration.ofMillis(4));
        List<Head> heads = new ArrayList<>(List.of(created(store)));
        for (int i = 0; i < 10; i++) {
            heads.add(Values.commit(store, heads.get(i), 1));
        }
        store.trim(heads.get(10));
        assertEquals(new News.Trimmed(), store.newsAfter(heads.get(6)));
        assertEquals(3, countNews(store, heads.get(7)));
    }

    @Test
    void trim_headLaterThanClock_keepsCoolingAndYoungCommits() {
        JdbcStore store = keeping(2, Duration.ofMinutes(10));
        long now = System.currentTimeMillis();
        Entry.Cooling released =
                new Entry.Cooling(Values.held(1, 1).address(), "blue", Owner.stateless("shop", "cart-0", "u"), now);
        Head first = commitAt(store, Head.NONE, now, Values.created(), new Change.Cooled(released));
        Head head = first;
        for (int i = 0; i < 5; i++) {
            head = commitAt(store, head, now + DAY);
        }
        store.trim(head);
        assertEquals(List.of(released), Values.entries(store));
        assertEquals(5, countNews(store, first));
    }

    @Test
    void trim_longestTimeAndNumber_keepsAll() {
        for (long commits : List.of(2L, Long.MAX_VALUE)) {
            JdbcStore store = keeping(commits, Duration.ofSeconds(Long.MAX_VALUE));
            Head first = commits == 2 ? created(store) : store.load().head();
            Head head = first;
            for (int i = 0; i < 5; i++) {
                head = Values.commit(store, head, 1);
            }
            store.trim(head);
            assertEquals(5, countNews(store, first));
        }
    }

    /** Makes a log whose commits have the time 0 up to a revision, and a later one afterwards. */
    private Head longLog(int revisions, int old) throws SQLException {
        commitAt(open(), Head.NONE, 0, Values.created());
        H2File.execute(
                source(),
                "insert into ipam_commit (realm, revision, id_process, id_sequence, last_generation, held, stamp, changes)"
                        + " select ?, x, 1, x, 0, 0, case when x <= " + old + " then 0 else " + DAY + " end, '[]' from "
                        + numbersTo(revisions),
                realm());
        return new Head(revisions, new CommitId(1, revisions), 0, 0, DAY);
    }

    private int countCommits() throws SQLException {
        return count("ipam_commit");
    }

    private int count(String table) throws SQLException {
        try (Connection connection = source().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from " + table + " where realm = ?")) {
            statement.setString(1, realm());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Test
    void trim_severalLots_deletesExactlyOldCommits() throws SQLException {
        Head head = longLog(5_000, 3_700);
        keeping(100, Duration.ofHours(1)).trim(head);
        assertEquals(1_300, countCommits());
        assertEquals(10, countNews(open(), new Head(4_990, new CommitId(1, 4_990), 0, 0, DAY)));
    }

    /** Each deletion lasts 20 minutes of the hour that a call may last. */
    @Test
    void trim_slowDeletions_endsEarlyAndNextTrimContinues() throws SQLException {
        Head head = longLog(8_000, 7_000);
        AtomicLong clock = new AtomicLong();
        List<Integer> limits = new ArrayList<>();
        DataSource slow = Connections.observed(
                source(), limits, () -> clock.addAndGet(Duration.ofMinutes(20).toNanos()));
        try (JdbcStore store = new JdbcStore(slow, realm(), PATIENT.withKept(100, Duration.ofHours(1)), clock::get)) {
            store.newsAfter(head);
            limits.clear();
            store.trim(head);
        }
        assertEquals(6_000, countCommits());
        assertEquals(List.of(3_600_000, 3_600_000, 3_600_000, 3_600_000, 2_400_000), limits.subList(0, 5));
        keeping(100, Duration.ofHours(1)).trim(head);
        assertEquals(1_000, countCommits());
    }

    /** One call has half of 10 seconds, which is too short for a quadratic plan. */
    @Test
    void trim_manyExpiredCoolingRows_deletesThemInOneCall() throws SQLException {
        Head head = commitAt(open(), Head.NONE, DAY, Values.created());
        H2File.execute(
                source(),
                "insert into ipam_cooling (realm, address, pool, stateful, namespace, owner, uid, released_at)"
                        + " select ?, cast(x as varchar), 'blue', false, 'shop', 'cart', 'u', 0 from "
                        + numbersTo(5_000),
                realm());
        open(source(), JdbcStoreSettings.defaults()).trim(head);
        assertEquals(0, count("ipam_cooling"));
    }

    @Test
    void trim_longLog_visitsOnlyDeletedRows() throws SQLException {
        longLog(20_000, 1_000);
        H2File.execute(source(), "analyze");
        long ends = visited("logEnds", realm(), realm());
        assertTrue(ends <= 4, () -> "rows to find the ends: " + ends);
        long searched = visited("firstNewer", realm(), 1L, 19_991L, DAY - 1);
        assertTrue(searched <= 1_004, () -> "rows to find the first newer commit: " + searched);
        long deleted = visited("trimCommits", realm(), 1L, 1_001L, realm(), 1_001L);
        assertTrue(deleted <= 1_004, () -> "rows to delete 1,000 commits: " + deleted);
        assertEquals(19_000, countCommits());
    }

    /** Executes a statement; the number of rows that it has visited. */
    private long visited(String name, Object... parameters) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = source().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "explain analyze " + dialect().sql(name))) {
            Dialect.bind(statement, 1, List.of(parameters));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        Matcher counts = visitedRows().matcher(plan);
        assertTrue(counts.find(), plan::toString);
        return counts.reset()
                .results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
    }
}
