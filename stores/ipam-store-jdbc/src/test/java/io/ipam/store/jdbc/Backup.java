package io.ipam.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** A copy of the rows of one realm, in separate tables. */
final class Backup {
    private static final List<String> TABLES =
            List.of("ipam_realm", "ipam_commit", "ipam_address", "ipam_cooling", "ipam_pool", "ipam_reserved");

    private Backup() {}

    static Callable<?> of(DataSource source, String realm) throws SQLException {
        for (String table : TABLES) {
            H2File.execute(source, "drop table if exists backup_" + table);
            H2File.execute(source, "create table backup_" + table + " as select * from " + table + " where 1 = 0");
            H2File.execute(
                    source, "insert into backup_" + table + " select * from " + table + " where realm = ?", realm);
        }
        return () -> {
            restore(source, realm);
            return realm;
        };
    }

    private static void restore(DataSource source, String realm) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from " + table + " where realm = ?")) {
                    delete.setString(1, realm);
                    delete.executeUpdate();
                }
                try (PreparedStatement insert =
                        connection.prepareStatement("insert into " + table + " select * from backup_" + table)) {
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
