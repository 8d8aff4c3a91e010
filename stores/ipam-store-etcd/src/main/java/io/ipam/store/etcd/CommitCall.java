package io.ipam.store.etcd;

import io.grpc.Deadline;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One commit as one transaction. If the head, the turn, and every guarded key are as expected, it
 * writes the head, the log, and the keys. Otherwise it reads the head, the log, and the turn. It is
 * sent again only after etcd has reported that it did nothing because of the turn.
 *
 * <p>Thread safety: none.
 */
final class CommitCall {
    /** The operations of each part of the transaction in addition to those of the changes. */
    static final int FIXED_OPERATIONS = 3;

    private final EtcdCalls calls;
    private final Keys keys;
    private final Turn turn;
    private final Head expected;
    private final Commit next;
    private final CommitRows rows;
    private final LogReader log;

    CommitCall(EtcdCalls calls, Keys keys, Turn turn, Head expected, Commit next) {
        this.calls = calls;
        this.keys = keys;
        this.turn = turn;
        this.expected = expected;
        this.next = next;
        this.rows = new CommitRows(keys, next.changes());
        this.log = new LogReader(keys);
    }

    Attempt run() {
        long start = System.nanoTime();
        Deadline deadline = calls.deadline();
        while (true) {
            long sent = System.nanoTime();
            Condition turnCondition = turn.condition();
            Txn.Result result = calls.write("commit " + next.head(), txn(turnCondition), deadline);
            if (result.succeeded()) {
                turn.won(System.nanoTime() - sent);
                return new Attempt.Done();
            }
            Optional<String> foundTurn = result.ranges().get(2).value();
            if (isMoved(result)) {
                turn.lost(foundTurn);
                return moved(result, deadline);
            }
            if (foundTurn.equals(turnCondition.required())) {
                throw new GuardFinding(calls, keys, next.head()).find(rows.guards());
            }
            if (turn.await(foundTurn, start, deadline)) {
                Txn.Result seen = read(deadline);
                if (isMoved(seen)) {
                    turn.overtaken();
                    return moved(seen, deadline);
                }
            }
        }
    }

    /**
     * The commits of others, read again after a pause. Without the pause, each of many processes
     * would send a commit for each one that is accepted.
     */
    private Attempt moved(Txn.Result found, Deadline deadline) {
        News news = news(found);
        boolean isOwn = news instanceof News.Since since && since.commits().contains(next);
        boolean hasPaused = !isOwn && turn.pause(deadline);
        return new Attempt.Moved(hasPaused ? news(read(deadline)) : news);
    }

    /** Reads the same keys as a transaction that fails, without a write. */
    private Txn.Result read(Deadline deadline) {
        Txn read = Txn.read(Get.one(keys.head()), log.get(expected), Get.one(keys.turn()));
        return calls.read("commit " + next.head(), read, deadline);
    }

    private Txn txn(Condition turnCondition) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.is(keys.head(), text(expected)));
        conditions.add(turnCondition);
        conditions.addAll(rows.guards());
        return new Txn(conditions, writes(), reads());
    }

    private static Optional<String> text(Head head) {
        return head.exists() ? Optional.of(HeadText.format(head)) : Optional.empty();
    }

    private List<Operation> writes() {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Put(keys.head(), HeadText.format(next.head())));
        operations.add(new Operation.Put(keys.log(next.head().revision()), Values.format(next)));
        if (turn.isHeld()) {
            operations.add(Operation.Delete.one(keys.turn()));
        }
        operations.addAll(rows.operations());
        return operations;
    }

    private List<Operation> reads() {
        List<Operation> operations =
                new ArrayList<>(List.of(Get.one(keys.head()), log.get(expected), Get.one(keys.turn())));
        if (turn.isLosing()) {
            operations.add(turn.leave());
        }
        return operations;
    }

    private boolean isMoved(Txn.Result result) {
        Optional<String> present = result.ranges().get(0).value();
        Head head = Values.head(present, keys.head());
        if (head.isSameCommitAs(expected) && !present.equals(text(expected))) {
            throw new CorruptStoreException("cannot commit " + next.head() + ": the key " + keys.head() + " must be "
                    + text(expected).orElse("absent") + ", was " + present.orElse("absent"));
        }
        return !head.isSameCommitAs(expected);
    }

    private News news(Txn.Result result) {
        News news = log.news(expected, result.ranges().get(1).pairs());
        if (news.equals(News.Since.NONE)) {
            throw new CorruptStoreException("cannot commit " + next.head() + ": the key " + keys.head()
                    + " is of another commit than the last key of the log, " + keys.log(expected.revision()));
        }
        return news;
    }
}
