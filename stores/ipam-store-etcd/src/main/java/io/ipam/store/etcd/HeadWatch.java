package io.ipam.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the head of a realm for one session. Each change of it, and each start of the watch, is a
 * hint. In a {@link RealmPace busy} realm there is one hint a second, and the watch pauses unless
 * the session waits for changes. A watch that ends is started again after a second, while it is
 * used and the session is open.
 *
 * <p>Thread safety: safe.
 */
final class HeadWatch {
    /** A watch continues for this time after a wait, because a new one costs more. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final EtcdCalls calls;
    private final String key;
    private final List<Runnable> followers = new ArrayList<>();
    private final RealmPace pace = new RealmPace(System.nanoTime());
    private @Nullable Stream stream;
    /** Whether a hint follows later, because the watch pauses. */
    private boolean isHintDue;

    private int waiting;
    private long waitedAt = System.nanoTime() - LINGER_NANOS;
    private long revision;
    private long starts;

    HeadWatch(EtcdCalls calls, String key) {
        this.calls = calls;
        this.key = key;
    }

    /** Adds a callback for hints, until the result is closed. */
    synchronized AutoCloseable follow(Runnable callback) {
        Runnable follower = () -> callback.run(); // The same callback may follow twice.
        followers.add(follower);
        start();
        return () -> remove(follower);
    }

    private synchronized void remove(Runnable follower) {
        followers.remove(follower);
        if (followers.isEmpty()) {
            stop();
        }
    }

    /**
     * Waits until the head has at least a revision, at most for a time. It returns earlier if the
     * watch starts, because changes before its start are not seen.
     */
    synchronized void await(long least, long nanos) throws InterruptedException {
        waiting++;
        start();
        long end = System.nanoTime() + nanos;
        long startsBefore = starts;
        long left = nanos;
        try {
            while (left > 0 && revision < least && starts == startsBefore && !calls.isClosed()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
        } finally {
            waiting--;
            waitedAt = System.nanoTime();
        }
    }

    private void start() {
        if (calls.isClosed()) {
            return;
        }
        if (pace.isBusy() && !followers.isEmpty()) {
            hintLater();
        }
        if (stream == null && (waiting > 0 || (!pace.isBusy() && !followers.isEmpty()))) {
            stream = new Stream();
            stream.start();
        }
    }

    /** Ends the watch and the waiting. */
    synchronized void stop() {
        if (stream != null) {
            stream.life.cancel(null);
            stream = null;
        }
        notifyAll();
    }

    /** Notes commits that the session has read or made. */
    synchronized void read(int commits) {
        if (pace.isBusy()) {
            pace.read(commits, System.nanoTime());
            start();
        }
    }

    private void changed(Stream from, WatchEvent event) {
        if (isHint(from, event)) {
            hint();
        }
    }

    private synchronized boolean isHint(Stream from, WatchEvent event) {
        if (stream != from) {
            return false;
        }
        event.value().ifPresentOrElse(value -> revision = HeadText.revision(value), () -> starts++);
        notifyAll();
        if (event.value().isPresent() && !pace.isBusy()) {
            pace.seen(System.nanoTime());
            start();
        }
        if (pace.isBusy() && waiting == 0 && System.nanoTime() - waitedAt > LINGER_NANOS) {
            stop();
        }
        return !pace.isBusy();
    }

    private void hintLater() {
        if (!isHintDue) {
            isHintDue = true;
            LATER.execute(this::hintWhileBusy);
        }
    }

    /** The callback makes the session read, which ends the pause when the realm is quiet. */
    private void hintWhileBusy() {
        synchronized (this) {
            isHintDue = false;
            start();
        }
        hint();
    }

    private void hint() {
        copyOfFollowers().forEach(Runnable::run);
    }

    private synchronized List<Runnable> copyOfFollowers() {
        return List.copyOf(followers);
    }

    /** One watch. The stream of requests stays open, because its end would end the watch. */
    private final class Stream implements ClientResponseObserver<String, WatchEvent> {
        private final Context.CancellableContext life = calls.session().withCancellation();
        private volatile @Nullable ClientCallStreamObserver<String> requests;

        void start() {
            if (!life.isCancelled()) {
                life.run(() -> ClientCalls.asyncBidiStreamingCall(
                                calls.channel().newCall(Methods.WATCH, CallOptions.DEFAULT), this)
                        .onNext(key));
            }
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<String> stream) {
            requests = stream;
        }

        /** A server that ends the watch leaves the stream open. */
        @Override
        public void onNext(WatchEvent event) {
            ClientCallStreamObserver<String> present = requests;
            if (event.canceled() && present != null) {
                present.cancel("the server ended the watch", null);
            } else if (!life.isCancelled()) {
                changed(this, event);
            }
        }

        @Override
        public void onError(Throwable failed) {
            LATER.execute(this::start);
        }

        @Override
        public void onCompleted() {
            LATER.execute(this::start);
        }
    }
}
