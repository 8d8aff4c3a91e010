package io.ipam.store.jdbc;

import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one store, obtained at its first call and replaced after a failure. Between
 * transactions it commits automatically.
 *
 * <p>Thread safety: calls of one thread at a time; {@link #close} from any thread.
 */
final class StoreConnection {
    private static final Executor SAME_THREAD = Runnable::run;
    /** The holder of a transaction that has locked the realm. */
    static final Object LOCK = "lock";

    /** The work of one call. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private final JdbcStoreSettings settings;
    private final LongSupplier nanoTime;
    private @Nullable Connection connection;
    private @Nullable Dialect dialect;
    private @Nullable ConnectionState before;
    /**
     * The holder of the open transaction: {@link #LOCK}, or that of an image. Null between
     * transactions.
     */
    private @Nullable Object holder;

    private long deadline;
    private boolean inCall;
    private boolean closed;

    /**
     * Makes an object without a connection.
     *
     * @param nanoTime the clock of the limits, {@link System#nanoTime} except in tests
     */
    StoreConnection(DataSource source, JdbcStoreSettings settings, LongSupplier nanoTime) {
        this.source = source;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** The dialect of the connection of the present call. */
    Dialect dialect() {
        if (dialect == null) {
            throw new IllegalStateException("no connection");
        }
        return dialect;
    }

    /**
     * Runs a call.
     *
     * @param failure completes the message {@code cannot ..}
     * @throws StoreUnavailableException if a statement fails, or the store is closed
     */
    <T> T call(String failure, Work<T> work) {
        enter();
        try {
            Connection present = open();
            limit(present);
            return work.run(present);
        } catch (SQLException failed) {
            StoreException exception = ErrorClass.withoutEffect(failure, failed);
            discard(exception);
            throw exception;
        } catch (StoreUnavailableException | UnstorableException refused) {
            throw refused;
        } catch (RuntimeException | Error failed) {
            discard(failed);
            throw failed;
        } finally {
            exit();
        }
    }

    private synchronized void enter() {
        if (closed) {
            throw new StoreUnavailableException("the store is closed");
        }
        inCall = true;
        deadline = nanoTime.getAsLong() + settings.callLimit().toNanos();
    }

    private synchronized void exit() {
        inCall = false;
        if (closed) {
            release();
        }
    }

    /** Limits the next trip to the rest of the call. */
    void limit(Connection present) throws SQLException {
        long rest = Math.max(1, (deadline - nanoTime.getAsLong()) / 1_000_000);
        present.setNetworkTimeout(SAME_THREAD, (int) rest);
    }

    /** Whether half of the time of the call is left, so that another long statement may begin. */
    boolean hasTime() {
        return deadline - nanoTime.getAsLong() >= settings.callLimit().toNanos() / 2;
    }

    private Connection open() throws SQLException {
        Connection present = connection;
        if (present != null) {
            return present;
        }
        Connection fresh = obtain();
        synchronized (this) {
            connection = fresh;
            if (closed) {
                throw new StoreUnavailableException("the store is closed");
            }
        }
        before = ConnectionState.of(fresh);
        limit(fresh);
        try {
            dialect = Dialects.of(fresh);
            withoutTransactionOfOthers(fresh);
            fresh.setReadOnly(false);
            fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            dialect.begin(fresh, settings);
            Schema.verify(fresh, dialect);
        } catch (StoreException refused) {
            discard(refused);
            throw refused;
        }
        return fresh;
    }

    private Connection obtain() throws SQLException {
        try {
            return source.getConnection();
        } catch (RuntimeException failed) { // A pool may throw any, for example while it reconnects.
            throw new StoreUnavailableException("cannot get a connection: " + failed.getMessage(), failed);
        }
    }

    /** Ends a transaction that was open when the connection was obtained, without its changes. */
    static void withoutTransactionOfOthers(Connection fresh) throws SQLException {
        if (!fresh.getAutoCommit()) {
            fresh.rollback();
            fresh.setAutoCommit(true);
        }
    }

    /** Begins a transaction; none is open. */
    void beginTransaction(Object newHolder) throws SQLException {
        present().setAutoCommit(false);
        holder = newHolder;
    }

    /** Begins a transaction that reads one snapshot; none is open. */
    void beginSnapshot(Object image) throws SQLException {
        present().setReadOnly(true);
        present().setTransactionIsolation(dialect().snapshotIsolation());
        beginTransaction(image);
    }

    /** Rolls the open transaction back, if there is one. */
    void endTransaction() throws SQLException {
        if (holder != null) {
            present().rollback();
            endedTransaction();
        }
    }

    /**
     * Ends the open transaction, if there is one.
     *
     * @return the connection; another one if the database has ended an idle transaction with its
     *     connection
     */
    Connection withoutTransaction() throws SQLException {
        try {
            endTransaction();
        } catch (SQLException ended) {
            discard(ended);
        }
        return open();
    }

    /** Resets the connection after its transaction has ended. */
    void endedTransaction() throws SQLException {
        present().setAutoCommit(true);
        if (isInImage()) {
            present().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            present().setReadOnly(false);
        }
        holder = null;
    }

    /** Whether the open transaction is that of an image. */
    boolean isInImage() {
        return holder != null && holder != LOCK;
    }

    boolean isHeldBy(Object owner) {
        return holder == owner;
    }

    /**
     * Ends the transaction of an image unless it has ended. After a failure the connection is
     * discarded.
     */
    void endSnapshot(Object image) {
        if (!isHeldBy(image)) {
            return;
        }
        try {
            endTransaction();
        } catch (SQLException failed) {
            discard(failed);
        }
    }

    private Connection present() {
        if (connection == null) {
            throw new IllegalStateException("no connection");
        }
        return connection;
    }

    /** Discards a connection whose state is unknown. */
    void discard(Throwable reason) {
        Connection broken = connection;
        holder = null;
        synchronized (this) {
            connection = null;
        }
        if (broken != null) {
            try (broken) {
                broken.abort(SAME_THREAD);
            } catch (SQLException failed) {
                reason.addSuppressed(failed);
            }
        }
    }

    /** Ends the running call, or returns the connection if there is none. */
    synchronized void close() {
        closed = true;
        if (!inCall) {
            release();
        } else if (connection != null) {
            abort(connection);
        }
    }

    private static void abort(Connection running) {
        try {
            running.abort(SAME_THREAD);
        } catch (SQLException failed) {
            throw new StoreUnavailableException("cannot end the running call: " + failed.getMessage(), failed);
        }
    }

    private void release() {
        Connection present = connection;
        connection = null;
        holder = null;
        if (present == null) {
            return;
        }
        try (present) {
            if (!present.isClosed()) {
                if (!present.getAutoCommit()) {
                    present.rollback();
                    present.setAutoCommit(true);
                }
                if (dialect != null) {
                    dialect.end(present);
                }
                if (before != null) {
                    before.restore(present);
                }
            }
        } catch (SQLException | RuntimeException lost) {
            // The connection, or its pool, was closed before. The database ends the transaction.
        }
    }
}
