package io.ipam.engine.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for the committer, in the order of their arrival, and the signals for it.
 *
 * <p>Callers add without a lock. 512 callers of one pool spent most of their time in waiting for
 * the lock of an earlier form (goal 10 of docs/performance.md).
 *
 * <p>Thread safety: safe. Package-private methods are for the committer's thread, except {@link
 * #await}.
 *
 * @param <B> the batch of the committer
 */
public final class Inbox<B> {
    private final Queue<Call<B, ?>> arrived = new ConcurrentLinkedQueue<>();
    private final Queue<Call<B, List<String>>> arrivedVerifications = new ConcurrentLinkedQueue<>();
    /** Calls that came back, before those that arrived later. Used by the committer. */
    private final Deque<Call<B, ?>> putBack = new ArrayDeque<>();
    /** Used by the committer. */
    private final Deque<Call<B, List<String>>> verifications = new ArrayDeque<>();

    private final AtomicBoolean isHinted = new AtomicBoolean();
    private volatile boolean isClosing;
    private volatile @Nullable Throwable failure;
    /** The thread in {@link #await}. */
    private volatile @Nullable Thread waiter;

    /** An empty inbox. */
    public Inbox() {}

    /**
     * Adds a call.
     *
     * @param call the call
     * @throws IllegalStateException if the committer was closed
     */
    public void add(Call<B, ?> call) {
        add(call, arrived);
    }

    /** Adds a call for which no thread waits, unless the committer was closed. */
    public void addUnlessClosed(Call<B, ?> call) {
        if (!isClosing) {
            arrived.add(call);
            arrived(call);
        }
    }

    /** Adds a call that compares the replica with the store. */
    public void addVerification(Call<B, List<String>> call) {
        add(call, arrivedVerifications);
    }

    private <C extends Call<B, ?>> void add(C call, Queue<? super C> queue) {
        if (isClosing) {
            throw new IllegalStateException("the Ipam is closed");
        }
        queue.add(call);
        arrived(call);
    }

    /** A committer that has ended takes no call any more, or has taken this one. */
    private void arrived(Call<B, ?> call) {
        Throwable ended = failure;
        if (ended != null) {
            call.fail(ended);
        }
        signal();
    }

    private void signal() {
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Removes the calls whose callers no longer wait. */
    void removeAnswered() {
        moveTo(putBack, arrived);
        putBack.removeIf(Call::isAnswered);
    }

    /** Returns a verification that the committer could not make yet. */
    void putBackVerification(Call<B, List<String>> call) {
        verifications.addFirst(call);
    }

    /** Removes and returns the first verification whose caller waits, null if there is none. */
    @Nullable
    Call<B, List<String>> takeVerification() {
        moveTo(verifications, arrivedVerifications);
        verifications.removeIf(Call::isAnswered);
        return verifications.pollFirst();
    }

    private static <C> void moveTo(Deque<C> target, Queue<C> source) {
        for (C next = source.poll(); next != null; next = source.poll()) {
            target.addLast(next);
        }
    }

    /** States that other processes may have committed. */
    public void hint() {
        isHinted.set(true);
        signal();
    }

    /** Refuses later calls, and makes the committer end. */
    public void close() {
        isClosing = true;
        signal();
    }

    boolean isClosing() {
        return isClosing;
    }

    /** {@return the failure that ended the committer, null if there is none} */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Ends every waiting and every later call with a failure. */
    void fail(Throwable cause) {
        failure = cause;
        takeAll().forEach(call -> call.end(cause));
        moveTo(verifications, arrivedVerifications);
        verifications.forEach(call -> call.fail(cause));
    }

    boolean takeHint() {
        return isHinted.getAndSet(false);
    }

    boolean hasCalls() {
        return !putBack.isEmpty() || !arrived.isEmpty();
    }

    /** Removes and returns the waiting calls. */
    List<Call<B, ?>> takeAll() {
        moveTo(putBack, arrived);
        List<Call<B, ?>> all = new ArrayList<>(putBack);
        putBack.clear();
        return all;
    }

    /** Ends the waiting calls that were ever sent with an unknown outcome. */
    void giveUpSent(String reason) {
        List<Call<B, ?>> all = takeAll();
        all.stream().filter(Call::wasSent).forEach(call -> call.giveUp(reason));
        putBack(all.stream().filter(call -> !call.isAnswered()).toList());
    }

    /** Returns calls to the front, in their order. */
    void putBack(List<Call<B, ?>> calls) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            putBack.addFirst(calls.get(i));
        }
    }

    /** Waits until a pause ends. */
    void await(Pause pause) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.millis());
        boolean wasClosing = isClosing;
        waiter = Thread.currentThread(); // Before the work is looked at: a signal after that unparks.
        try {
            while (isClosing == wasClosing && !(pause.endsEarly() && hasWork())) {
                long left = deadline - System.nanoTime();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, left);
            }
        } finally {
            waiter = null;
        }
    }

    private boolean hasWork() {
        return hasCalls() || !verifications.isEmpty() || !arrivedVerifications.isEmpty() || isHinted.get() || isClosing;
    }
}
