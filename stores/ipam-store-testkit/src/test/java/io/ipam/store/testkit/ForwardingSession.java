package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;

/** Passes every call on. Thread safety: as {@link StateStore}. */
class ForwardingSession implements StateStore {
    final StateStore session;

    ForwardingSession(StateStore session) {
        this.session = session;
    }

    /** {@return the present head} */
    Head head() {
        try (Image image = session.load()) {
            return image.head();
        }
    }

    /** {@return the outcome of a commit whose changes are appended to the present head instead} */
    Attempt append(Commit commit) {
        Head head = head();
        Commit moved = RealmWriter.after(head, commit.head().id(), commit.changes());
        return session.commit(head, moved);
    }

    @Override
    public Image load() {
        return session.load();
    }

    @Override
    public News newsAfter(Head known) {
        return session.newsAfter(known);
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        return session.commit(expected, next);
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
    public AutoCloseable follow(Runnable hint) {
        return session.follow(hint);
    }

    @Override
    public void close() {
        session.close();
    }
}
