package io.ipam.pool;

/** The number of steps that searches by patterns may still take. Thread safety: none. */
final class StepBudget {
    private long left;

    StepBudget(long steps) {
        this.left = steps;
    }

    /** Takes steps; the budget may become negative. */
    void spend(long steps) {
        left -= steps;
    }

    boolean isExhausted() {
        return left < 0;
    }
}
