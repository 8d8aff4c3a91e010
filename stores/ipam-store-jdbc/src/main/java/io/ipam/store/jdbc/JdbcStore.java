package io.ipam.store.jdbc;

import static java.util.Objects.requireNonNull;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.UnstorableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * One session with one realm in PostgreSQL 13 or later, or in H2 2.2 or later.
 *
 * <pre>{@code
 * JdbcStore.createSchema(dataSource);                       // once for each database
 * Ipam ipam = Ipam.openOrCreate(JdbcStore.of(dataSource, "default"), catalog, settings);
 * }</pre>
 *
 * <p>The session obtains one connection at its first call, never joins a transaction of the caller,
 * and returns the connection when it is closed. After a failure it obtains another one. The server
 * must be the primary one, and the version of the tables must be that of this library. Otherwise
 * the first call on a connection throws {@link StoreException}.
 *
 * <p>PostgreSQL is for any number of processes. H2 in a file is for one process; a commit to it is
 * on the disk before it is confirmed or shown.
 *
 * <p>Cost: a commit makes two round trips. After a conflict, PostgreSQL locks the realm and reads
 * the news first, which makes four. A load reads the rows in pages. Thread safety: as {@link
 * StateStore} states.
 */
public final class JdbcStore implements StateStore {
    private static final int OPERATIONS_PER_COMMIT = 1_000;

    private final String realm;
    private final JdbcStoreSettings settings;
    private final StoreConnection connections;

    /** Makes a session with a clock for the limits of its calls. */
    JdbcStore(DataSource source, String realm, JdbcStoreSettings settings, LongSupplier nanoTime) {
        this.realm = RealmName.verified(realm);
        this.settings = requireNonNull(settings, "settings");
        this.connections = new StoreConnection(requireNonNull(source, "source"), settings, nanoTime);
    }

    /**
     * Makes a session with the default settings. It connects at its first call.
     *
     * @param source the database
     * @param realm the realm: 1 to 63 ASCII letters, digits, dots, underscores and hyphens, the
     *     first of them a letter or digit
     * @return the session
     */
    public static JdbcStore of(DataSource source, String realm) {
        return of(source, realm, JdbcStoreSettings.defaults());
    }

    /**
     * Makes a session. It connects at its first call.
     *
     * @param source the database
     * @param realm the realm, as for {@link #of(DataSource, String)}
     * @param settings the settings
     * @return the session
     */
    public static JdbcStore of(DataSource source, String realm, JdbcStoreSettings settings) {
        return new JdbcStore(source, realm, settings, System::nanoTime);
    }

    /**
     * Creates the tables that do not exist. The user of the connection needs the right to create
     * tables. The SQL is in the files {@code postgresql-schema-1.sql} and {@code h2-schema-1.sql}
     * of this module. A transaction of the connection is rolled back first.
     *
     * @param source the database
     * @throws StoreException if the database fails, is not supported, or has tables of another
     *     version
     */
    public static void createSchema(DataSource source) {
        try (Connection connection = requireNonNull(source, "source").getConnection()) {
            Schema.create(connection);
        } catch (SQLException failed) {
            throw ErrorClass.withoutEffect("create the tables", failed);
        }
    }

    @Override
    public Image load() {
        return connections.call("load realm " + realm, present -> {
            Connection connection = connections.withoutTransaction();
            JdbcImage image = new Snapshot(connections, connection, realm).begin();
            connections.dialect().makeDurable(connection, settings);
            return image;
        });
    }

    @Override
    public News newsAfter(Head known) {
        requireNonNull(known, "known");
        return connections.call("read the commits of realm " + realm, present -> {
            Connection connection = connections.isInImage() ? present : connections.withoutTransaction();
            return durable(connection, NewsReader.read(connection, connections.dialect(), realm, known));
        });
    }

    @Override
    public News newsBeforeCommit(Head known) {
        requireNonNull(known, "known");
        return connections.call("read the commits of realm " + realm, present -> {
            Connection connection = connections.withoutTransaction();
            CommitCall call = new CommitCall(connections, connection, realm, settings);
            return durable(connection, call.newsUnderLock(known));
        });
    }

    private News durable(Connection connection, News news) throws SQLException {
        if (!News.Since.NONE.equals(news)) {
            connections.dialect().makeDurable(connection, settings);
        }
        return news;
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        requireNonNull(expected, "expected");
        if (!requireNonNull(next, "next").follows(expected)) {
            throw new IllegalArgumentException("commit of " + next.head() + " must follow " + expected);
        }
        if (next.changes().size() > OPERATIONS_PER_COMMIT) {
            throw new UnstorableException(
                    "cannot commit " + next.changes().size() + " changes; the maximum is " + OPERATIONS_PER_COMMIT);
        }
        return connections.call(
                "commit " + next.head(),
                connection -> new CommitCall(connections, connection, realm, settings).run(expected, next));
    }

    @Override
    public void trim(Head head) {
        requireNonNull(head, "head");
        connections.call("trim realm " + realm, present -> {
            new Trimming(connections, connections.withoutTransaction(), realm, settings).trim(head);
            return head;
        });
    }

    @Override
    public int operationsPerCommit() {
        return OPERATIONS_PER_COMMIT;
    }

    @Override
    public int operations(Change change) {
        requireNonNull(change, "change");
        return 1;
    }

    @Override
    public void close() {
        connections.close();
    }
}
