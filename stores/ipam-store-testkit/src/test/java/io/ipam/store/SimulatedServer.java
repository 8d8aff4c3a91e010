package io.ipam.store;

import io.ipam.address.Address;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A database server, simulated around {@link InMemoryStore}: one store per realm, connections that
 * break, crashes, backups, and edits outside commits. Everything that a commit wrote survives.
 *
 * <p>Thread safety: safe.
 */
public class SimulatedServer {
    /** The number of commits that trimming keeps. */
    public static final int KEPT = 8;

    private static final int COMMITS_PER_NEWS = 7;

    private final Map<String, InMemoryStore> realms = new ConcurrentHashMap<>();
    private final AtomicInteger crashes = new AtomicInteger();
    private final UnaryOperator<StateStore> sessions;

    /**
     * A server.
     *
     * @param sessions wraps each session, to plant a bug
     */
    public SimulatedServer(UnaryOperator<StateStore> sessions) {
        this.sessions = sessions;
    }

    InMemoryStore store(String realm) {
        return realms.computeIfAbsent(realm, name -> new InMemoryStore(new InMemoryRealm(KEPT, COMMITS_PER_NEWS)));
    }

    /** {@return a session, which notices crashes} */
    public StateStore open(String realm) {
        return openConnection(realm).session();
    }

    /** {@return a connection, which can be broken} */
    public Connection openConnection(String realm) {
        return new Connection(sessions.apply(store(realm).session()), crashes);
    }

    /** Breaks all connections. The rows and the logs are as of the last commits. */
    public void crash() {
        crashes.incrementAndGet();
    }

    /** {@return restores the backup when it is called} */
    public Callable<?> backup(String realm) {
        InMemoryRealm backup = store(realm).backup();
        return () -> {
            store(realm).restore(backup);
            return true;
        };
    }

    /** Deletes the row of a held address. */
    public void deleteHeld(String realm, Address address) {
        store(realm).edit(rows -> rows.held().remove(address));
    }

    /** Inserts the row of a held address. */
    public void insertHeld(String realm, Entry.Held held) {
        store(realm).edit(rows -> rows.held().put(held.address(), held));
    }
}
