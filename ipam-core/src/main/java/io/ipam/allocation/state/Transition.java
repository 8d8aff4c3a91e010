package io.ipam.allocation.state;

/**
 * One change of the state as a decision: a pure function of what it reads, the time and random bits. It may be run again, and
 * calls nobody's code but its own.
 *
 * @param <R> the result of the transaction
 */
public interface Transition<R> {
    /**
     * Decides.
     *
     * @param in what may be read
     * @param out takes the changes; none are applied unless the step is {@link Step.Done}
     * @param nowMillis the time of the request, in milliseconds since 1970
     * @param random random bits of the request
     * @return the step
     */
    Step<R> decide(StateReader in, ChangeSet out, long nowMillis, long random);

    /** {@return when the request began, by System.nanoTime; only for what events tell} */
    default long startedNanos() {
        return 0;
    }
}
