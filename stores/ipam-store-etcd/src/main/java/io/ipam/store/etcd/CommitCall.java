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
 * writes the head, the log, and the keys. Otherwise it reads the head, the log, and the queue of
 * the {@link Turn}. It is sent again only after etcd has reported that it did nothing because of
 * the turn.
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

    CommitCall(EtcdCalls calls, Keys keys, Turn turn, CommitRows rows, Head expected, Commit next) {
        this.calls = calls;
        this.keys = keys;
        this.turn = turn;
        this.expected = expected;
        this.next = next;
        this.rows = rows;
        this.log = new LogReader(keys);
    }

    Attempt run() {
        Deadline deadline = calls.deadline();
        while (true) {
            boolean isPolite = turn.isPatient(deadline);
            long place = turn.place();
            long sent = System.nanoTime();
            Txn.Result result = calls.write("commit " + next.head(), txn(isPolite), deadline);
            if (result.succeeded()) {
                turn.won(System.nanoTime() - sent);
                return new Attempt.Done();
            }
            turn.lost(result);
            boolean hadTurn = !isPolite || (turn.place() == place && turn.isNext());
            if (!isMoved(result) && hadTurn) {
                throw new GuardFinding(calls, keys, next.head()).find(rows.guards());
            }
            Optional<News> news = newsAfterTurn(result, deadline);
            if (news.isPresent()) {
                return new Attempt.Moved(news.get());
            }
        }
    }

    /**
     * The commits of others when this process commits next, so that the next attempt need not lose.
     * If an earlier attempt was accepted, there is no next one.
     */
    private Optional<News> newsAfterTurn(Txn.Result found, Deadline deadline) {
        Optional<News> news = news(found);
        boolean isOwn = news.isPresent()
                && news.get() instanceof News.Since since
                && since.commits().contains(next);
        if (isOwn || turn.isNext()) {
            return news;
        }
        return news(turn.await(expected, found, deadline));
    }

    private Txn txn(boolean isPolite) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.is(keys.head(), text(expected)));
        if (isPolite) {
            conditions.add(turn.condition());
        }
        conditions.addAll(rows.guards());
        return new Txn(conditions, writes(), turn.readAfterLoss(expected));
    }

    private static Optional<String> text(Head head) {
        return head.exists() ? Optional.of(HeadText.format(head)) : Optional.empty();
    }

    private List<Operation> writes() {
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.Put(keys.head(), HeadText.format(next.head())));
        operations.add(new Operation.Put(keys.log(next.head().revision()), Values.format(next)));
        if (turn.hasJoined()) {
            operations.add(turn.leave());
        }
        operations.addAll(rows.operations());
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

    /** The commits of others; empty if the head is the expected one. */
    private Optional<News> news(Txn.Result result) {
        if (!isMoved(result)) {
            return Optional.empty();
        }
        News news = log.news(expected, result.ranges().get(1).pairs());
        if (news.equals(News.Since.NONE)) {
            throw new CorruptStoreException("cannot commit " + next.head() + ": the key " + keys.head()
                    + " is of another commit than the last key of the log, " + keys.log(expected.revision()));
        }
        return Optional.of(news);
    }
}
