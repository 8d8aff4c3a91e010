package io.ipam.store.etcd;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A session that repeats a call for up to a minute until the store is available, as an Ipam does.
 */
record PatientStore(StateStore session) implements StateStore {
    private static <T> T repeat(Supplier<T> call) {
        for (int i = 0; i < 1_200; i++) {
            try {
                return call.get();
            } catch (StoreUnavailableException | OutcomeUnknownException failed) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        throw new StoreException("the store was not available for a minute");
    }

    @Override
    public Image load() {
        return repeat(session::load);
    }

    @Override
    public News newsAfter(Head known) {
        return repeat(() -> session.newsAfter(known));
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        Attempt attempt = repeat(() -> session.commit(expected, next));
        boolean isOwn = attempt instanceof Attempt.Moved moved
                && moved.news() instanceof News.Since since
                && since.commits().get(0).equals(next);
        return isOwn ? new Attempt.Done() : attempt;
    }

    @Override
    public void trim(Head head) {
        session.trim(head);
    }

    @Override
    public int operationsPerCommit() {
        return session.operationsPerCommit();
    }

    @Override
    public int operations(Change change) {
        return session.operations(change);
    }

    @Override
    public void close() {
        session.close();
    }
}
