package io.ipam.store.jdbc;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt to commit. The first trip locks the realm and writes everything, the second one is
 * COMMIT. After an error before COMMIT, the attempt certainly had no effect. After an error of
 * COMMIT, the outcome is unknown.
 *
 * <p>After a conflict the realm is locked before the news is read, and stays locked for the next
 * call. A process that has lost decides and writes its next commit without a competitor.
 *
 * <p>Thread safety: none.
 */
final class CommitCall {
    private final StoreConnection connections;
    private final Connection connection;
    private final String realm;
    private final JdbcStoreSettings settings;
    private final Dialect dialect;

    CommitCall(StoreConnection connections, Connection connection, String realm, JdbcStoreSettings settings) {
        this.connections = connections;
        this.connection = connection;
        this.realm = realm;
        this.settings = settings;
        this.dialect = connections.dialect();
    }

    Attempt run(Head expected, Commit next) throws SQLException {
        List<Step> steps = CommitSteps.of(realm, dialect.texts(), expected, next);
        if (!connections.isHeldBy(StoreConnection.LOCK)) {
            connections.endTransaction();
            connections.beginTransaction(StoreConnection.LOCK);
            steps.addAll(0, lock());
        }
        int[] changed;
        try {
            changed = dialect.run(connection, steps);
        } catch (SQLException failed) {
            if (ErrorClass.isConflict(failed)) {
                return moved(expected, next, failed);
            }
            throw failed;
        }
        for (int i = 0; i < changed.length; i++) {
            if (!steps.get(i).accepts(changed[i])) {
                throw broken(next);
            }
        }
        finish(next);
        return new Attempt.Done();
    }

    /**
     * Reads the news, after locking the realm for the next call if the database allows it. No
     * transaction is open.
     */
    News newsUnderLock(Head known) throws SQLException {
        if (dialect.mayHoldLock()) {
            connections.beginTransaction(StoreConnection.LOCK);
            dialect.run(connection, lock());
        }
        News news = NewsReader.read(connection, dialect, realm, known);
        if (!(news instanceof News.Since)) {
            connections.endTransaction();
        }
        return news;
    }

    private List<Step> lock() {
        List<Step> steps = new ArrayList<>(dialect.limits(settings));
        steps.add(Step.of("lock", realm));
        return steps;
    }

    /** Sends COMMIT. If this fails, the commit may have taken effect. */
    private void finish(Commit next) throws SQLException {
        connections.limit(connection);
        connection.clearWarnings();
        try {
            connection.commit();
            if (connection.getWarnings() != null) {
                throw connection.getWarnings();
            }
            connections.endedTransaction();
            dialect.makeDurable(connection, settings);
        } catch (SQLException | RuntimeException failed) {
            OutcomeUnknownException unknown = new OutcomeUnknownException(
                    "the outcome of the commit " + next.head() + " is not known: " + failed.getMessage()
                            + "; send the same commit again",
                    failed);
            connections.discard(unknown);
            throw unknown;
        }
    }

    private Attempt moved(Head expected, Commit next, SQLException conflict) throws SQLException {
        connection.rollback();
        connections.limit(connection);
        if (dialect.mayHoldLock()) {
            dialect.run(connection, lock());
        } else {
            connections.endedTransaction();
        }
        News news = NewsReader.read(connection, dialect, realm, expected);
        if (News.Since.NONE.equals(news)) {
            throw conflict;
        }
        if (!mayFollow(news, next)) {
            connections.endTransaction();
        }
        dialect.makeDurable(connection, settings);
        return new Attempt.Moved(news);
    }

    /** Whether the caller may decide again on the last head of the news. */
    private static boolean mayFollow(News news, Commit next) {
        return news instanceof News.Since since
                && since.commits().stream().noneMatch(commit -> commit.head().isSameCommitAs(next.head()));
    }

    private CorruptStoreException broken(Commit next) throws SQLException {
        connections.endTransaction();
        connections.limit(connection);
        return new GuardFinding(connection, dialect, realm, next).find();
    }
}
