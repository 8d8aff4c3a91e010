package io.ipam.store;

import io.ipam.address.Address;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database server, simulated around {@link InMemoryStore}: one store per realm, connections that
 * break, crashes, backups, and edits outside commits. Everything that a commit wrote
 * survives, unless a subclass plants a bug.
 *
 * <p>Thread safety: safe.
 */
public class SimulatedServer {
    /** The number of commits that trimming keeps. */
    public static final int KEPT = 8;

    private static final int COMMITS_PER_NEWS = 7;

    private final Map<String, InMemoryStore> realms = new ConcurrentHashMap<>();
    /** The states before the last two commits if commits do not survive. One may be in progress. */
    private final Map<String, Deque<InMemoryRealm>> beforeLastCommits = new ConcurrentHashMap<>();

    private final AtomicInteger crashes = new AtomicInteger();

    /** A server without realms. */
    public SimulatedServer() {}

    /** {@return the session that the server serves; to plant a bug} */
    protected StateStore server(StateStore session) {
        return session;
    }

    /** {@return the session that a client uses over its connection; to plant a bug} */
    protected StateStore client(StateStore session) {
        return session;
    }

    /** {@return the key of a realm; to plant a bug} */
    protected String key(String realm) {
        return realm;
    }

    /** {@return whether the last commits survive a crash; to plant a bug} */
    protected boolean isDurable() {
        return true;
    }

    InMemoryStore store(String realm) {
        return realms.computeIfAbsent(key(realm), name -> new InMemoryStore(new InMemoryRealm(KEPT, COMMITS_PER_NEWS)));
    }

    /** {@return a session, which notices crashes} */
    public StateStore open(String realm) {
        return client(openConnection(realm).session());
    }

    /** {@return a connection, which can be broken} */
    public Connection openConnection(String realm) {
        InMemoryStore store = store(realm);
        Runnable beforeCommit = isDurable() ? () -> {} : () -> keepBackup(key(realm), store.backup());
        return new Connection(server(store.session()), crashes, beforeCommit);
    }

    private void keepBackup(String key, InMemoryRealm backup) {
        Deque<InMemoryRealm> last = beforeLastCommits.computeIfAbsent(key, name -> new ConcurrentLinkedDeque<>());
        last.addLast(backup);
        if (last.size() > 2) {
            last.removeFirst();
        }
    }

    /** {@return the session of a connection that can be broken} */
    public StateStore session(Connection connection) {
        return client(connection.session());
    }

    /** Breaks all connections. The rows and the logs are as of the last commits. */
    public void crash() {
        beforeLastCommits.forEach((realm, backups) -> realms.get(realm).restore(backups.getFirst()));
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
