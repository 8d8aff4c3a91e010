package io.ipam.benchmarks.contest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Where threads wait for each other. Having arrived is not enough: on a busy machine one that waits
 * has often lost its processor when the last one comes. So the first asks, the others answer, and
 * it asks again until all have answered at once.
 *
 * <p>Thread safety: for as many threads as are named when it is made.
 */
final class StartLine {
    private static final long AT_ONCE_NANOS = 2_000;

    /** Answers lie a cache line apart. */
    private static final int APART = 16;

    private final int threads;
    private final AtomicInteger question = new AtomicInteger();
    private final AtomicIntegerArray answers;
    private final AtomicInteger begun = new AtomicInteger();

    StartLine(int threads) {
        this.threads = threads;
        answers = new AtomicIntegerArray(threads * APART);
    }

    /**
     * Spins until all are here and run.
     *
     * @param side which thread, from 0
     * @param time how often this thread has waited before
     */
    void await(int side, int time) {
        if (side == 0) {
            while (!allAnswerAtOnce()) {
                Thread.onSpinWait();
            }
            begun.set(time + 1);
        } else {
            while (begun.get() <= time) {
                answers.set(side * APART, question.get());
            }
        }
    }

    private boolean allAnswerAtOnce() {
        long asked = System.nanoTime();
        int number = question.incrementAndGet();
        for (int side = 1; side < threads; side++) {
            while (answers.get(side * APART) != number) {
                Thread.onSpinWait();
            }
        }
        return System.nanoTime() - asked < AT_ONCE_NANOS;
    }
}
