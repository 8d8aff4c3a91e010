package io.ipam.benchmarks.store;

/**
 * The kinds of stores, with the bars of their goals. Rates are in units of r, the rate of one
 * writer's bare commits; latencies are in units of 1 / r.
 */
public enum StoreKind {
    /** Shared by processes. */
    POSTGRESQL("PostgreSQL", new Bars(1.5, 12, 25, 6, 30, 0.7, 0.5)),
    /** In a file, for one process. */
    H2("H2", new Bars(0.9, 6, 12, 10, 150, 0.7, 0.5)),
    /** Shared by processes, without locks. */
    ETCD("etcd", new Bars(3, 25, 50, 4, 30, 0.25, 0.25)),
    /** In the heap, for tests of the program. */
    MEMORY("memory", new Bars(0, 0, 0, 1e9, 1e9, 0, 0));

    private final String text;
    private final Bars bars;

    StoreKind(String text, Bars bars) {
        this.text = text;
        this.bars = bars;
    }

    /** {@return the name as printed} */
    public String text() {
        return text;
    }

    /** {@return its bars} */
    public Bars bars() {
        return bars;
    }

    /** {@return whether the clients of the store queue for a lock} */
    boolean hasLocks() {
        return this == POSTGRESQL || this == H2;
    }

    /**
     * The bars of a kind of store.
     *
     * @param rate8 the minimum rate of one process with 8 callers
     * @param rate64 with 64 callers
     * @param rate512 with 512 callers
     * @param p50 the maximum median latency with 8 callers
     * @param p99 the maximum 99th percentile
     * @param share the minimum share of a process in relation to the largest share
     * @param delayedShare the same for a process with more latency, in relation to the mean
     */
    public record Bars(
            double rate8, double rate64, double rate512, double p50, double p99, double share, double delayedShare) {}
}
