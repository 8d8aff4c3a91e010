package io.ipam.store.jdbc;

import io.ipam.store.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** The supported databases. Thread safety: stateless. */
final class Dialects {
    private static final Dialect H2 = new H2Dialect();
    private static final Dialect POSTGRES = new PostgresDialect();

    private Dialects() {}

    /** The dialect of a connection. */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String product = database.getDatabaseProductName();
        int major = database.getDatabaseMajorVersion();
        if (product.equals("PostgreSQL") && major >= 13) {
            return POSTGRES;
        }
        if (product.equals("H2") && (major > 2 || (major == 2 && database.getDatabaseMinorVersion() >= 2))) {
            return H2;
        }
        throw new StoreException("cannot use " + product + " " + database.getDatabaseProductVersion()
                + ": the database must be PostgreSQL 13 or later, or H2 2.2 or later");
    }
}
