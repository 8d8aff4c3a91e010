package io.ipam.store.jdbc;

import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Begins images. Thread safety: none. */
final class Snapshot {
    private final StoreConnection connections;
    private final Connection connection;
    private final String realm;

    Snapshot(StoreConnection connections, Connection connection, String realm) {
        this.connections = connections;
        this.connection = connection;
        this.realm = realm;
    }

    /** Begins a transaction that the image holds; none is open. */
    JdbcImage begin() throws SQLException {
        Object holder = new Object();
        connections.beginSnapshot(holder);
        Optional<Head> head = one("head", "ipam_commit", RowReader::head);
        Optional<Realm> settings = one("realm", "ipam_realm", RowReader::realm);
        if (head.isPresent() != settings.isPresent()) {
            throw new CorruptStoreException("cannot load realm " + realm + ": it has "
                    + (head.isPresent() ? "commits, but no row in ipam_realm" : "a row in ipam_realm, but no commit"));
        }
        return new JdbcImage(connections, holder, realm, head.orElse(Head.NONE), settings);
    }

    private <T> Optional<T> one(String sql, String table, RowReader.Form<T> form) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(connections.dialect().sql(sql))) {
            statement.setString(1, realm);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(RowReader.read(table, rows, form)) : Optional.empty();
            }
        }
    }
}
