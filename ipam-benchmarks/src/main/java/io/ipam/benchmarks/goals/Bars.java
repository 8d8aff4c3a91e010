package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Bar;

/**
 * The bars of all goals, in the order of the table "The goals" in docs/performance.md. {@code
 * BarsTest} compares both.
 *
 * <p>Thread safety: immutable.
 */
public enum Bars {
    CHURN_16_ROARING(1, Bar.Kind.TIMES_BETTER, "10x"),
    CHURN_16_BIT_SET(1, Bar.Kind.TIMES_BETTER, "25x"),
    CHURN_16_SKIP_LIST(1, Bar.Kind.TIMES_BETTER, "3x"),
    CHURN_12_ROARING(1, Bar.Kind.TIMES_BETTER, "100x"),
    CHURN_12_BIT_SET(1, Bar.Kind.TIMES_BETTER, "200x"),
    CHURN_12_SKIP_LIST(1, Bar.Kind.TIMES_BETTER, "3x"),
    CHURN_12_TO_16(1, Bar.Kind.TIMES_THE_PEER, "2.5x"),
    ROOM_BIT_SET(2, Bar.Kind.TIMES_THE_PEER, "2.5x"),
    FILL_ROARING(2, Bar.Kind.TIMES_BETTER, "30x"),
    FILL_BIT_SET(2, Bar.Kind.TIMES_BETTER, "80x"),
    GARBAGE(3, Bar.Kind.FIGURE, "0 B"),
    FULL_16(3, Bar.Kind.FIGURE, "0.15 B"),
    SNAPSHOT(3, Bar.Kind.TIMES_THE_PEER, "1.2x"),
    RANDOM_CHOICE(4, Bar.Kind.TIMES_BETTER, "30x"),
    PREFIX_LENGTHS(5, Bar.Kind.TIMES_THE_PEER, "2x"),
    LIVE_HASH_SET(5, Bar.Kind.TIMES_BETTER, "2x"),
    LIVE_ROARING(5, Bar.Kind.TIMES_BETTER, "5x"),
    LIVE_MEMORY(5, Bar.Kind.FIGURE, "40 B"),
    DENSE_MEMORY(5, Bar.Kind.FIGURE, "1 B"),
    MAKING_ALL(5, Bar.Kind.TIMES_THE_PEER, "1.5x"),
    RECORDS_16(6, Bar.Kind.TIMES_BETTER, "1.8x"),
    RECORDS_12(6, Bar.Kind.TIMES_BETTER, "1.3x"),
    TRANSACTIONS(6, Bar.Kind.TIMES_BETTER, "0.8x"),
    HELD_DENSE(6, Bar.Kind.FIGURE, "72 B"),
    HELD_SPARSE(6, Bar.Kind.FIGURE, "110 B"),
    COOLING(6, Bar.Kind.FIGURE, "24 B"),
    WHOLE_WAY(7, Bar.Kind.FIGURE, "8 us"),
    REFERENCE_250(7, Bar.Kind.TIMES_BETTER, "800x"),
    REFERENCE_5000(7, Bar.Kind.TIMES_BETTER, "20,000x"),
    HELD_GROWTH(8, Bar.Kind.TIMES_THE_PEER, "3x"),
    POOLS_GROWTH(8, Bar.Kind.TIMES_THE_PEER, "1.5x"),
    TWO_POOLS(9, Bar.Kind.TIMES_BETTER, "1.2x"),
    ONE_ALLOCATOR(9, Bar.Kind.TIMES_THE_PEER, "2x"),
    ONE_POOL(9, Bar.Kind.TIMES_THE_PEER, "1.3x"),
    EMPTY_IPAM(9, Bar.Kind.FIGURE, "64 kB"),
    EMPTY_POOL(9, Bar.Kind.FIGURE, "2 kB");

    private static final double THOUSAND = 1_000;

    private final int goal;
    private final String text;
    private final Bar bar;

    Bars(int goal, Bar.Kind kind, String text) {
        this.goal = goal;
        this.text = text;
        bar = new Bar(kind, parse(text));
    }

    /** Formats a ratio, or a figure in bytes or nanoseconds. */
    private static double parse(String text) {
        double number = Double.parseDouble(text.replaceAll("[^0-9.]", ""));
        return text.endsWith(" us") || text.endsWith(" kB") ? number * THOUSAND : number;
    }

    /** {@return the number of the goal} */
    public int goal() {
        return goal;
    }

    /** {@return the bar as printed on the page} */
    public String text() {
        return text;
    }

    /** {@return the bar} */
    public Bar bar() {
        return bar;
    }
}
