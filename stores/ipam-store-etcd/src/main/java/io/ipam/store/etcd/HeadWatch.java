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
 * hint. A watch that ends is started again after a second, while it is used and the session is
 * open.
 *
 * <p>Thread safety: safe.
 */
final class HeadWatch {
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final EtcdCalls calls;
    private final String key;
    private final List<HintPace> followers = new ArrayList<>();
    private @Nullable Stream stream;
    private long revision;
    private long starts;

    HeadWatch(EtcdCalls calls, String key) {
        this.calls = calls;
        this.key = key;
    }

    /** Adds a callback for hints, until the result is closed. */
    synchronized AutoCloseable follow(Runnable callback) {
        HintPace follower = new HintPace(callback);
        followers.add(follower);
        start();
        return () -> remove(follower);
    }

    private synchronized void remove(HintPace follower) {
        follower.close();
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
        start();
        long end = System.nanoTime() + nanos;
        long startsBefore = starts;
        long left = nanos;
        while (left > 0 && revision < least && starts == startsBefore && !calls.isClosed()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private synchronized void start() {
        if (stream == null && !calls.isClosed()) {
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

    private void changed(WatchEvent event) {
        synchronized (this) {
            event.value().ifPresentOrElse(value -> revision = HeadText.revision(value), () -> starts++);
            notifyAll();
        }
        hinted().forEach(HintPace::hint);
    }

    private synchronized List<HintPace> hinted() {
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
                changed(event);
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
