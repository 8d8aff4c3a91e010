package io.ipam.crash;

import io.ipam.store.StateStore;

/** A store whose processes, connections, and servers crash. Used by one thread. */
public interface CrashedStore {
    /** {@return the class whose {@code main} calls {@link CrashWorker#run}} */
    Class<?> worker();

    /** {@return the argument of a worker with the route to the store} */
    String text();

    /**
     * Opens a session.
     *
     * @param process the name of the process
     * @param realm the realm
     * @return the session
     */
    StateStore session(String process, String realm);

    /**
     * Reads the entries of a realm without the library.
     *
     * @param realm the realm
     * @return the entries
     */
    StoreRows rows(String realm);
}
