package io.ipam.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Watches the head of a realm. Each change of it, and each beginning of the watch, is a hint. A watch
 * that ends is started again after a second, until it is closed or the session is.
 *
 * <p>Thread safety: safe.
 */
final class HeadWatch implements AutoCloseable, StreamObserver<WatchEvent> {
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final EtcdCalls calls;
    private final String key;
    private final Runnable hint;
    private final Context.CancellableContext life;

    HeadWatch(EtcdCalls calls, String key, Runnable hint) {
        this.calls = calls;
        this.key = key;
        this.hint = hint;
        this.life = calls.session().withCancellation();
    }

    /** Begins the watch. The stream of requests stays open, because its end would end the watch. */
    void start() {
        if (!life.isCancelled()) {
            life.run(() -> ClientCalls.asyncBidiStreamingCall(
                            calls.channel().newCall(Methods.WATCH, CallOptions.DEFAULT), this)
                    .onNext(key));
        }
    }

    @Override
    public void onNext(WatchEvent event) {
        if (!life.isCancelled()) {
            hint.run();
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

    @Override
    public void close() {
        life.cancel(null);
    }
}
