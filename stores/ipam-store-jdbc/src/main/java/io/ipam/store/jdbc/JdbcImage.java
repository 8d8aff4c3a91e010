package io.ipam.store.jdbc;

import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A realm in one snapshot: a transaction that is open until the image is closed. Entries are read
 * in pages in the order of their keys, so that no driver has all of them in memory.
 *
 * <p>Thread safety: none.
 */
final class JdbcImage implements Image {
    private static final int ROWS_PER_PAGE = 5_000;

    private final StoreConnection connections;
    private final Object holder;
    private final String name;
    private final Head head;
    private final Optional<Realm> realm;

    JdbcImage(StoreConnection connections, Object holder, String name, Head head, Optional<Realm> realm) {
        this.connections = connections;
        this.holder = holder;
        this.name = name;
        this.head = head;
        this.realm = realm;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Optional<Realm> realm() {
        return realm;
    }

    @Override
    public Iterator<Entry> entries() {
        return new Entries();
    }

    @Override
    public void close() {
        connections.endSnapshot(holder);
    }

    /** Some entries of a table. */
    private record Page(List<Entry> entries, String lastKey) {
        boolean isLast() {
            return entries.size() < ROWS_PER_PAGE;
        }
    }

    private final class Entries implements Iterator<Entry> {
        private final RowReader reader = new RowReader();
        private final Iterator<EntryTable> tables = List.of(EntryTable.values()).iterator();
        private EntryTable table = tables.next();
        private Page page = read("");
        private Iterator<Entry> entries = page.entries().iterator();

        @Override
        public boolean hasNext() {
            while (!entries.hasNext()) {
                if (page.isLast() && !tables.hasNext()) {
                    return false;
                }
                String after = page.isLast() ? "" : page.lastKey();
                table = page.isLast() ? tables.next() : table;
                page = read(after);
                entries = page.entries().iterator();
            }
            return true;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no entry after the last one");
            }
            return entries.next();
        }

        private Page read(String after) {
            EntryTable present = table;
            return connections.call("read " + present.table() + " of realm " + name, connection -> {
                if (!connections.isHeldBy(holder)) {
                    throw new StoreUnavailableException(
                            "cannot continue the load: the image was closed, or its connection failed");
                }
                return page(connection, present, after);
            });
        }

        private Page page(Connection connection, EntryTable present, String after) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement(connections.dialect().sql(present.page()))) {
                Dialect.bind(statement, 1, List.of(name, after, ROWS_PER_PAGE));
                List<Entry> read = new ArrayList<>();
                String last = after;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        read.add(RowReader.read(present.table(), rows, row -> present.read(reader, row)));
                        last = rows.getString(present.key());
                    }
                }
                return new Page(read, last);
            }
        }
    }
}
