package io.ipam.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * The least that a database can do for a durable conditional commit. One statement, which commits
 * itself, updates one row if it has the expected number. It writes no log and no entries.
 *
 * <p>Thread safety: none.
 */
final class PlainSql implements PlainClient {
    private static final int ROWS_PER_FETCH = 5_000;

    private final Connection connection;
    private final boolean isH2;
    private long revision;

    PlainSql(DataSource source, StoreKind kind) throws SQLException {
        connection = source.getConnection();
        isH2 = kind == StoreKind.H2;
    }

    @Override
    public double rate(long millis) throws SQLException {
        createTable();
        try (PreparedStatement update =
                connection.prepareStatement("update ipam_bench set revision = ? where realm = ? and revision = ?")) {
            long started = System.nanoTime();
            long until = started + millis * 1_000_000;
            long now = started;
            revision = 0;
            while (now < until) {
                commit(update);
                now = System.nanoTime();
            }
            return revision * 1e9 / (now - started);
        }
    }

    private void createTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists ipam_bench (realm varchar(64) primary key, revision bigint)");
            statement.execute("delete from ipam_bench");
            statement.execute("insert into ipam_bench (realm, revision) values ('bare', 0)");
        }
    }

    @Override
    public int readHeld(String realm) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select address, pool, stateful, namespace, owner, uid, interface,"
                        + " generation, note from ipam_address where realm = ?")) {
            connection.setAutoCommit(false); // Otherwise the driver reads all rows at once.
            statement.setFetchSize(ROWS_PER_FETCH);
            statement.setString(1, realm);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count += isComplete(rows) ? 1 : 0;
                }
            }
            connection.rollback();
            connection.setAutoCommit(true);
            return count;
        }
    }

    private static boolean isComplete(ResultSet row) throws SQLException {
        boolean isComplete = row.getLong("generation") > 0 && !row.getBoolean("stateful");
        for (String column : List.of("address", "pool", "namespace", "owner", "uid", "interface", "note")) {
            isComplete &= row.getString(column) != null;
        }
        return isComplete;
    }

    @Override
    public String text() {
        return "conditional updates of one row in plain SQL";
    }

    private void commit(PreparedStatement update) throws SQLException {
        update.setLong(1, revision + 1);
        update.setString(2, "bare");
        update.setLong(3, revision);
        if (update.executeUpdate() != 1) {
            throw new IllegalStateException("the row does not have revision " + revision);
        }
        revision++;
        if (isH2) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists ipam_bench");
        }
        connection.close();
    }
}
