package io.ipam.benchmarks.contest;

/**
 * What one contestant does. The loop over the operations lies inside, in a method of the
 * contestant's own: were one loop shared by all, the compiler would make its calls virtual and the
 * fastest contestant would pay the most for that.
 */
@FunctionalInterface
public interface Work {
    /**
     * Works.
     *
     * @param operations how many operations
     * @return something that depends on every answer, so that no operation can be left out
     */
    long run(int operations);
}
