package io.ipam.engine.replica;

import io.ipam.store.Entry;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the entries of an image on, page by page. While the caller reads a page from the store, a
 * thread adds the page before it. An image of less than a page needs no thread.
 *
 * <p>Cost: two pages in memory, a thread for each page. Opening a million addresses on PostgreSQL
 * takes two thirds of the time without the threads (goal 13 of docs/performance.md). Thread safety:
 * none, made for one load. The consumer is called by one thread at a time, in the order of the
 * entries, and has added everything when {@link #finish} returns.
 */
final class EntryPages {
    private static final int PAGE = 4_096;

    private final Consumer<Entry> consumer;
    private List<Entry> page = new ArrayList<>();
    private @Nullable FutureTask<Void> adding;

    EntryPages(Consumer<Entry> consumer) {
        this.consumer = consumer;
    }

    /** Adds an entry later, or throws what the consumer threw for an earlier one. */
    void add(Entry entry) {
        page.add(entry);
        if (page.size() == PAGE) {
            await();
            List<Entry> full = page;
            page = new ArrayList<>(PAGE);
            adding = new FutureTask<>(() -> full.forEach(consumer), null);
            Thread thread = new Thread(adding, "ipam-loader");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until every entry is added, or throws what the consumer threw. */
    void finish() {
        await();
        page.forEach(consumer);
        page = new ArrayList<>();
    }

    private void await() {
        if (adding == null) {
            return;
        }
        try {
            adding.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while the realm was loaded", e);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(failed);
    }
}
