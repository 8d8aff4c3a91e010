package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The delays of hints. */
class HintPaceTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Semaphore hints = new Semaphore(0);
    private final HintPace pace = new HintPace(hints::release);

    @Test
    void reserve_tenAtOnce_delaysTheNextAndMergesLaterOnes() {
        long now = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertEquals(0, pace.reserve(now));
        }
        assertEquals(100 * MILLI, pace.reserve(now));
        assertEquals(-1, pace.reserve(now));
        assertEquals(-1, pace.reserve(now + 99 * MILLI));
    }

    @Test
    void reserve_oneEach100Millis_delaysNone() {
        long now = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, pace.reserve(now + i * 100 * MILLI));
        }
    }

    @Test
    void hint_elevenAtOnce_passesTheLastOneLater() throws InterruptedException {
        for (int i = 0; i < 11; i++) {
            pace.hint();
        }
        assertTrue(hints.tryAcquire(11, 60, TimeUnit.SECONDS));
        pace.hint();
        assertTrue(hints.tryAcquire(1, 60, TimeUnit.SECONDS), "a hint after a delayed one");
    }

    @Test
    void hint_closed_passesNone() {
        pace.close();
        pace.hint();
        assertEquals(0, hints.availablePermits());
    }
}
