package io.ipam.store.jdbc;

import io.ipam.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. The steps of a transaction are one text, which the driver sends without waiting for
 * each result. A column of rows is an array.
 */
final class PostgresDialect extends Dialect {
    /** A text may have 1 GB of UTF-8. */
    private static final int MAX_TEXT_LENGTH = 1 << 26;

    PostgresDialect() {
        super("postgresql", MAX_TEXT_LENGTH);
    }

    @Override
    void begin(Connection connection, JdbcStoreSettings settings) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_is_in_recovery()")) {
            if (result.next() && result.getBoolean(1)) {
                throw new StoreUnavailableException(
                        "cannot use the server: it is in recovery; connect to the primary server");
            }
        }
    }

    @Override
    void end(Connection connection) {
        // Limits end with their transaction.
    }

    @Override
    List<Step> limits(JdbcStoreSettings settings) {
        return List.of(Step.of("limits", Long.toString(settings.lockMillis()), Long.toString(settings.idleMillis())));
    }

    @Override
    boolean mayHoldLock() {
        return true;
    }

    @Override
    int snapshotIsolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    int[] run(Connection connection, List<Step> steps) throws SQLException {
        String sql = steps.stream().map(step -> sql(step.name())).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Step step : steps) {
                index = bind(statement, index, step.parameters());
                index = bindRows(statement, index, step.rows());
            }
            return changed(statement, statement.execute(), steps.size());
        }
    }

    private static int bindRows(PreparedStatement statement, int from, @Nullable Rows rows) throws SQLException {
        int index = from;
        for (int column = 0; rows != null && column < rows.types().size(); column++) {
            String type = rows.types().get(column);
            statement.setArray(index++, statement.getConnection().createArrayOf(type, rows.column(column)));
        }
        return index;
    }

    /** The update counts, 0 for each step that returns rows. */
    private static int[] changed(PreparedStatement statement, boolean isQuery, int steps) throws SQLException {
        int[] changed = new int[steps];
        boolean returnsRows = isQuery;
        for (int i = 0; i < steps; i++) {
            changed[i] = returnsRows ? 0 : statement.getUpdateCount();
            returnsRows = statement.getMoreResults();
        }
        return changed;
    }

    @Override
    void makeDurable(Connection connection, JdbcStoreSettings settings) {
        // PostgreSQL shows a commit after it is durable, as far as its settings promise that.
    }
}
