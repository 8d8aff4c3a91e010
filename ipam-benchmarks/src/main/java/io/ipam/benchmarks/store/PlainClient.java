package io.ipam.benchmarks.store;

import java.sql.SQLException;

/** The client of a store's product, without this library. Thread safety: none. */
public interface PlainClient extends AutoCloseable {
    /**
     * {@return the durable conditional updates of one row or key per second}
     *
     * @param millis the duration of the measurement
     */
    double rate(long millis) throws SQLException;

    /**
     * Reads the rows or keys of all held addresses.
     *
     * @param realm the realm
     * @return their number
     */
    int readHeld(String realm) throws SQLException;

    /** {@return the name of an update and its client, as printed} */
    String text();

    @Override
    void close() throws SQLException;
}
