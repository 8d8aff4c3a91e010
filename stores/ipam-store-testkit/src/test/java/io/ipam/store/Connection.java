package io.ipam.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A session over a connection that can be broken. Thread safety: as {@link StateStore}. */
public final class Connection {
    private enum Fault {
        NONE,
        REQUEST,
        ANSWER
    }

    private final StateStore server;
    private final AtomicInteger crashes;
    private final Runnable beforeCommit;
    private int seenCrashes;
    private Fault next = Fault.NONE;

    Connection(StateStore server, AtomicInteger crashes, Runnable beforeCommit) {
        this.server = server;
        this.crashes = crashes;
        this.beforeCommit = beforeCommit;
        this.seenCrashes = crashes.get();
    }

    /** The next request does not reach the server. */
    public void loseNextRequest() {
        next = Fault.REQUEST;
    }

    /** The next answer does not reach the client. */
    public void loseNextAnswer() {
        next = Fault.ANSWER;
    }

    /** {@return the client's side} */
    public StateStore session() {
        return new Client();
    }

    /** Every second crash interrupts after the request has taken effect. */
    private Fault fault() {
        int crash = crashes.get();
        if (crash != seenCrashes) {
            seenCrashes = crash;
            return crash % 2 == 0 ? Fault.ANSWER : Fault.REQUEST;
        }
        Fault fault = next;
        next = Fault.NONE;
        return fault;
    }

    private <R> R call(Supplier<R> request, Supplier<StoreException> failure) {
        Fault fault = fault();
        if (fault == Fault.REQUEST) {
            throw failure.get();
        }
        R answer = request.get();
        if (fault == Fault.ANSWER) {
            throw failure.get();
        }
        return answer;
    }

    private static StoreException unavailable() {
        return new StoreUnavailableException("the connection broke");
    }

    private final class Client implements StateStore {
        @Override
        public Image load() {
            return call(server::load, Connection::unavailable);
        }

        @Override
        public News newsAfter(Head known) {
            return call(() -> server.newsAfter(known), Connection::unavailable);
        }

        @Override
        public News newsBeforeCommit(Head known) {
            return call(() -> server.newsBeforeCommit(known), Connection::unavailable);
        }

        @Override
        public Attempt commit(Head expected, Commit next) {
            return call(
                    () -> {
                        beforeCommit.run();
                        return server.commit(expected, next);
                    },
                    () -> new OutcomeUnknownException("the connection broke while " + next.head() + " was committed"));
        }

        @Override
        public void trim(Head head) {
            server.trim(head);
        }

        @Override
        public int operationsPerCommit() {
            return server.operationsPerCommit();
        }

        @Override
        public int operations(Change change) {
            return server.operations(change);
        }

        @Override
        public AutoCloseable follow(Runnable hint) {
            return server.follow(hint);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
