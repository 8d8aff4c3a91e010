package io.ipam.engine.decision;

import java.util.List;

/**
 * The outcome of one run of a decision.
 *
 * @param <R> the result of the decision
 */
public sealed interface Step<R> {
    /**
     * The decision is made: its changes may be applied.
     *
     * @param result the result
     * @param <R> its type
     */
    record Done<R>(R result) implements Step<R> {}

    /**
     * The decision needs more pools: nothing is applied, and it runs again with a view of these
     * too.
     *
     * @param more pools that the view lacked
     * @param <R> the type of the result
     */
    record Widen<R>(List<PoolBinding> more) implements Step<R> {}

    /**
     * The basis of the decision has changed: nothing is applied, and the basis must be built again.
     *
     * @param <R> the type of the result
     */
    record Outdated<R>() implements Step<R> {}
}
