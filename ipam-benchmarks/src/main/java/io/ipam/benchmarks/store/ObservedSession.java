package io.ipam.benchmarks.store;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the calls of a session, and can delay each of them. Thread safety: as that of the session;
 * the counters may be read by any thread.
 */
final class ObservedSession implements StateStore {
    private final StateStore session;
    private final long delayNanos;
    private final LongAdder attempts = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder reads = new LongAdder();

    ObservedSession(StateStore session, long delayMillis) {
        this.session = session;
        this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    /** The calls so far. */
    record Calls(long attempts, long done, long changes, long reads) {
        Calls minus(Calls before) {
            return new Calls(
                    attempts - before.attempts, done - before.done, changes - before.changes, reads - before.reads);
        }

        Calls plus(Calls other) {
            return new Calls(
                    attempts + other.attempts, done + other.done, changes + other.changes, reads + other.reads);
        }
    }

    Calls calls() {
        return new Calls(attempts.sum(), done.sum(), changes.sum(), reads.sum());
    }

    /** The calls of all members so far. */
    static Calls calls(List<Member> members) {
        return members.stream().map(member -> member.session().calls()).reduce(new Calls(0, 0, 0, 0), Calls::plus);
    }

    private void delay() {
        long until = System.nanoTime() + delayNanos;
        long left = delayNanos;
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }

    @Override
    public Image load() {
        delay();
        return session.load();
    }

    @Override
    public News newsAfter(Head known) {
        delay();
        reads.increment();
        return session.newsAfter(known);
    }

    @Override
    public News newsBeforeCommit(Head known) {
        delay();
        reads.increment();
        return session.newsBeforeCommit(known);
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        delay();
        attempts.increment();
        Attempt attempt = session.commit(expected, next);
        if (attempt instanceof Attempt.Done) {
            done.increment();
            changes.add(next.changes().size());
        }
        return attempt;
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
