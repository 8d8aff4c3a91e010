package io.ipam.store.jdbc.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A copy of the rows of a realm, as of one moment, and its restoration under running processes. */
final class Backups {
    private static final List<String> TABLES =
            List.of("ipam_realm", "ipam_commit", "ipam_address", "ipam_cooling", "ipam_pool", "ipam_reserved");

    private Backups() {}

    static void copy(DataSource source, String realm) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("drop table if exists copy_" + table);
                statement.execute("create table copy_" + table + " (like " + table + ")");
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String table : TABLES) {
                run(connection, "insert into copy_" + table + " select * from " + table + " where realm = ?", realm);
            }
            connection.commit();
        }
    }

    static void restore(DataSource source, String realm) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            run(connection, "update ipam_realm set phase = phase where realm = ?", realm); // locks it, as commits do
            for (String table : TABLES) {
                run(connection, "delete from " + table + " where realm = ?", realm);
                run(connection, "insert into " + table + " select * from copy_" + table + " where realm = ?", realm);
            }
            connection.commit();
        }
    }

    private static void run(Connection connection, String sql, String realm) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, realm);
            statement.executeUpdate();
        }
    }
}
