package io.ipam.engine.commit;

import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StoreException;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round of the order of commits: the calls that were decided together at one head, and their
 * commit. A round without changes is confirmed by empty news instead.
 *
 * <p>Thread safety: none, used by the committer.
 *
 * @param <B> the batch
 */
final class Round<B extends Batch> {
    private final Head expected;
    private final B batch;
    private final int mostOperations;
    private final List<Call<B, ?>> calls = new ArrayList<>();
    private final List<Call<B, ?>> left = new ArrayList<>();
    private final Set<Object> keys = new HashSet<>();
    private @Nullable Commit commit;
    /** The commit that displaces that of this round, null if none does. */
    private @Nullable Commit substitute;

    private boolean isFull;

    Round(Head expected, B batch, int mostOperations) {
        this.expected = expected;
        this.batch = batch;
        this.mostOperations = mostOperations;
    }

    Head expected() {
        return expected;
    }

    B batch() {
        return batch;
    }

    List<Call<B, ?>> calls() {
        return calls;
    }

    /** The calls that must wait for the next round, in their order. */
    List<Call<B, ?>> left() {
        return left;
    }

    /**
     * Decides waiting calls, up to a number of them.
     *
     * <p>If an Error ends it, every call gets the Error.
     *
     * @param waiting the calls in the order of their arrival
     * @param mostCalls the maximum number of calls of the round
     */
    void decide(List<Call<B, ?>> waiting, int mostCalls) {
        try {
            decideEach(waiting, mostCalls);
        } catch (Error e) {
            waiting.forEach(call -> call.fail(e));
            throw e;
        }
    }

    private void decideEach(List<Call<B, ?>> waiting, int mostCalls) {
        for (Call<B, ?> call : waiting) {
            isFull |= calls.size() == mostCalls;
            if (call.isAnswered()) {
                continue;
            }
            if (isFull || !accept(call)) {
                left.add(call);
            }
        }
    }

    private boolean accept(Call<B, ?> call) {
        if (call.isAlone() && !calls.isEmpty()) {
            isFull = true; // Later calls must not overtake it.
            return false;
        }
        boolean isIndependent = Collections.disjoint(keys, call.keys());
        keys.addAll(call.keys());
        if (!isIndependent || !call.claim()) {
            return false;
        }
        isFull = call.isAlone();
        batch.save();
        try {
            if (call.decide(batch)) {
                return fits(call);
            }
        } catch (RuntimeException e) { // Concerns only this request: its caller gets it.
            batch.undo();
            call.fail(e);
            return true;
        }
        batch.undo();
        call.unclaim();
        return false;
    }

    private boolean fits(Call<B, ?> call) {
        int operations = batch.operations();
        if (operations <= mostOperations) {
            calls.add(call);
            return true;
        }
        batch.undo();
        if (!calls.isEmpty()) {
            isFull = true;
            call.unclaim();
            return false;
        }
        call.fail(new UnstorableException("the request needs " + operations + " operations of the store, which accepts "
                + mostOperations + " in one commit; split the request"));
        return true;
    }

    /**
     * Sends another commit from now on. Once any commit follows the head, the commit of this round
     * can no longer take effect.
     */
    void displace(Commit other) {
        substitute = substitute == null ? other : substitute;
    }

    boolean isDisplaced() {
        return substitute != null;
    }

    /** The commit to send. */
    Commit next(CommitIds ids) {
        Commit other = substitute;
        return other == null ? commit(ids) : other;
    }

    /** The commit, made at its first use. */
    Commit commit(CommitIds ids) {
        Commit made = commit;
        if (made == null) {
            made = batch.commit(ids.next());
            commit = made;
        }
        return made;
    }

    /** Whether the first commit after the expected head is that of this round. */
    boolean isOwn(News.Since sinceExpected) {
        if (sinceExpected.commits().isEmpty()) {
            throw new StoreException("Moved must have the commits after " + expected
                    + ", has none: correct the implementation of the store");
        }
        return commit != null
                && CommitIds.isFirstOf(sinceExpected, commit.head().id());
    }

    /** Ends a round that certainly has no effect; returns the calls to be decided again. */
    List<Call<B, ?>> withdraw() {
        batch.discard();
        return calls.stream().filter(Call::unclaim).toList();
    }

    /**
     * Answers every call with a final failure.
     *
     * @param cause the failure
     * @param isCertain whether the batch changed nothing
     */
    void end(Throwable cause, boolean isCertain) {
        String reason = "the Ipam stopped (" + cause.getMessage() + ")";
        calls.forEach(isCertain ? call -> call.end(cause) : call -> call.giveUp(reason));
    }
}
