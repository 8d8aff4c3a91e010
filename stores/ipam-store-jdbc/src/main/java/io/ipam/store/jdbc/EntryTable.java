package io.ipam.store.jdbc;

import io.ipam.store.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The tables of entries, in the order of {@link io.ipam.store.Image#entries}. Thread safety:
 * immutable.
 */
enum EntryTable {
    POOLS("ipam_pool", "pools", "name") {
        @Override
        Entry read(RowReader reader, ResultSet row) throws SQLException {
            return reader.pool(row);
        }
    },
    RESERVED("ipam_reserved", "reserved", "name") {
        @Override
        Entry read(RowReader reader, ResultSet row) throws SQLException {
            return reader.reserved(row);
        }
    },
    HELD("ipam_address", "held", "address") {
        @Override
        Entry read(RowReader reader, ResultSet row) throws SQLException {
            return reader.held(row);
        }
    },
    COOLING("ipam_cooling", "cooling", "address") {
        @Override
        Entry read(RowReader reader, ResultSet row) throws SQLException {
            return reader.cooling(row);
        }
    };

    private final String table;
    private final String page;
    private final String key;

    EntryTable(String table, String page, String key) {
        this.table = table;
        this.page = page;
        this.key = key;
    }

    /** The name of the table. */
    String table() {
        return table;
    }

    /** The name of the statement that reads a page. */
    String page() {
        return page;
    }

    /** The column that orders the rows. */
    String key() {
        return key;
    }

    abstract Entry read(RowReader reader, ResultSet row) throws SQLException;
}
