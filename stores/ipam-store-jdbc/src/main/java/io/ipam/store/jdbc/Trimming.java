package io.ipam.store.jdbc;

import io.ipam.store.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Deletes old rows in batches, each in its own transaction, without the lock of the realm. It ends
 * early when half of the time of the call has passed; the next trim continues.
 *
 * <p>Thread safety: none.
 */
final class Trimming {
    private static final int ROWS_PER_LOT = 1_000;
    private static final int LOTS_PER_CALL = 100;

    private final StoreConnection connections;
    private final Connection connection;
    private final String realm;
    private final JdbcStoreSettings settings;

    Trimming(StoreConnection connections, Connection connection, String realm, JdbcStoreSettings settings) {
        this.connections = connections;
        this.connection = connection;
        this.realm = realm;
        this.settings = settings;
    }

    void trim(Head head) throws SQLException {
        if (!head.exists()) {
            return;
        }
        // A clock that was ahead must not end the cool-downs of other processes.
        long now = Math.min(head.stampMillis(), System.currentTimeMillis());
        trimCommits(head, now - settings.keptMillis());
        if (connections.hasTime()) {
            trimCooling(now - coolDownMillis());
        }
    }

    /** Deletes the commits that are old enough, and those that exceed the maximum number. */
    private void trimCommits(Head head, long stampMillis) throws SQLException {
        long lowest;
        long last;
        try (PreparedStatement statement = prepare("logEnds", realm, realm);
                ResultSet row = statement.executeQuery()) {
            row.next();
            lowest = row.getLong(1);
            last = Math.min(head.revision(), row.getLong(2));
        }
        long most = lowest + (long) LOTS_PER_CALL * ROWS_PER_LOT;
        long excess = Math.max(lowest, last - settings.mostCommits() + 1);
        long kept = firstNewer(excess, Math.min(most, last - settings.keptCommits() + 1), stampMillis);
        deleteCommits(lowest, Math.min(most, kept));
    }

    /** The first commit of a range whose stamp is later, or the end of the range. */
    private long firstNewer(long from, long to, long stampMillis) throws SQLException {
        if (from >= to) {
            return from;
        }
        try (PreparedStatement statement = prepare("firstNewer", realm, from, to, stampMillis);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : to;
        }
    }

    private void deleteCommits(long lowest, long kept) throws SQLException {
        for (long from = lowest; from < kept && connections.hasTime(); from += ROWS_PER_LOT) {
            long to = Math.min(kept, from + ROWS_PER_LOT);
            try (PreparedStatement statement = prepare("trimCommits", realm, from, to, realm, kept)) {
                statement.executeUpdate();
            }
        }
    }

    private void trimCooling(long releasedMillis) throws SQLException {
        int deleted = ROWS_PER_LOT;
        for (int lot = 0; deleted == ROWS_PER_LOT && lot < LOTS_PER_CALL && connections.hasTime(); lot++) {
            try (PreparedStatement statement = prepare("trimCooling", realm, releasedMillis, ROWS_PER_LOT)) {
                deleted = statement.executeUpdate();
            }
        }
    }

    private long coolDownMillis() throws SQLException {
        try (PreparedStatement statement = prepare("realm", realm);
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? RowReader.read("ipam_realm", rows, RowReader::realm).coolDownMillis()
                    : 0;
        }
    }

    /** Prepares a statement, which may use the rest of the time of the call. */
    private PreparedStatement prepare(String name, Object... parameters) throws SQLException {
        connections.limit(connection);
        PreparedStatement statement =
                connection.prepareStatement(connections.dialect().sql(name));
        Dialect.bind(statement, 1, List.of(parameters));
        return statement;
    }
}
