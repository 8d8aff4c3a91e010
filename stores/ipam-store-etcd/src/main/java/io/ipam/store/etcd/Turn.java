package io.ipam.store.etcd;

import io.grpc.Deadline;
import io.ipam.store.Head;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Fairness between processes that commit to one realm. A process joins a queue if others wait. It
 * also joins if it loses an attempt and has lost one before, for the same commit or the previous
 * one. It writes a key into the folder {@code turn}. The process whose key etcd created first
 * commits next, and deletes its key with that commit. The next few watch the head, the others read
 * when their turn is near. The first process has a time of 20 mean commits or 300 ms, whichever is
 * longer, as measured by the processes that wait. After that time one of them empties the queue,
 * and the processes that still run join it again. The order of commits does not depend on the
 * queue.
 *
 * <p>Thread safety: none.
 */
final class Turn {
    private static final int COMMITS = 20;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    /** The number of processes behind the first one that watch the head. */
    private static final int WATCHING = 4;

    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final EtcdCalls calls;
    private final Keys keys;
    private final HeadWatch watch;
    private final LogReader log;
    private final String key;
    private List<KeyValue> queue = List.of();
    /** The revision of the realm when the queue was read. */
    private long revision;
    /** The revision of etcd at which the own key was created; 0 if it is absent. */
    private long place;
    /** Whether the own key may exist. */
    private boolean hasJoined;
    /** Whether an attempt has failed since the last commit of this process. */
    private boolean hasLost;
    /** Whether that last commit needed more than one attempt. */
    private boolean hadLost;

    private long firstSince;
    private long meanNanos;

    Turn(EtcdCalls calls, Keys keys, HeadWatch watch) {
        this.calls = calls;
        this.keys = keys;
        this.watch = watch;
        this.log = new LogReader(keys);
        this.key = keys.turns()
                + String.format("%016x", ThreadLocalRandom.current().nextLong());
    }

    /** The condition of an attempt: no other process waits, or none before this one. */
    Condition condition() {
        return place == 0 ? Condition.isEmpty(keys.turns()) : Condition.hasNoneBefore(keys.turns(), place);
    }

    /** The place of this process in the queue, 0 if it has none. */
    long place() {
        return place;
    }

    /** Whether the own key may exist, so that the next call must delete it. */
    boolean hasJoined() {
        return hasJoined;
    }

    /** Deletes the own key. */
    Operation leave() {
        return Operation.Delete.one(key);
    }

    void left() {
        hasJoined = false;
        place = 0;
    }

