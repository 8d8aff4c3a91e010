package io.ipam.store.etcd;

import io.grpc.Deadline;
import io.ipam.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Fairness between processes that commit to one realm. A process that loses three times in
 * succession leaves its name in the key {@code turn}. A commit of another process then waits until
 * that key is deleted, for at most 20 mean commits or 300 ms, whichever is longer. The order of
 * commits does not depend on it.
 *
 * <p>Thread safety: none.
 */
final class Turn {
    private static final int LOSSES = 3;
    private static final int COMMITS = 20;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long SHORTEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST_DOUBLINGS = 6;

    private final EtcdCalls calls;
    private final Keys keys;
    private final String name =
            String.format("%016x", ThreadLocalRandom.current().nextLong());
    private int losses;
    private long meanNanos;
    private Optional<String> passed = Optional.empty();

    Turn(EtcdCalls calls, Keys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    /**
     * The value that the key may have for the next attempt: the name of this process, or one that
     * has had its turn.
     */
    Condition condition() {
        return Condition.is(keys.turn(), passed);
    }

    /** Whether the next attempt deletes the key. */
    boolean isHeld() {
        return passed.isPresent();
    }

    /** Whether an attempt that loses leaves the name. */
    boolean isLosing() {
        return losses >= LOSSES - 1;
    }

    /** Writes the name if the key is absent. */
    Operation leave() {
        Operation put = new Operation.Put(keys.turn(), name);
        return new Operation.Nested(
                new Txn(List.of(Condition.is(keys.turn(), Optional.empty())), List.of(put), List.of()));
    }

    void won(long nanos) {
        losses = 0;
        passed = Optional.empty();
        meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) / 8;
    }

    /** Notes that an attempt found another head, and this value of the key. */
    void lost(Optional<String> found) {
        boolean left = isLosing() && found.isEmpty();
        losses++;
        passed = left || found.equals(Optional.of(name)) ? Optional.of(name) : Optional.empty();
    }

    /** Notes that another process had its turn, and has moved the head. */
    void overtaken() {
        losses++;
        passed = Optional.empty();
    }

    /**
     * Waits after a loss for a random time, whose maximum doubles with each loss. A process that
     * has its turn does not wait.
     *
     * @return whether it has waited
     */
    boolean pause(Deadline deadline) {
        if (passed.equals(Optional.of(name))) {
            return false;
        }
        long longest = Math.min(
                Math.min(LONGEST_PAUSE_NANOS, deadline.timeRemaining(TimeUnit.NANOSECONDS) / 4),
                Math.max(SHORTEST_STEP_NANOS, meanNanos) << Math.min(losses - 1, MOST_DOUBLINGS));
        if (longest <= 0) {
            return false;
        }
        sleep(ThreadLocalRandom.current().nextLong(longest));
        return true;
    }

    /**
     * Waits after an attempt that found its head, but another value of the key than it required.
     * Returns when the next attempt should be made.
     *
     * @param found the value
     * @param since the time at which the commit began, as of {@link System#nanoTime}
     * @param deadline the deadline of the commit
     * @return whether it has waited, so that the head may be another one
     */
    boolean await(Optional<String> found, long since, Deadline deadline) {
        passed = found;
        boolean isOfOther = found.isPresent() && !found.get().equals(name);
        if (isOfOther) {
            waitWhile(found, since + courtesyNanos(), deadline);
        }
        return isOfOther;
    }

    /**
     * At most half of the limit of a call, so that a commit is sent within its limit even if the
     * others stopped.
     */
    private long courtesyNanos() {
        return Math.min(
                Math.max(SHORTEST_NANOS, COMMITS * meanNanos), calls.limit().toNanos() / 2);
    }

    private void waitWhile(Optional<String> found, long end, Deadline deadline) {
        while (System.nanoTime() - end < 0) {
            long step = Math.max(SHORTEST_STEP_NANOS, Math.min(LONGEST_STEP_NANOS, meanNanos));
            sleep(step / 2 + ThreadLocalRandom.current().nextLong(step));
            Txn read = Txn.read(Get.one(keys.turn()));
            Optional<String> now = calls.read("read " + keys.turn(), read, deadline)
                    .ranges()
                    .get(0)
                    .value();
            if (!now.equals(found)) {
                passed = Optional.empty();
                return;
            }
        }
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(
                    "the thread was interrupted before the commit was accepted", interrupted);
        }
    }
}
