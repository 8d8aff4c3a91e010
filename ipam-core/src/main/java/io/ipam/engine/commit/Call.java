package io.ipam.engine.commit;

import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One operation and the caller that waits for it.
 *
 * <p>States: WAITING in the queue, CLAIMED by a batch, and ANSWERED. Only the committer claims, and
 * only a waiting call; a caller that gives up answers itself. An answered call is never decided
 * again.
 *
 * <p>Thread safety: safe.
 *
 * @param <B> the batch on which it is decided
 * @param <R> its result
 */
public final class Call<B, R> {
    private enum State {
        WAITING,
        CLAIMED,
        ANSWERED
    }

    private final Operation<B, R> operation;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    /** Written and read by the committer. */
    private @Nullable R decided;
    /** Whether a commit with its changes was sent with an unknown outcome, however long ago. */
    private volatile boolean wasSent;

    /** A call of an operation. */
    public Call(Operation<B, R> operation) {
        this.operation = operation;
    }

    List<Object> keys() {
        return operation.keys();
    }

    boolean isAlone() {
        return operation.isAlone();
    }

    /** Decides the operation; returns false if it must wait for the next batch. */
    boolean decide(B batch) {
        decided = operation.decide(batch);
        return decided != null;
    }

    /** Moves a waiting call into a batch; returns false if it was answered. */
    boolean claim() {
        return state.compareAndSet(State.WAITING, State.CLAIMED);
    }

    /**
     * Moves a call back from a batch that was certainly not committed; returns false if answered.
     */
    boolean unclaim() {
        return state.compareAndSet(State.CLAIMED, State.WAITING);
    }

    /** States that a commit with its changes was sent and may have taken effect. */
    void setSent() {
        wasSent = true;
    }

    /**
     * Whether a commit with its changes was ever sent with an unknown outcome. After a fail-over,
     * even a commit that another one overtook may take effect.
     */
    boolean wasSent() {
        return wasSent;
    }

    /** Returns the decided result to the caller, unless it was answered. */
    void answer() {
        R result = decided;
        if (result == null) {
            throw new IllegalStateException("not decided");
        }
        if (state.getAndSet(State.ANSWERED) != State.ANSWERED) {
            answer.complete(result);
        }
    }

    /** Returns a result without a decision to the caller. */
    void answer(R result) {
        decided = result;
        answer();
    }

    /** Fails the call, unless it was answered. */
    void fail(Throwable failure) {
        if (state.getAndSet(State.ANSWERED) != State.ANSWERED) {
            answer.completeExceptionally(failure);
        }
    }

    /**
     * Fails the call because the committer ends and has not decided it at the present head. If it
     * was ever sent, its outcome is unknown.
     */
    void end(Throwable cause) {
        if (wasSent) {
            giveUp("the Ipam stopped (" + cause.getMessage() + ")", cause);
        } else {
            fail(cause);
        }
    }

    /** Fails the call with an exception that states what is known about the outcome. */
    void giveUp(String reason) {
        giveUp(reason, null);
    }

    private void giveUp(String reason, @Nullable Throwable cause) {
        if (!wasSent && state.compareAndSet(State.WAITING, State.ANSWERED)) {
            answer.completeExceptionally(because(
                    cause, new StoreUnavailableException(reason + "; the request had no effect, repeat it later")));
        } else {
            fail(because(
                    cause, new OutcomeUnknownException(reason + "; the outcome of the request is unknown, repeat it")));
        }
    }

    private static StoreException because(@Nullable Throwable cause, StoreException failure) {
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** Ends a call whose answer its caller no longer needs; an answered call stays as it is. */
    public void withdraw() {
        giveUp("the caller no longer waits");
    }

    /** {@return whether the caller has an answer} */
    public boolean isAnswered() {
        return answer.isDone();
    }

    /**
     * {@return the answer}
     *
     * @throws IllegalStateException if the call is not answered
     */
    public R result() {
        if (!isAnswered()) {
            throw new IllegalStateException("not answered");
        }
        return answered();
    }

    /**
     * Waits for the answer.
     *
     * @param timeoutMillis the maximum time to wait
     * @param storeFailure returns the present failure of the store, or null
     * @return the answer
     * @throws StoreUnavailableException if the wait ended before the request was sent; it is
     *     withdrawn
     * @throws OutcomeUnknownException if the wait ended afterwards
     */
    public R await(long timeoutMillis, Supplier<@Nullable Throwable> storeFailure) {
        try {
            return answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            timeOut(timeoutMillis, storeFailure.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp("the caller was interrupted");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
        return answered();
    }

    /** Ends the wait of the caller after a time. */
    public void timeOut(long timeoutMillis, @Nullable Throwable storeFailure) {
        String why = storeFailure == null ? "" : ": " + storeFailure.getMessage();
        giveUp("the store did not confirm the request within " + timeoutMillis + " ms" + why, storeFailure);
    }

    /** The answer, which must be present. */
    private R answered() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("no failure", cause);
    }
}
