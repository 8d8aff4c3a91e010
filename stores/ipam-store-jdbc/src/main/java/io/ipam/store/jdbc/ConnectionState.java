package io.ipam.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The settings of a connection that a store changes. A pool may reuse the connection. */
record ConnectionState(boolean autoCommit, boolean readOnly, int isolation, int networkMillis) {
    static ConnectionState of(Connection connection) throws SQLException {
        return new ConnectionState(
                connection.getAutoCommit(),
                connection.isReadOnly(),
                connection.getTransactionIsolation(),
                connection.getNetworkTimeout());
    }

    /** Restores the settings; no transaction is open. */
    void restore(Connection connection) throws SQLException {
        connection.setReadOnly(readOnly);
        connection.setTransactionIsolation(isolation);
        connection.setNetworkTimeout(Runnable::run, networkMillis);
        connection.setAutoCommit(autoCommit);
    }
}
