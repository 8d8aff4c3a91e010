package io.ipam.store.testkit;

import static java.util.Objects.requireNonNull;

import io.ipam.store.Commit;
import java.util.List;

/**
 * Decides whether a history of concurrent calls is explained by one order. Every problem is a
 * sentence that names the calls; a correct history has none.
 *
 * <p>A {@link CommitHistory} is compared with the log of the realm, which is the witness of the
 * order. An {@link AddressHistory} has no witness: the checker searches for an order for each pool
 * and for each owner. That is necessary, but does not prove that one order serves all pools and
 * owners.
 *
 * <p>Cost: O(calls + commits x entries) with a log. Without one, it is exponential in the number of
 * calls that overlap, and is bounded by a number of steps. Thread safety: safe.
 */
public final class HistoryChecker {
    /** The number of steps after which a search ends without a decision, which is a problem too. */
    static final int MOST_STEPS = 2_000_000;

    private HistoryChecker() {}

    /**
     * {@return the problems of a history of sessions}
     *
     * @param history the calls
     * @param log every commit of the realm from its creation on, as {@code newsAfter} returns them
     *     at the end
     */
    public static List<String> problems(CommitHistory history, List<Commit> log) {
        return new LogWitness(requireNonNull(log, "log")).problems(history.calls());
    }

    /**
     * {@return the problems of a history of requests for addresses}
     *
     * @param history the calls
     */
    public static List<String> problems(AddressHistory history) {
        return new AddressSearch(requireNonNull(history, "history")).problems();
    }
}
