package io.ipam.engine.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for the committer, in the order of their arrival, and the signals for it.
 *
 * <p>Thread safety: safe.
 *
 * @param <B> the batch of the committer
 */
public final class Inbox<B> {
    private final Deque<Call<B, ?>> waiting = new ArrayDeque<>();
    private final Deque<Call<B, List<String>>> verifications = new ArrayDeque<>();
    private boolean isHinted;
    private boolean isClosing;
    private @Nullable Throwable failure;

    /** An empty inbox. */
    public Inbox() {}

    /**
     * Adds a call.
     *
     * @param call the call
     * @throws IllegalStateException if the committer was closed
     */
    public synchronized void add(Call<B, ?> call) {
        if (isClosing) {
            throw new IllegalStateException("the Ipam is closed");
        }
        if (failure != null) {
            call.fail(failure);
            return;
        }
        waiting.addLast(call);
        notifyAll();
    }

    /** Adds a call for which no thread waits, unless the committer was closed. */
    public synchronized void addUnlessClosed(Call<B, ?> call) {
        if (!isClosing) {
            add(call);
        }
    }

    /** Adds a call that compares the replica with the store. */
    public synchronized void addVerification(Call<B, List<String>> call) {
        if (isClosing) {
            throw new IllegalStateException("the Ipam is closed");
        }
        if (failure != null) {
            call.fail(failure);
        } else {
            verifications.addLast(call);
            notifyAll();
        }
    }

    /** Returns a verification that the committer could not make yet. */
    synchronized void putBackVerification(Call<B, List<String>> call) {
        verifications.addFirst(call);
    }

    /** Removes and returns the first verification whose caller waits, null if there is none. */
    synchronized @Nullable Call<B, List<String>> takeVerification() {
        verifications.removeIf(Call::isAnswered);
        return verifications.pollFirst();
    }

    /** States that other processes may have committed. */
    public synchronized void hint() {
        isHinted = true;
        notifyAll();
    }

    /** Refuses later calls, and makes the committer end. */
    public synchronized void close() {
        isClosing = true;
        notifyAll();
    }

    synchronized boolean isClosing() {
        return isClosing;
    }

    /** {@return the failure that ended the committer, null if there is none} */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Ends every waiting and every later call with a failure. */
    void fail(Throwable cause) {
        takeAllAfter(cause).forEach(call -> call.fail(cause));
    }

    private synchronized List<Call<B, ?>> takeAllAfter(Throwable cause) {
        failure = cause;
        List<Call<B, ?>> all = takeAll();
        all.addAll(verifications);
        verifications.clear();
        return all;
    }

    synchronized boolean takeHint() {
        boolean was = isHinted;
        isHinted = false;
        return was;
    }

    synchronized boolean hasCalls() {
        return !waiting.isEmpty();
    }

    /** Removes and returns the waiting calls. */
    synchronized List<Call<B, ?>> takeAll() {
        List<Call<B, ?>> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    /** Ends the waiting calls that were ever sent with an unknown outcome. */
    void giveUpSent(String reason) {
        List<Call<B, ?>> all = takeAll();
        all.stream().filter(Call::wasSent).forEach(call -> call.giveUp(reason));
        putBack(all.stream().filter(call -> !call.isAnswered()).toList());
    }

    /** Returns calls to the front, in their order. */
    synchronized void putBack(List<Call<B, ?>> calls) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            waiting.addFirst(calls.get(i));
        }
    }

    /** Waits until a pause ends. */
    void await(Pause pause) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.millis());
        synchronized (this) {
            boolean wasClosing = isClosing;
            while (isClosing == wasClosing && !(pause.endsEarly() && hasWork())) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        }
    }

    private boolean hasWork() {
        return !waiting.isEmpty() || !verifications.isEmpty() || isHinted || isClosing;
    }
}
