package io.ipam.store.testkit;

import io.ipam.store.StateStore;

/** The store under test. The interfaces that extend this one contain the tests. */
public interface StoreContract {
    /**
     * Opens a session. A realm that was never created is empty: its head is {@link
     * io.ipam.store.Head#NONE}. The tests use a new realm each, and close every session.
     *
     * @param realm the name of the realm, at most 24 characters: lower-case letters, digits, and
     *     dashes
     * @return a new session
     */
    StateStore openSession(String realm);

    /** {@return the realm of the running test} */
    TestRealm realm();
}