    void won(long nanos) {
        left();
        hadLost = hasLost;
        hasLost = false;
        meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) / 8;
    }

    /**
     * Reads the head, the commits after a head, and the queue. It joins the queue first, unless
     * this is the first loss. The key of a process that has joined keeps its place.
     */
    List<Operation> readAfterLoss(Head known) {
        return hasJoined || hasLost || hadLost ? join(known) : List.copyOf(reads(known));
    }

    private List<Operation> join(Head known) {
        hasJoined = true;
        List<Operation> operations = new ArrayList<>(reads(known));
        operations.add(0, new Operation.Put(key, ""));
        return operations;
    }

    private List<Get> reads(Head known) {
        return List.of(Get.one(keys.head()), log.get(known), queueKeys());
    }

    private Get queueKeys() {
        return Get.range(keys.turns(), Keys.endOf(keys.turns()), 0);
    }

    /** Notes the result of an attempt that failed, which has read {@link #readAfterLoss}. */
    void lost(Txn.Result result) {
        hasLost = true;
        found(result);
    }

    /**
     * Reads the head, the commits after a head, and the queue. It joins the queue only if others
     * were in it the last time.
     */
    Txn.Result look(Head known, Deadline deadline) {
        boolean isAlone = queue.stream().allMatch(pair -> pair.key().equals(key));
        return read(isAlone ? reads(known) : join(known), deadline);
    }

    /** Executes operations, the last of which reads the queue. */
    private Txn.Result read(List<? extends Operation> operations, Deadline deadline) {
        Txn txn = new Txn(List.of(), List.copyOf(operations), List.of());
        Txn.Result result = calls.read("read the commits of " + keys.root(), txn, deadline);
        found(result);
        return result;
    }

    /** Notes the queue that a transaction has read last. */
    private void found(Txn.Result result) {
        Optional<KeyValue> before = first();
        Range last = result.ranges().get(result.ranges().size() - 1);
        queue = last.pairs().stream()
                .sorted(Comparator.comparingLong(KeyValue::created))
                .toList();
        revision = HeadText.revision(result.ranges().get(0).value().orElse(""));
        place = queue.stream()
                .filter(pair -> pair.key().equals(key))
                .mapToLong(KeyValue::created)
                .findFirst()
                .orElse(0);
        if (!first().equals(before)) {
            firstSince = System.nanoTime();
        }
    }

    private Optional<KeyValue> first() {
        return queue.stream().findFirst();
    }

    /** Whether no other process commits next. */
    boolean isNext() {
        return first().map(KeyValue::created).orElse(0L) == place;
    }

    /**
     * Waits until this process commits next, or until half of the limit of a call has passed.
     *
     * @param known the head of the caller
     * @param found the result that has shown the queue
     * @return what {@link #look} reads, after the wait
     */
    Txn.Result await(Head known, Txn.Result found, Deadline deadline) {
        Txn.Result last = found;
        long started = System.nanoTime();
        long revisionBefore = revision;
        long turnNanos = meanNanos;
        while (!isNext() && isPatient(deadline)) {
            if (place == 0) {
                last = read(join(known), deadline);
            } else if (pass(turnNanos, deadline)) {
                last = read(reads(known), deadline);
            } else {
                last = read(List.of(Get.one(keys.head()), queueKeys()), deadline); // The log is long.
            }
            if (revision > revisionBefore) {
                turnNanos = (System.nanoTime() - started) / (revision - revisionBefore);
            }
        }
        return last.ranges().size() == 2 ? read(reads(known), deadline) : last;
    }

    /** The rest of the limit is for the attempt, which is made even if the others stopped. */
    boolean isPatient(Deadline deadline) {
        return patience(deadline) > 0;
    }

    private long patience(Deadline deadline) {
        return deadline.timeRemaining(TimeUnit.NANOSECONDS) - calls.limit().toNanos() / 2;
    }

    /**
     * Waits for commits of the processes before this one, or ends the turn of the first one. One
     * that leaves the queue without a commit is noticed by reading. If many processes watched, each
     * commit would cost etcd an event for each of them.
     *
     * @param turnNanos the mean time of a turn
     * @return whether this process may commit next
     */
    private boolean pass(long turnNanos, Deadline deadline) {
        long before = queue.stream().filter(pair -> pair.created() < place).count();
        long left = firstSince + Math.max(SHORTEST_NANOS, COMMITS * meanNanos) - System.nanoTime();
        long longest = Math.min(left, patience(deadline));
        try {
            if (left <= 0) {
                empty(deadline);
            } else if (before <= WATCHING) {
                watch.await(revision + before, Math.min(longest, before * READ_NANOS));
            } else {
                long pause = (before - WATCHING) * turnNanos * 3 / 4;
                calls.pause(Math.min(longest, Math.max(SHORTEST_PAUSE, Math.min(pause, LONGEST_PAUSE))));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(
                    "the thread was interrupted before the commit was accepted", interrupted);
        }
        return before <= WATCHING;
    }

    /** Deletes all keys, because others may belong to processes that have ended, too. */
    private void empty(Deadline deadline) {
        KeyValue first = queue.get(0);
        Txn deletion = new Txn(
                List.of(Condition.isCreatedSince(first.key(), first.created())),
                List.of(new Operation.Delete(keys.turns(), Keys.endOf(keys.turns()))),
                List.of());
        calls.read("end the turn of " + first.key(), deletion, deadline);
    }
}
