package io.ipam.benchmarks.store;

import io.ipam.store.StateStore;
import java.sql.SQLException;
import java.util.Optional;

/** A store that is measured. Sessions may be made by any thread. */
public interface Backend extends AutoCloseable {
    /** {@return the kind of the store} */
    StoreKind kind();

    /** {@return the name as printed} */
    default String name() {
        return kind().text();
    }

    /** {@return the product, its version, and its settings that matter} */
    String description();

    /**
     * Makes a session. Each has a connection of its own.
     *
     * @param realm the realm
     * @return the session
     */
    StateStore session(String realm);

    /** Makes a client of the product without this library, if there is one. */
    default Optional<PlainClient> plainClient() throws SQLException {
        return Optional.empty();
    }

    /** {@return whether several processes can use the store} */
    default boolean isShared() {
        return kind() != StoreKind.H2;
    }

    @Override
    void close();
}
