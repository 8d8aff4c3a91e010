package io.ipam.engine.decision;

import io.ipam.owner.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transition of the state as a decision: a pure function of its view and of its own fields. It
 * may run several times, and it calls no caller-supplied code.
 *
 * @param <R> the result of the transition
 */
public interface Transition<R> {
    /** {@return the pools that the decision probably needs} */
    default List<PoolBinding> firstPools(DecisionView in) {
        return List.of();
    }

    /**
     * {@return another owner whose holdings the decision reads, null if there is none} Its holdings
     * do not change while the decision is made and applied.
     */
    default @Nullable Owner otherOwner() {
        return null;
    }

    /**
     * Decides.
     *
     * @param in the state
     * @param out receives the changes; they are applied only if the step is {@link Step.Done}
     * @return the step
     */
    Step<R> decide(DecisionView in, List<Change> out);

    /**
     * {@return whether a result is a refusal because of the holdings of other owners}
     *
     * @param result a result of {@link #decide}
     */
    default boolean isRefusal(R result) {
        return false;
    }
}
