package io.ipam.store.jdbc.crash;

import io.ipam.crash.StoreRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The rows of a realm, read by plain SQL and not through the store. */
final class Rows {
    private Rows() {}

    static StoreRows read(DataSource source, String realm) throws SQLException {
        StoreRows rows = new StoreRows();
        try (Connection connection = source.getConnection()) {
            for (List<String> row : query(
                    connection,
                    "select address, namespace, owner, interface, generation from ipam_address where realm = ?",
                    realm)) {
                rows.addHeld(row.get(0), row.get(1), row.get(2), row.get(3), Long.parseLong(row.get(4)));
            }
            for (List<String> pool : query(connection, "select name from ipam_pool where realm = ?", realm)) {
                rows.addPool(pool.get(0));
            }
            readLog(connection, realm, rows);
        }
        return rows;
    }

    private static void readLog(Connection connection, String realm, StoreRows rows) throws SQLException {
        String revisions = "select count(*), min(revision), max(revision) from ipam_commit where realm = ?";
        List<Long> log = numbers(query(connection, revisions, realm).get(0));
        rows.setLog(log.get(0), log.get(1), log.get(2));
        String last = "select held, last_generation from ipam_commit where realm = ? order by revision desc";
        List<Long> head = numbers(query(connection, last, realm).get(0));
        rows.setHead(head.get(0), head.get(1));
    }

    private static List<Long> numbers(List<String> row) {
        return row.stream().map(Long::valueOf).toList();
    }

    private static List<List<String>> query(Connection connection, String sql, String realm) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, realm);
            ResultSet result = statement.executeQuery();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
