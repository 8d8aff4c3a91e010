package io.ipam.store.jdbc;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import java.util.List;

/** A process that grants addresses, and decides again on the news after each conflict. */
final class Writer implements Runnable {
    static final int COMMITS = 40;

    private final JdbcStore store;
    private final long process;
    private Head head;
    private volatile int done;
    private volatile int mostLosses;
    private volatile Throwable failure;

    Writer(JdbcStore store, Head head, long process) {
        this.store = store;
        this.head = head;
        this.process = process;
    }

    int done() {
        return done;
    }

    /** The most conflicts of one commit. */
    int mostLosses() {
        return mostLosses;
    }

    Throwable failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            int losses = 0;
            while (done < COMMITS) {
                Commit next = Values.after(head, process, Values.granted((int) (1_000 * process) + done, 1));
                Attempt attempt = store.commit(head, next);
                if (attempt instanceof Attempt.Moved moved) {
                    List<Commit> news = ((News.Since) moved.news()).commits();
                    head = news.get(news.size() - 1).head();
                    mostLosses = Math.max(mostLosses, ++losses);
                } else {
                    head = next.head();
                    losses = 0;
                    done++;
                }
            }
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }
}
