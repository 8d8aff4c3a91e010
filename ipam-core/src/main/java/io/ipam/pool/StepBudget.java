package io.ipam.pool;

/** The number of remaining steps of searches by patterns. Thread safety: none. */
final class StepBudget {
    private long left;

    StepBudget(long steps) {
        this.left = steps;
    }

    /** Uses steps; the budget may become negative. */
    void spend(long steps) {
        left -= steps;
    }

    boolean isExhausted() {
        return left < 0;
    }
}
