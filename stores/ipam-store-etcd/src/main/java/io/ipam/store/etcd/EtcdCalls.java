package io.ipam.store.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.ipam.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The calls of one session, each of which is sent once. {@link #close} ends running calls.
 *
 * <p>Thread safety: safe.
 */
final class EtcdCalls implements AutoCloseable {
    private final Channel channel;
    private final Duration limit;
    private final Context.CancellableContext session = Context.ROOT.withCancellation();
    private final CountDownLatch closed = new CountDownLatch(1);

    EtcdCalls(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    Channel channel() {
        return channel;
    }

    /** The context of the session; it ends when the session is closed. */
    Context.CancellableContext session() {
        return session;
    }

    /** Waits for a time, or until the session is closed. */
    void pause(long nanos) throws InterruptedException {
        closed.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isClosed() {
        return session.isCancelled();
    }

    Duration limit() {
        return limit;
    }

    Deadline deadline() {
        return Deadline.after(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Executes a transaction that only reads; {@code failure} completes "cannot". */
    Txn.Result read(String failure, Txn txn) {
        return read(failure, txn, deadline());
    }

    Txn.Result read(String failure, Txn txn, Deadline deadline) {
        try {
            return call(failure, txn, deadline);
        } catch (StatusRuntimeException failed) {
            throw Failures.ofRead(failure, failed);
        }
    }

    /** Executes a transaction that may write. */
    Txn.Result write(String failure, Txn txn, Deadline deadline) {
        try {
            return call(failure, txn, deadline);
        } catch (StatusRuntimeException failed) {
            throw Failures.ofWrite(failure, failed);
        }
    }

    private Txn.Result call(String failure, Txn txn, Deadline deadline) {
        verifyOpen(failure);
        Context caller = session.attach();
        try {
            return verified(txn, ClientCalls.blockingUnaryCall(channel, Methods.TXN, options(deadline), txn));
        } catch (StatusRuntimeException failed) {
            connectAtOnce(failed);
            throw failed;
        } finally {
            session.detach(caller);
        }
    }

    /** Sends a transaction that only reads; the result waits for the answer. */
    Supplier<Txn.Result> startRead(String failure, Txn txn) {
        verifyOpen(failure);
        Answer answer = new Answer();
        session.run(() -> ClientCalls.asyncUnaryCall(channel.newCall(Methods.TXN, options(deadline())), txn, answer));
        return () -> answer(failure, txn, answer);
    }

    private Txn.Result answer(String failure, Txn txn, Answer answer) {
        try {
            return verified(txn, answer.result.get());
        } catch (StatusRuntimeException incomplete) {
            throw Failures.ofRead(failure, incomplete);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("cannot " + failure + ": the thread was interrupted", interrupted);
        } catch (ExecutionException failed) {
            StatusRuntimeException status =
                    Status.fromThrowable(failed.getCause()).asRuntimeException();
            connectAtOnce(status);
            throw Failures.ofRead(failure, status);
        }
    }

    private static Txn.Result verified(Txn txn, Txn.Result result) {
        if (!txn.fits(result)) {
            throw Status.INTERNAL
                    .withDescription("the response has the wrong number of ranges: "
                            + result.ranges().size())
                    .asRuntimeException();
        }
        return result;
    }

    private void verifyOpen(String failure) {
        if (isClosed()) {
            throw new StoreUnavailableException("cannot " + failure + ": the session is closed");
        }
    }

    private static CallOptions options(Deadline deadline) {
        return CallOptions.DEFAULT.withDeadline(deadline).withMaxInboundMessageSize(Integer.MAX_VALUE);
    }

    /** The answer of a call that runs. Thread safety: safe. */
    private static final class Answer implements StreamObserver<Txn.Result> {
        private final CompletableFuture<Txn.Result> result = new CompletableFuture<>();

        @Override
        public void onNext(Txn.Result next) {
            result.complete(next);
        }

        @Override
        public void onError(Throwable failed) {
            result.completeExceptionally(failed);
        }

        @Override
        public void onCompleted() {} // The only answer was next.
    }

    /**
     * Resets the pause of the channel between attempts to connect, which is up to two minutes. The
     * callers already pause between their calls.
     */
    private void connectAtOnce(StatusRuntimeException failed) {
        if (failed.getStatus().getCode() == Status.Code.UNAVAILABLE && channel instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        }
    }

    @Override
    public void close() {
        session.cancel(null);
        closed.countDown();
    }
}
