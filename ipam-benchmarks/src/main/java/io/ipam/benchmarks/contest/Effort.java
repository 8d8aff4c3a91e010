package io.ipam.benchmarks.contest;

/**
 * The duration of a contest.
 *
 * @param name the printed name
 * @param rounds the number of samples per contestant
 * @param sampleNanos the length of a sample, in nanoseconds of processor time
 * @param warmUpNanos the warm-up of each contestant, in nanoseconds of processor time
 * @param limitNanos wall-clock time after which rounds end, if three are done
 */
public record Effort(String name, int rounds, long sampleNanos, long warmUpNanos, long limitNanos) {
    private static final long MILLI = 1_000_000;
    private static final int MUCH_CODE = 5;

    /** For a first impression in less than a minute: samples of 4 ms. */
    public static final Effort QUICK = new Effort("quick", 9, 4 * MILLI, 80 * MILLI, 2_000 * MILLI);

    /** For published figures: samples of 25 ms. */
    public static final Effort FULL = new Effort("full", 21, 25 * MILLI, 600 * MILLI, 30_000 * MILLI);

    /** For tests of the programs; its figures mean nothing. */
    public static final Effort SMOKE = new Effort("smoke", 1, MILLI / 10, MILLI / 10, MILLI);

    /**
     * Multiplies the warm-up by five, for work with much code to compile.
     *
     * @return an effort with the longer warm-up
     */
    public Effort forMuchCode() {
        return new Effort(name, rounds, sampleNanos, MUCH_CODE * warmUpNanos, limitNanos);
    }

    /**
     * Reduces a number of objects that take long to create.
     *
     * @param many the published number
     * @return the number, or a quarter of it if this is not the full effort
     */
    public int upTo(int many) {
        return isFull() ? many : many / 4;
    }

    /** {@return whether this is the effort of published figures} */
    public boolean isFull() {
        return rounds >= FULL.rounds();
    }
}
