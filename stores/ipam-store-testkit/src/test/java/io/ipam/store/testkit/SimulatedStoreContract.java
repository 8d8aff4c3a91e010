package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.Connection;
import io.ipam.store.Entry;
import io.ipam.store.SimulatedServer;
import io.ipam.store.StateStore;
import java.util.Map;
import java.util.concurrent.Callable;

/** All contracts, with the hooks of a simulated server. */
abstract class SimulatedStoreContract extends StateStoreContract
        implements ReopenContract, CrashContract, ConnectionContract, EditContract, BackupContract, TrimContract {
    private final SimulatedServer server;

    SimulatedStoreContract(SimulatedServer server) {
        this.server = server;
    }

    @Override
    protected Map<Capability, String> unproven() {
        return Map.of();
    }

    @Override
    public StateStore openSession(String realm) {
        return server.open(realm);
    }

    @Override
    public void reopen() {
        server.crash();
        server.crash();
    }

    @Override
    public void crash() {
        server.crash();
    }

    @Override
    public BreakableSession openBreakableSession(String realm) {
        Connection connection = server.openConnection(realm);
        StateStore session = server.session(connection);
        return new BreakableSession() {
            @Override
            public StateStore session() {
                return session;
            }

            @Override
            public void loseNextRequest() {
                connection.loseNextRequest();
            }

            @Override
            public void loseNextAnswer() {
                connection.loseNextAnswer();
            }
        };
    }

    @Override
    public void deleteHeld(String realm, Address address) {
        server.deleteHeld(realm, address);
    }

    @Override
    public void insertHeld(String realm, Entry.Held held) {
        server.insertHeld(realm, held);
    }

    @Override
    public Callable<?> backup(String realm) {
        return server.backup(realm);
    }

    @Override
    public StateStore openTrimmingSession(String realm) {
        return server.open(realm);
    }

    @Override
    public int keptCommits() {
        return SimulatedServer.KEPT;
    }
}
