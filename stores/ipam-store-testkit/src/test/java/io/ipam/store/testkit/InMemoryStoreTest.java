package io.ipam.store.testkit;

import io.ipam.store.SimulatedServer;

/** The store in memory keeps every guarantee; the server around it is simulated. */
class InMemoryStoreTest extends SimulatedStoreContract {
    InMemoryStoreTest() {
        super(new SimulatedServer());
    }
}
