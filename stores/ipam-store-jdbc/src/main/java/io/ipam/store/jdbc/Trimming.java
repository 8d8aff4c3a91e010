package io.ipam.store.jdbc;

import io.ipam.store.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Deletes old rows in batches, each in its own transaction, without the lock of the realm. Thread
 * safety: none.
 */
final class Trimming {
    private static final int ROWS_PER_LOT = 1_000;
    private static final int LOTS_PER_CALL = 100;

    private final Connection connection;
    private final Dialect dialect;
    private final String realm;
    private final JdbcStoreSettings settings;

    Trimming(Connection connection, Dialect dialect, String realm, JdbcStoreSettings settings) {
        this.connection = connection;
        this.dialect = dialect;
        this.realm = realm;
        this.settings = settings;
    }

    void trim(Head head) throws SQLException {
        if (!head.exists()) {
            return;
        }
        long revision = head.revision() - settings.keptCommits();
        // The clock of a process that is ahead must not end the cool-downs of others.
        long now = Math.min(head.stampMillis(), System.currentTimeMillis());
        long stamp = now - settings.keptTime().toMillis();
        deleteLots("trimCommits", List.of(realm, realm, realm, revision, stamp, ROWS_PER_LOT));
        long released = now - coolDownMillis();
        deleteLots("trimCooling", List.of(realm, released, realm, released, ROWS_PER_LOT));
    }

    private void deleteLots(String sql, List<Object> parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.sql(sql))) {
            Dialect.bind(statement, 1, parameters);
            int lots = 0;
            while (statement.executeUpdate() == ROWS_PER_LOT && lots < LOTS_PER_CALL) {
                lots++;
            }
        }
    }

    private long coolDownMillis() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.sql("realm"))) {
            statement.setString(1, realm);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? RowReader.read("ipam_realm", rows, RowReader::realm).coolDownMillis()
                        : 0;
            }
        }
    }
}
