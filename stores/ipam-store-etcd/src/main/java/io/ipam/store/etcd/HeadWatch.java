package io.ipam.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the head of a realm. Each change of it, and each start of the watch, is a hint. A watch
 * that ends is started again after a second, until the watch or the session is closed.
 *
 * <p>Thread safety: safe.
 */
final class HeadWatch implements AutoCloseable, ClientResponseObserver<String, WatchEvent> {
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final EtcdCalls calls;
    private final String key;
    private final Runnable hint;
    private final Context.CancellableContext life;
    private volatile @Nullable ClientCallStreamObserver<String> requests;

    HeadWatch(EtcdCalls calls, String key, Runnable hint) {
        this.calls = calls;
        this.key = key;
        this.hint = hint;
        this.life = calls.session().withCancellation();
    }

    /** Starts the watch. The stream of requests stays open, because its end would end the watch. */
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
        ClientCallStreamObserver<String> stream = requests;
        if (event.canceled() && stream != null) {
            stream.cancel("the server ended the watch", null);
        } else if (!life.isCancelled()) {
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
