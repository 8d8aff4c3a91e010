package io.ipam.engine.realm;

import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that opens or creates a realm. A store may close its files if a thread that uses it is
 * interrupted. The caller's thread therefore calls only {@link StateStore#close}. If the realm is
 * not opened, the store is closed.
 *
 * <p>Thread safety: none; used for one opening.
 */
final class OpeningThread {
    private final OpeningSession session;
    private final boolean commits;

    /**
     * A thread for one opening.
     *
     * @param session the session
     * @param commits whether the opening may commit to the realm
     */
    OpeningThread(OpeningSession session, boolean commits) {
        this.session = session;
        this.commits = commits;
    }

    /**
     * Opens a realm. If the caller is interrupted, the store is closed, which ends the opening.
     *
     * @throws StoreException if the caller is interrupted; its flag is set then. The outcome of its
     *     commits is unknown
     */
    OpenRealm run(Supplier<OpenRealm> opening) {
        FutureTask<OpenRealm> task = new FutureTask<>(() -> closingOnFailure(opening));
        Thread thread = new Thread(task, "ipam-opener");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw interrupted(task);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private OpenRealm closingOnFailure(Supplier<OpenRealm> opening) {
        try {
            return opening.get();
        } catch (RuntimeException | Error e) {
            closeAfter(e, session.store()::close);
            throw e;
        }
    }

    /** Closes the store; a failure to do so does not replace the earlier one. */
    private static void closeAfter(Throwable failure, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Ends the opening, and returns the exception for the caller. */
    private StoreException interrupted(FutureTask<OpenRealm> task) {
        StoreException failure = commits
                ? new OutcomeUnknownException(
                        "interrupted during an opening that may commit: repeat the call, or open the realm")
                : new StoreUnavailableException("interrupted while the realm was opened: open it again");
        closeAfter(failure, session::giveUp);
        closeResult(task, failure);
        Thread.currentThread().interrupt();
        return failure;
    }

    private static void closeResult(FutureTask<OpenRealm> task, StoreException failure) {
        while (true) {
            try {
                task.get().close();
                return;
            } catch (InterruptedException e) {
                // The flag is set again by the caller of this method.
            } catch (ExecutionException e) {
                failure.addSuppressed(e.getCause());
                return;
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException("no failure", cause);
    }
}
