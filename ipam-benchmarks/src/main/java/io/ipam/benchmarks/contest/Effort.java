package io.ipam.benchmarks.contest;

/**
 * How long a contest lasts.
 *
 * @param name as printed
 * @param rounds how many samples of each contestant
 * @param sampleNanos how long a sample lasts, in nanoseconds of processor time
 * @param warmUpNanos how long each contestant runs before, in nanoseconds of processor time
 * @param limitNanos after this time on the clock, rounds end when three are done
 */
public record Effort(String name, int rounds, long sampleNanos, long warmUpNanos, long limitNanos) {
    private static final long MILLI = 1_000_000;
    private static final int MUCH_CODE = 5;

    /** For a look at everything in less than a minute: samples of 4 ms. */
    public static final Effort QUICK = new Effort("quick", 9, 4 * MILLI, 80 * MILLI, 2_000 * MILLI);

    /** For what is published: samples of 25 ms. */
    public static final Effort FULL = new Effort("full", 21, 25 * MILLI, 600 * MILLI, 30_000 * MILLI);

    /** For tests of the programs: nothing it yields means anything. */
    public static final Effort SMOKE = new Effort("smoke", 1, MILLI / 10, MILLI / 10, MILLI);

    /**
     * The same for work that runs through much code, which the compiler needs longer for.
     *
     * @return the same with five times the warm-up
     */
    public Effort forMuchCode() {
        return new Effort(name, rounds, sampleNanos, MUCH_CODE * warmUpNanos, limitNanos);
    }

    /**
     * How many, where many take long to make.
     *
     * @param many the number that is published
     * @return the number, or a quarter of it where the effort is not the full one
     */
    public int upTo(int many) {
        return isFull() ? many : many / 4;
    }

    /** {@return whether it is the one that is published} */
    public boolean isFull() {
        return rounds >= FULL.rounds();
    }
}
