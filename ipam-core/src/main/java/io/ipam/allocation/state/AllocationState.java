package io.ipam.allocation.state;

import io.ipam.allocation.StateSnapshot;

/** A state that is changed by transactions: each is applied whole or not at all, one after the other as far as anyone can see. */
public interface AllocationState {
    /**
     * Decides and applies.
     *
     * @param first what the decision is likely to look at
     * @param body the decision
     * @param nowMillis the time of the request, in milliseconds since 1970
     * @param random random bits of the request
     * @param <R> the type of the result
     * @return the result of the decision whose changes were applied
     */
    <R> R transact(Footprint first, Transition<R> body, long nowMillis, long random);

    /** {@return what is held and cooling in all pools at one moment} */
    StateSnapshot snapshot();
}
