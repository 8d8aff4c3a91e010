package io.ipam;

import io.ipam.engine.Engine;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that opens or creates a realm. No caller's thread calls the store: a store may close
 * its files when its thread is interrupted. If the realm is not opened, the store is closed.
 *
 * <p>Thread safety: none, made for one opening.
 */
final class OpeningThread {
    private final StateStore store;

    OpeningThread(StateStore store) {
        this.store = store;
    }

    /**
     * Opens a realm. If the caller is interrupted, the store is closed, which ends the opening.
     *
     * @throws StoreUnavailableException if the caller is interrupted; its flag is set then
     */
    Engine run(Supplier<Engine> opening) {
        FutureTask<Engine> task = new FutureTask<>(() -> closingOnFailure(opening));
        Thread thread = new Thread(task, "ipam-opener");
        thread.setDaemon(true);
        thread.start();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return opened(task.get(), isInterrupted);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    store.close();
                }
            }
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Engine closingOnFailure(Supplier<Engine> opening) {
        try {
            return opening.get();
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private static Engine opened(Engine engine, boolean isInterrupted) {
        if (isInterrupted) {
            engine.whole().close();
            throw new StoreUnavailableException("interrupted while the realm was opened: open it again");
        }
        return engine;
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException("no failure", cause);
    }
}
