package io.ipam.store;

import java.util.Iterator;
import java.util.Optional;

/**
 * A session that delegates everything; a test overrides the methods that it changes. Thread safety:
 * that of the other session.
 */
public class PassingStore implements StateStore {
    private final StateStore to;

    /** A session over another one. */
    public PassingStore(StateStore to) {
        this.to = to;
    }

    @Override
    public Image load() {
        return to.load();
    }

    @Override
    public News newsAfter(Head known) {
        return to.newsAfter(known);
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        return to.commit(expected, next);
    }

    @Override
    public void trim(Head head) {
        to.trim(head);
    }

    @Override
    public int operationsPerCommit() {
        return to.operationsPerCommit();
    }

    @Override
    public int operations(Change change) {
        return to.operations(change);
    }

    @Override
    public AutoCloseable follow(Runnable hint) {
        return to.follow(hint);
    }

    @Override
    public void close() {
        to.close();
    }

    /** An image that delegates everything. */
    public static class PassingImage implements Image {
        private final Image to;

        /** An image over another one. */
        public PassingImage(Image to) {
            this.to = to;
        }

        @Override
        public Head head() {
            return to.head();
        }

        @Override
        public Optional<Realm> realm() {
            return to.realm();
        }

        @Override
        public Iterator<Entry> entries() {
            return to.entries();
        }

        @Override
        public void close() {
            to.close();
        }
    }
}
