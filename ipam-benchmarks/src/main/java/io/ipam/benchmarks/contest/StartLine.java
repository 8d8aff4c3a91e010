package io.ipam.benchmarks.contest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A barrier at which threads wait for each other. Arrival is not enough: on a busy machine a
 * waiting thread has often lost its processor when the last one arrives. So the first thread polls
 * the others until all of them reply in the same round.
 *
 * <p>Thread safety: safe for the number of threads passed to the constructor.
 */
final class StartLine {
    private static final long AT_ONCE_NANOS = 2_000;

    /** Replies are on different cache lines. */
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
     * Spins until all threads have arrived and run.
     *
     * @param side the index of the thread, from 0
     * @param time the number of earlier waits of this thread
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
