package io.ipam.store.jdbc;

import io.ipam.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the store and their version. Thread safety: stateless. */
final class Schema {
    static final int VERSION = 1;

    private Schema() {}

    /** Creates the tables that do not exist. */
    static void create(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        boolean autoCommit = connection.getAutoCommit();
        StoreConnection.withoutTransactionOfOthers(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : dialect.schema()) {
                statement.execute(sql);
            }
        }
        verify(connection, dialect);
        connection.commit();
        connection.setAutoCommit(autoCommit);
    }

    /** Verifies that the tables have the version of this library. */
    static void verify(Connection connection, Dialect dialect) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.sql("schemaVersion"));
                ResultSet result = statement.executeQuery()) {
            String version = result.next() ? result.getString(1) : "absent";
            if (!version.equals(Integer.toString(VERSION))) {
                throw new StoreException(
                        "cannot use the tables: their version must be " + VERSION + ", was " + version);
            }
        } catch (SQLException failed) {
            if (ErrorClass.isMissingTable(failed)) {
                throw new StoreException(
                        "cannot use the database: it has no table ipam_schema; call JdbcStore.createSchema", failed);
            }
            throw failed;
        }
    }
}
