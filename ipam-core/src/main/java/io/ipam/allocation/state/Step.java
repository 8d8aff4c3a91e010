package io.ipam.allocation.state;

/**
 * What a decision comes to.
 *
 * @param <R> the result of the transaction
 */
public sealed interface Step<R> {
    /**
     * The decision is made: the changes may be applied.
     *
     * @param result the result
     * @param <R> its type
     */
    record Done<R>(R result) implements Step<R> {}

    /**
     * More must be looked at: nothing is applied, and the decision is made again from the beginning.
     *
     * @param to what to look at, more than before
     * @param <R> the type of the result
     */
    record Widen<R>(Footprint to) implements Step<R> {}
}
