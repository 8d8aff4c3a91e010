package io.ipam.store;

import java.util.Iterator;
import java.util.Optional;

/**
 * The state of a realm at one head: one snapshot, read as a stream by one thread, which closes it.
 *
 * <p>Thread safety: none.
 */
public interface Image extends AutoCloseable {
    /** {@return the head, known before the entries are read; {@link Head#NONE} without a realm} */
    Head head();

    /** {@return the settings of the realm, empty if it was not created} */
    Optional<Realm> realm();

    /**
     * Reads the entries as of the head: pools, reserved ranges, held addresses, and cooling
     * addresses, in this order. It may be called only once. The iterator throws {@link
     * StoreUnavailableException} if the store fails, and {@link CorruptStoreException} if an entry
     * cannot be read.
     */
    Iterator<Entry> entries();

    /** Ends the snapshot. A repeated call has no effect. */
    @Override
    void close();
}
