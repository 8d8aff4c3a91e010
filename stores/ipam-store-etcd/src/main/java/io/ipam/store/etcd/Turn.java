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
 * Fairness between processes that commit to one realm. A process joins a queue if it has lost a
 * commit, or if others wait: it writes a key into the folder {@code turn}. The process whose key
 * etcd created first commits next, and deletes its key with that commit. It has a time of 20 mean
 * commits or 300 ms, whichever is longer, as measured by the processes that wait. After that time
 * one of them empties the queue, and the processes that still run join it again. The order of
 * commits does not depend on the queue.
 *
 * <p>Thread safety: none.
 */
final class Turn {
    private static final int COMMITS = 20;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private final EtcdCalls calls;
    private final Keys keys;
    private final HeadWatch watch;
    private final LogReader log;
    private final String key;
    private List<KeyValue> queue = List.of();
    /** The revision of etcd at which the own key was created; 0 if it is absent. */
    private long place;
    /** Whether the own key may exist. */
    private boolean hasJoined;

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
        meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) / 8;
    }

    /**
     * Reads the head, the commits after a head, and the queue; joins it first. The key of a process
     * that has joined keeps its place.
     */
    List<Operation> join(Head known) {
        hasJoined = true;
        List<Operation> operations = new ArrayList<>(List.of(reads(known)));
        operations.add(2, new Operation.Put(key, ""));
        return operations;
    }

    private Get[] reads(Head known) {
        return new Get[] {Get.one(keys.head()), log.get(known), Get.range(keys.turns(), Keys.endOf(keys.turns()), 0)};
    }

    /**
     * Reads the same as {@link #join}. It joins the queue only if others were in it the last time.
     */
    Txn.Result look(Head known, Deadline deadline) {
        boolean isAlone = queue.stream().allMatch(pair -> pair.key().equals(key));
        return read(isAlone ? Txn.read(reads(known)) : joining(known), deadline);
    }

    private Txn joining(Head known) {
        return new Txn(List.of(), join(known), List.of());
    }

    private Txn.Result read(Txn txn, Deadline deadline) {
        Txn.Result result = calls.read("read the commits of " + keys.root(), txn, deadline);
        found(result);
        return result;
    }

    /** Notes the queue that a transaction has read. */
    void found(Txn.Result result) {
        Optional<KeyValue> before = first();
        queue = result.ranges().get(2).pairs().stream()
                .sorted(Comparator.comparingLong(KeyValue::created))
                .toList();
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
     * @return the last result
     */
    Txn.Result await(Head known, Txn.Result found, Deadline deadline) {
        Txn.Result last = found;
        while (!isNext() && isPatient(deadline)) {
            if (place == 0) {
                last = read(joining(known), deadline);
            } else {
                pass(HeadText.revision(last.ranges().get(0).value().orElse("")), deadline);
                last = read(Txn.read(reads(known)), deadline);
            }
        }
        return last;
    }

    /** The rest of the limit is for the attempt, which is made even if the others stopped. */
    boolean isPatient(Deadline deadline) {
        return patience(deadline) > 0;
    }

    private long patience(Deadline deadline) {
        return deadline.timeRemaining(TimeUnit.NANOSECONDS) - calls.limit().toNanos() / 2;
    }

    /**
     * Waits for the commits of the processes before this one, or ends their turn. One that leaves
     * the queue without a commit is noticed by reading: the later the place, the less often.
     */
    private void pass(long revision, Deadline deadline) {
        long left = firstSince + Math.max(SHORTEST_NANOS, COMMITS * meanNanos) - System.nanoTime();
        if (left <= 0) {
            empty(deadline);
            return;
        }
        long before = queue.stream().filter(pair -> pair.created() < place).count();
        try {
            watch.await(revision + before, Math.min(Math.min(left, before * READ_NANOS), patience(deadline)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(
                    "the thread was interrupted before the commit was accepted", interrupted);
        }
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
