package io.ipam.store.jdbc;

import io.ipam.address.Address;
import io.ipam.documents.StoreText;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.InvalidInputException;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Makes entries of rows. A row that is no entry was not written by a commit, and throws
 * CorruptStoreException.
 *
 * <p>Thread safety: none.
 */
final class RowReader {
    private final SharedTexts shared = new SharedTexts();

    /** Reads the current row. */
    interface Form<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The current row; a row that is unreadable becomes a CorruptStoreException. */
    static <T> T read(String table, ResultSet row, Form<T> form) throws SQLException {
        try {
            return form.read(row);
        } catch (InvalidInputException | IllegalArgumentException | NullPointerException unreadable) {
            throw new CorruptStoreException(
                    "cannot read the row " + row.getString(1) + " of " + table + ": " + unreadable.getMessage(),
                    unreadable);
        }
    }

    static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("revision"),
                new CommitId(row.getLong("id_process"), row.getLong("id_sequence")),
                row.getLong("last_generation"),
                row.getLong("held"),
                row.getLong("stamp"));
    }

    static Realm realm(ResultSet row) throws SQLException {
        return new Realm(row.getInt("format"), row.getLong("cool_down"), Realm.Phase.valueOf(row.getString("phase")));
    }

    Entry.Held held(ResultSet row) throws SQLException {
        return new Entry.Held(
                address(row),
                shared.of(row.getString("pool")),
                row.getString("owner") == null ? Optional.empty() : Optional.of(owner(row)),
                shared.of(row.getString("interface")),
                row.getLong("generation"),
                row.getString("note"));
    }

    Entry.Cooling cooling(ResultSet row) throws SQLException {
        return new Entry.Cooling(
                address(row), shared.of(row.getString("pool")), owner(row), row.getLong("released_at"));
    }

    Entry.OfPool pool(ResultSet row) throws SQLException {
        Pool pool = StoreText.parsePool(row.getString("definition"));
        verifyKey(row.getString("name"), pool.name());
        return new Entry.OfPool(pool, row.getBoolean("detached"), row.getBoolean("closed"));
    }

    Entry.OfReserved reserved(ResultSet row) throws SQLException {
        ReservedRange range = StoreText.parseReserved(row.getString("definition"));
        verifyKey(row.getString("name"), range.name());
        return new Entry.OfReserved(range);
    }

    private static Address address(ResultSet row) throws SQLException {
        String text = row.getString("address");
        Address address = Address.parse(text);
        verifyKey(text, address.toString());
        return address;
    }

    private Owner owner(ResultSet row) throws SQLException {
        return new Owner(
                row.getBoolean("stateful"),
                shared.of(row.getString("namespace")),
                row.getString("owner"),
                row.getString("uid"));
    }

    private static void verifyKey(String key, String expected) {
        if (!key.equals(expected)) {
            throw new IllegalArgumentException("its key must be " + expected + ", was " + key);
        }
    }
}
