package io.ipam.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The differences between databases. Thread safety: immutable. */
abstract class Dialect {
    private final String file;
    private final Map<String, String> statements;
    private final StorableText texts;

    Dialect(String file, int maxTextLength) {
        this.file = file;
        this.statements = new HashMap<>(SqlFile.named("common.sql"));
        statements.putAll(SqlFile.named(file + ".sql"));
        this.texts = new StorableText(maxTextLength);
    }

    /** The statements that create the tables. */
    List<String> schema() {
        return SqlFile.all(file + "-schema-" + Schema.VERSION + ".sql");
    }

    /** A statement by its name. */
    String sql(String name) {
        String sql = statements.get(name);
        if (sql == null) {
            throw new IllegalStateException("no statement " + name + " for " + file);
        }
        return sql;
    }

    /** The texts that the database can hold. */
    StorableText texts() {
        return texts;
    }

    /** Verifies that the server can be used, and sets the limits that a transaction cannot set. */
    abstract void begin(Connection connection, JdbcStoreSettings settings) throws SQLException;

    /** Undoes {@link #begin}, because a pool may reuse the connection. */
    abstract void end(Connection connection) throws SQLException;

    /** The steps before the lock of a realm. */
    abstract List<Step> limits(JdbcStoreSettings settings);

    /**
     * Whether the lock of a realm may be held after a call, because the database ends an idle
     * transaction.
     */
    abstract boolean mayHoldLock();

    /** The isolation of a load: one snapshot of all tables. */
    abstract int snapshotIsolation();

    /**
     * Runs the steps until one of them fails. A step that does not change the expected number of
     * rows may be followed by others.
     *
     * @return the number of rows that each step changed
     */
    abstract int[] run(Connection connection, List<Step> steps) throws SQLException;

    /** Makes every commit durable that this connection can see. */
    abstract void makeDurable(Connection connection, JdbcStoreSettings settings) throws SQLException;

    /** Binds parameters from an index on; returns the index after them. */
    static int bind(PreparedStatement statement, int from, List<?> parameters) throws SQLException {
        int index = from;
        for (Object parameter : parameters) {
            statement.setObject(index++, parameter);
        }
        return index;
    }
}
