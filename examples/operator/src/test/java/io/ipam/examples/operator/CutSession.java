package io.ipam.examples.operator;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** A session that fails from the moment on at which its process is killed. */
record CutSession(StateStore session, BooleanSupplier isCut, BiConsumer<Commit, Attempt> committed)
        implements StateStore {
    private StateStore alive() {
        if (isCut.getAsBoolean()) {
            throw new StoreException("the process is killed");
        }
        return session;
    }

    @Override
    public Image load() {
        return alive().load();
    }

    @Override
    public News newsAfter(Head known) {
        return alive().newsAfter(known);
    }

    @Override
    public News newsBeforeCommit(Head known) {
        return alive().newsBeforeCommit(known);
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        Attempt attempt = alive().commit(expected, next);
        committed.accept(next, attempt);
        alive();
        return attempt;
    }

    @Override
    public void trim(Head head) {
        alive().trim(head);
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
    public AutoCloseable follow(Runnable hint) {
        return session.follow(hint);
    }

    @Override
    public void close() throws StoreException {
        session.close();
    }
}
