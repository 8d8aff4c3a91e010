package io.ipam.benchmarks.store;

/**
 * The duration of a run.
 *
 * @param name as printed
 * @param slices the number of slices of each figure
 * @param sliceMillis the duration of a slice
 * @param bareMillis the duration of the bare commits between two slices
 * @param poolHeld the number of addresses that are held in the hot pool
 * @param loadHeld the number of addresses of the realm that is opened
 * @param mostCallers the maximum number of callers of a process
 * @param processes the number of processes with one request a second each
 * @param followed the number of commits whose delay is measured
 */
public record StoreEffort(
        String name,
        int slices,
        long sliceMillis,
        long bareMillis,
        int poolHeld,
        int loadHeld,
        int mostCallers,
        int processes,
        int followed) {
    /** About two minutes. */
    public static final StoreEffort QUICK = new StoreEffort("quick", 5, 600, 300, 32_768, 100_000, 512, 25, 9);

    /** The run that is published. */
    public static final StoreEffort FULL = new StoreEffort("full", 5, 4_000, 1_500, 32_768, 1_000_000, 512, 100, 25);

    /** For tests of the program; its figures mean nothing. */
    public static final StoreEffort SMOKE = new StoreEffort("smoke", 1, 60, 30, 100, 1_000, 8, 3, 1);
}
