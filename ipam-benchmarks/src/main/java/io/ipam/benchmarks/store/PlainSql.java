package io.ipam.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The least that a database can do for a durable conditional commit. One statement, which commits
 * itself, updates one row if it has the expected number. It writes no log and no entries.
 *
 * <p>Thread safety: none.
 */
final class PlainSql implements AutoCloseable {
    private final Connection connection;
    private final boolean isH2;
    private final PreparedStatement update;
    private long revision;

    PlainSql(DataSource source, StoreKind kind) throws SQLException {
        connection = source.getConnection();
        isH2 = kind == StoreKind.H2;
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists ipam_bench (realm varchar(64) primary key, revision bigint)");
            statement.execute("delete from ipam_bench");
            statement.execute("insert into ipam_bench (realm, revision) values ('bare', 0)");
        }
        update = connection.prepareStatement("update ipam_bench set revision = ? where realm = ? and revision = ?");
    }

    /** {@return updates per second during a time} */
    double rate(long millis) throws SQLException {
        long started = System.nanoTime();
        long until = started + millis * 1_000_000;
        int commits = 0;
        long now = started;
        while (now < until) {
            commit();
            commits++;
            now = System.nanoTime();
        }
        return commits * 1e9 / (now - started);
    }

    private void commit() throws SQLException {
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
            statement.execute("drop table ipam_bench");
        }
        connection.close();
    }
}
