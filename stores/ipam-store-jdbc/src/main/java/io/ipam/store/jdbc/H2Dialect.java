package io.ipam.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * H2. A step over rows runs once for each row. A commit is on the disk after {@code CHECKPOINT
 * SYNC} only: neither COMMIT nor WRITE_DELAY=0 forces it there.
 */
final class H2Dialect extends Dialect {
    /** H2's limit of CHARACTER VARYING. */
    private static final int MAX_TEXT_LENGTH = 1_048_576;
    /** The time-out of new connections that H2 documents. */
    private static final int DEFAULT_LOCK_MILLIS = 2_000;

    H2Dialect() {
        super("h2", MAX_TEXT_LENGTH);
    }

    @Override
    void begin(Connection connection, JdbcStoreSettings settings) throws SQLException {
        setLockTimeout(connection, settings.lockMillis());
        makeDurable(connection, settings); // fails without administrator rights: before a commit, not after it
    }

    @Override
    void end(Connection connection) throws SQLException {
        setLockTimeout(connection, DEFAULT_LOCK_MILLIS);
    }

    private static void setLockTimeout(Connection connection, long millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("set lock_timeout ?")) {
            statement.setLong(1, millis);
            statement.execute();
        }
    }

    @Override
    List<Step> limits(JdbcStoreSettings settings) {
        return List.of();
    }

    @Override
    boolean mayHoldLock() {
        return false;
    }

    /** H2's REPEATABLE READ has a snapshot for each table. */
    @Override
    int snapshotIsolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    int[] run(Connection connection, List<Step> steps) throws SQLException {
        int[] changed = new int[steps.size()];
        for (int i = 0; i < changed.length; i++) {
            Step step = steps.get(i);
            try (PreparedStatement statement = connection.prepareStatement(sql(step.name()))) {
                int index = bind(statement, 1, step.parameters());
                changed[i] = runRows(statement, index, step.rows());
            }
        }
        return changed;
    }

    private static int runRows(PreparedStatement statement, int from, @Nullable Rows rows) throws SQLException {
        if (rows == null) {
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
        int changed = 0;
        for (@Nullable Object[] row : rows.rows()) {
            for (int column = 0; column < row.length; column++) {
                statement.setObject(from + column, row[column]);
            }
            changed += statement.executeUpdate();
        }
        return changed;
    }

    @Override
    void makeDurable(Connection connection, JdbcStoreSettings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings.survivesPowerLoss() ? "checkpoint sync" : "checkpoint");
        }
    }
}
