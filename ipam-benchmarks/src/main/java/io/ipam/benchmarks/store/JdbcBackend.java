package io.ipam.benchmarks.store;

import io.ipam.store.StateStore;
import io.ipam.store.jdbc.JdbcStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of the user. Thread safety: safe. */
class JdbcBackend implements Backend {
    private final StoreKind kind;
    private final DataSource source;

    JdbcBackend(StoreKind kind, DataSource source) {
        this.kind = kind;
        this.source = source;
        JdbcStore.createSchema(source);
    }

    static Backend ofUrl(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return new JdbcBackend(StoreKind.H2, h2(url));
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        return new JdbcBackend(StoreKind.POSTGRESQL, source);
    }

    static DataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        return source;
    }

    @Override
    public StoreKind kind() {
        return kind;
    }

    @Override
    public String description() {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public StateStore session(String realm) {
        return JdbcStore.of(source, realm);
    }

    @Override
    public Optional<PlainClient> plainClient() throws SQLException {
        return Optional.of(new PlainSql(source, kind));
    }

    DataSource database() {
        return source;
    }

    @Override
    public void close() {
        // The database is the user's.
    }
}
