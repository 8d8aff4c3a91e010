package io.ipam.store.testkit;

import io.ipam.store.StateStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A realm with a new name, and the sessions that a test opens with it; they are closed when the
 * test ends. Thread safety: safe.
 */
public final class TestRealm implements AutoCloseable {
    private final Function<String, StateStore> opener;
    private final String name;
    private final Deque<Runnable> opened = new ArrayDeque<>();

    TestRealm(Function<String, StateStore> opener) {
        this(opener, String.format("kit-%012x", ThreadLocalRandom.current().nextLong() >>> 16));
    }

    TestRealm(Function<String, StateStore> opener, String name) {
        this.opener = opener;
        this.name = name;
    }

    /** {@return the name, at most 24 characters: lower-case letters, digits, and dashes} */
    public String name() {
        return name;
    }

    /** Opens a new session, which is closed with this object. */
    public StateStore session() {
        return closing(opener.apply(name));
    }

    /** {@return another realm of the same store} */
    TestRealm sibling(String siblingName) {
        return closing(new TestRealm(opener, siblingName));
    }

    /** {@return a realm of a new name} */
    TestRealm fresh() {
        return closing(new TestRealm(opener));
    }

    /** Closes a session when the test ends. */
    synchronized StateStore closing(StateStore session) {
        opened.push(session::close);
        return session;
    }

    private synchronized TestRealm closing(TestRealm realm) {
        opened.push(realm::close);
        return realm;
    }

    /** {@return a writer with a new session} */
    RealmWriter writer() {
        return new RealmWriter(session());
    }

    /** {@return a writer that has created the realm} */
    RealmWriter created() {
        RealmWriter writer = writer();
        writer.create();
        return writer;
    }

    /** Closes every session. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
