package io.ipam.simulation;

import io.ipam.engine.SimulatedMember;
import io.ipam.engine.commit.Call;
import io.ipam.store.Change;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request of one caller, from its call to its answer. Thread safety: none. */
abstract class Asked {
    private enum State {
        PENDING,
        ANSWERED,
        UNKNOWN,
        WITHDRAWN,
        CORRUPT,
        LOST
    }

    private final Process process;
    private final long processId;
    private final List<Moment> timeline;
    private final int from;
    private State state = State.PENDING;
    private long lastSequence = Long.MAX_VALUE;
    private @Nullable Call<?, ?> call;
    private @Nullable Object answer;

    Asked(Process process, List<Moment> timeline) {
        this.process = process;
        this.timeline = timeline;
        processId = process.id();
        from = timeline.size() - 1;
    }

    SimulatedMember member() {
        return process.member();
    }

    long processId() {
        return processId;
    }

    /** Submits the first call. */
    void start() {
        call = submit();
    }

    /** Submits a call. */
    abstract Call<?, ?> submit();

    /** Verifies the result of a call; returns false if the request must be submitted again. */
    abstract boolean accept(Object result);

    /** Whether this request may have led to a change. */
    abstract boolean mayCause(Change change);

    /** Whether an answer states a change that this request may have led to. */
    abstract boolean states(Object result, Change change);

    /** Whether the answer does not deny a change that this request may have led to. */
    boolean mayHaveCaused(Change change) {
        return answer == null ? state != State.WITHDRAWN : states(answer, change);
    }

    /** Whether a commit with a change of this request may take effect now. */
    boolean mayLand(CommitId id, Change change) {
        boolean isOpen = state == State.PENDING || state == State.LOST || state == State.UNKNOWN;
        return isOpen && id.process() == processId && id.sequence() <= lastSequence && mayCause(change);
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /** The process was killed, and its caller with it. */
    void lose() {
        state = State.LOST;
    }

    /** Ends the wait of the caller. */
    void timeOut() {
        if (call != null && !call.isAnswered()) {
            lastSequence = process.session().lastSequence() + (process.session().isUnresolved() ? 0 : 1);
            call.timeOut(0, null);
        }
    }

    /** Reads the answer if there is one; returns text for the trace, null if there is none. */
    @Nullable
    Supplier<String> poll() {
        while (state == State.PENDING && call != null && call.isAnswered()) {
            try {
                Object result = call.result();
                if (accept(result)) {
                    state = State.ANSWERED;
                    answer = result;
                    return () -> this + " -> " + textOf(result);
                }
                call = submit();
            } catch (OutcomeUnknownException e) {
                state = State.UNKNOWN;
                lastSequence = Math.min(lastSequence, process.session().lastSequence() + 1);
                return () -> this + " -> unknown";
            } catch (StoreUnavailableException | UnstorableException e) {
                state = State.WITHDRAWN;
                return () -> this + " -> withdrawn: " + e.getMessage();
            } catch (CorruptStoreException e) {
                state = State.CORRUPT;
                return () -> this + " -> corrupt: " + e.getMessage();
            } catch (IllegalStateException e) {
                if (!process.isClosing()) {
                    throw e;
                }
                state = State.WITHDRAWN;
                return () -> this + " -> closed";
            }
        }
        return null;
    }

    String textOf(Object result) {
        return String.valueOf(result);
    }

    /** Requires that a moment between request and result explains the result. */
    void requireMoment(Object answer, Predicate<Moment> explains) {
        requireIndex(answer, i -> explains.test(timeline.get(i)));
    }

    void requireIndex(Object answer, IntPredicate explains) {
        for (int i = timeline.size() - 1; i >= from; i--) {
            if (explains.test(i)) {
                return;
            }
        }
        if (!process.isExcused()) {
            throw new Violation("no moment since the question explains the answer of " + this + ": "
                    + (answer instanceof String text ? text : textOf(answer)));
        }
    }

    int from() {
        return from;
    }

    Moment moment(int i) {
        return timeline.get(i);
    }

    int last() {
        return timeline.size() - 1;
    }
}
