package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a realm is busy. */
class RealmPaceTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    /** Times of {@link System#nanoTime} may be negative. */
    private static final long START = -7_000 * MILLI;

    private final RealmPace pace = new RealmPace(START);

    private void seen(int commits, long now) {
        for (int i = 0; i < commits; i++) {
            pace.seen(now);
        }
    }

    @Test
    void seen_threeAtOnce_isNotBusyBeforeTheNext() {
        seen(3, START);
        assertFalse(pace.isBusy());
        seen(1, START);
        assertTrue(pace.isBusy());
    }

    @Test
    void seen_oneEach100Millis_isNeverBusy() {
        for (int i = 0; i < 1_000; i++) {
            pace.seen(START + i * 100 * MILLI);
        }
        assertFalse(pace.isBusy());
    }

    @Test
    void seen_threeAtOnceAndThreeLater_isNotBusy() {
        seen(3, START);
        seen(3, START + 300 * MILLI);
        assertFalse(pace.isBusy());
    }

    @Test
    void read_elevenInTheSecond_staysBusy() {
        seen(4, START);
        for (int second = 1; second < 100; second++) {
            pace.read(11, START + second * 1_000 * MILLI);
            assertTrue(pace.isBusy());
        }
    }

    @Test
    void read_tenInTheSecond_isNotBusyAfterTheSecond() {
        seen(4, START);
        pace.read(5, START);
        pace.read(5, START + 999 * MILLI);
        assertTrue(pace.isBusy());
        pace.read(0, START + 1_000 * MILLI);
        assertFalse(pace.isBusy());
    }

    @Test
    void read_pauseAndManyCommits_countsThemOverThePause() {
        seen(4, START);
        pace.read(50, START + 10_000 * MILLI);
        assertFalse(pace.isBusy());
        seen(4, START + 20_000 * MILLI);
        pace.read(150, START + 30_000 * MILLI);
        assertTrue(pace.isBusy());
    }
}
