package io.ipam.store.testkit;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Searches for an order of concurrent calls that explains their answers, with the algorithm of Wing
 * and Gong. A call may be next if no other remaining call ended before it started. A state is not
 * searched twice after the same calls.
 *
 * <p>Thread safety: none.
 *
 * @param <S> the states, immutable and with equals
 * @param <C> the calls
 */
final class OrderSearch<S, C extends AddressHistory.Call> {
    private record Visited<S>(BitSet done, S state) {}

    private final List<C> calls;
    private final BiFunction<S, C, List<S>> model;
    private final Set<Visited<S>> visited = new HashSet<>();
    private final BitSet longest = new BitSet();
    private int steps;

    /**
     * A search.
     *
     * @param calls the calls
     * @param model the states after a call in a state; none if its answer does not fit. If its
     *     outcome is unknown, these are the states in which the call took effect
     */
    OrderSearch(List<C> calls, BiFunction<S, C, List<S>> model) {
        this.calls = calls.stream()
                .sorted(Comparator.comparing(AddressHistory.Call::start))
                .toList();
        this.model = model;
    }

    /** {@return whether an order explains every call} */
    boolean isExplained(S initial) {
        return search(new BitSet(calls.size()), initial);
    }

    /** {@return whether the search ended because it took too long} */
    boolean isUndecided() {
        return steps > HistoryChecker.MOST_STEPS;
    }

    /** {@return the calls with a known outcome that the longest order does not contain} */
    List<C> unexplained() {
        return calls.stream()
                .filter(call -> !isOpen(call) && !longest.get(calls.indexOf(call)))
                .toList();
    }

    private boolean search(BitSet done, S state) {
        if (++steps > HistoryChecker.MOST_STEPS || !visited.add(new Visited<>((BitSet) done.clone(), state))) {
            return false;
        }
        if (done.cardinality() > longest.cardinality()) {
            longest.clear();
            longest.or(done);
        }
        long firstEnd = firstEnd(done);
        if (firstEnd == Long.MAX_VALUE) {
            return true;
        }
        for (int i = done.nextClearBit(0);
                i < calls.size() && calls.get(i).start() <= firstEnd;
                i = done.nextClearBit(i + 1)) {
            if (isExplainedAfter(i, done, state)) {
                return true;
            }
        }
        return false;
    }

    private boolean isExplainedAfter(int next, BitSet done, S state) {
        done.set(next);
        for (S after : model.apply(state, calls.get(next))) {
            if (search(done, after)) {
                return true;
            }
        }
        done.clear(next);
        return false;
    }

    /** {@return the first end of the remaining calls; a call with an unknown outcome has none} */
    private long firstEnd(BitSet done) {
        long first = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            if (!isOpen(calls.get(i))) {
                first = Math.min(first, calls.get(i).end());
            }
        }
        return first;
    }

    private static boolean isOpen(AddressHistory.Call call) {
        return call.answer() instanceof AddressHistory.Answer.Unknown;
    }
}
