package io.ipam.store.jdbc;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the first row that does not fit a commit, after a guard has failed. It reads the rows of
 * the changes one by one: the text of the finding matters, not its speed.
 *
 * <p>Thread safety: none.
 */
final class GuardFinding {
    private final Connection connection;
    private final Dialect dialect;
    private final String realm;
    private final Commit commit;
    private final RowReader reader = new RowReader();

    GuardFinding(Connection connection, Dialect dialect, String realm, Commit commit) {
        this.connection = connection;
        this.dialect = dialect;
        this.realm = realm;
        this.commit = commit;
    }

    /** The exception that states the finding. */
    CorruptStoreException find() throws SQLException {
        for (Change change : commit.changes()) {
            Optional<String> finding = find(change);
            if (finding.isPresent()) {
                return new CorruptStoreException("cannot commit " + commit.head() + ": " + finding.get());
            }
        }
        return new CorruptStoreException("cannot commit " + commit.head()
                + ": another program changes the tables of realm " + realm + " at this moment");
    }

    private Optional<String> find(Change change) throws SQLException {
        if (change instanceof Change.Granted granted) {
            return absentHeld(granted.held().address().toString());
        } else if (change instanceof Change.Renewed renewed) {
            return held(renewed.before());
        } else if (change instanceof Change.Released released) {
            return held(released.before());
        } else if (change instanceof Change.RealmPut put) {
            return compare("the settings of the realm", put.before(), realm());
        }
        return definition(change);
    }

    private Optional<String> definition(Change change) throws SQLException {
        if (change instanceof Change.PoolPut put) {
            return pool(put.after().pool().name(), put.before());
        } else if (change instanceof Change.PoolGone gone) {
            return pool(gone.before().pool().name(), Optional.of(gone.before()));
        } else if (change instanceof Change.ReservedPut put) {
            return reserved(put.after().range().name(), put.before());
        } else if (change instanceof Change.ReservedGone gone) {
            return reserved(gone.before().range().name(), Optional.of(gone.before()));
        }
        return Optional.empty();
    }

    private Optional<String> absentHeld(String address) throws SQLException {
        return compare("the entry of " + address, Optional.empty(), heldAt(address));
    }

    private Optional<String> held(Entry.Held before) throws SQLException {
        Optional<Entry.Held> present = heldAt(before.address().toString());
        return present.isPresent() && present.get().generation() == before.generation()
                ? Optional.empty()
                : compare("the entry of " + before.address(), Optional.of(before), present);
    }

    private Optional<Entry.Held> heldAt(String address) throws SQLException {
        return one("heldAt", "ipam_address", reader::held, realm, address);
    }

    private Optional<String> pool(String name, Optional<Entry.OfPool> before) throws SQLException {
        return compare("the entry of pool " + name, before, one("poolAt", "ipam_pool", reader::pool, realm, name));
    }

    private Optional<String> reserved(String name, Optional<Entry.OfReserved> before) throws SQLException {
        return compare(
                "the entry of reserved range " + name,
                before,
                one("reservedAt", "ipam_reserved", reader::reserved, realm, name));
    }

    private Optional<Realm> realm() throws SQLException {
        return one("realm", "ipam_realm", RowReader::realm, realm);
    }

    private <T> Optional<T> one(String sql, String table, RowReader.Form<T> form, Object... key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.sql(sql))) {
            Dialect.bind(statement, 1, List.of(key));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(RowReader.read(table, rows, form)) : Optional.empty();
            }
        }
    }

    private static Optional<String> compare(String subject, Optional<?> expected, Optional<?> present) {
        return expected.equals(present)
                ? Optional.empty()
                : Optional.of(subject + " must be " + shown(expected) + ", was " + shown(present));
    }

    private static String shown(Optional<?> entry) {
        return entry.isPresent() ? entry.get().toString() : "absent";
    }
}
