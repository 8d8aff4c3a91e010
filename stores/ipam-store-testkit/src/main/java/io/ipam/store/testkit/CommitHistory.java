package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of many sessions with one realm, with their answers, in real time.
 * {@link HistoryChecker} decides whether one order of commits explains them.
 *
 * <p>A call has two instants of a logical clock: before it was made, and after it returned. Thread
 * safety: safe.
 */
public final class CommitHistory {
    /** One call that returned. */
    public sealed interface Call {
        /** {@return the instant before the call} */
        long start();

        /** {@return the instant after the call} */
        long end();
    }

    /**
     * A call of {@link StateStore#commit}.
     *
     * @param start the instant before the call
     * @param end the instant after the call
     * @param expected the expected head
     * @param commit the commit
     * @param attempt the outcome, empty if the call failed
     * @param failure the exception, empty if there is an outcome
     */
    public record Committed(
            long start,
            long end,
            Head expected,
            Commit commit,
            Optional<Attempt> attempt,
            Optional<StoreException> failure)
            implements Call {}

    /**
     * A call of {@link StateStore#newsAfter} that returned news.
     *
     * @param start the instant before the call
     * @param end the instant after the call
     * @param known the head of the caller
     * @param news the news
     */
    public record Asked(long start, long end, Head known, News news) implements Call {}

    /**
     * A load that was read to its end.
     *
     * @param start the instant before the call of {@link StateStore#load}
     * @param end the instant after the last entry
     * @param head the head
     * @param realm the settings
     * @param entries the entries
     */
    public record Read(long start, long end, Head head, Optional<Realm> realm, List<Entry> entries) implements Call {
        /** Copies the entries. */
        public Read {
            entries = List.copyOf(entries);
        }
    }

    private final AtomicLong clock = new AtomicLong();
    private final List<Call> calls = new ArrayList<>();

    /** An empty history. */
    public CommitHistory() {}

    /** Advances the logical clock, and returns the new instant. */
    public long tick() {
        return clock.incrementAndGet();
    }

    /**
     * Adds a call.
     *
     * @param call the call
     */
    public synchronized void add(Call call) {
        calls.add(call);
    }

    /** {@return the calls, in the order in which they returned} */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /**
     * {@return a session that records its calls here}
     *
     * @param session the session that serves them
     */
    public StateStore recording(StateStore session) {
        return new Recording(session);
    }

    private final class Recording implements StateStore {
        private final StateStore session;

        Recording(StateStore session) {
            this.session = session;
        }

        @Override
        public Image load() {
            return new RecordedImage(tick(), session.load());
        }

        @Override
        public News newsAfter(Head known) {
            long start = tick();
            News news = session.newsAfter(known);
            add(new Asked(start, tick(), known, news));
            return news;
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            long start = tick();
            try {
                Attempt attempt = session.commit(expected, next);
                add(new Committed(start, tick(), expected, next, Optional.of(attempt), Optional.empty()));
                return attempt;
            } catch (StoreException e) {
                add(new Committed(start, tick(), expected, next, Optional.empty(), Optional.of(e)));
                throw e;
            }
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

    /** Records the load when its last entry was read. */
    private final class RecordedImage implements Image {
        private final long start;
        private final Image image;

        RecordedImage(long start, Image image) {
            this.start = start;
            this.image = image;
        }

        @Override
        public Head head() {
            return image.head();
        }

        @Override
        public Optional<Realm> realm() {
            return image.realm();
        }

        @Override
        public Iterator<Entry> entries() {
            Iterator<Entry> entries = image.entries();
            List<Entry> read = new ArrayList<>();
            return new Iterator<>() {
                private boolean ended;

                @Override
                public boolean hasNext() {
                    boolean more = entries.hasNext();
                    if (!more && !ended) {
                        ended = true;
                        add(new Read(start, tick(), image.head(), image.realm(), read));
                    }
                    return more;
                }

                @Override
                public Entry next() {
                    Entry entry = entries.next();
                    read.add(entry);
                    return entry;
                }
            };
        }

        @Override
        public void close() {
            image.close();
        }
    }
}
