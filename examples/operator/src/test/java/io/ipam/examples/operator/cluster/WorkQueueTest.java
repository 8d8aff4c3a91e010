package io.ipam.examples.operator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The timers of a queue. */
class WorkQueueTest {
    @Test
    void add_severalTimers_keepsTheEarliest() throws InterruptedException {
        CountDownLatch visited = new CountDownLatch(1);
        try (WorkQueue<String> queue = new WorkQueue<>(1, key -> {
            visited.countDown();
            return Duration.ZERO;
        })) {
            queue.add("cart-0", Duration.ofHours(2));
            queue.add("cart-0", Duration.ofHours(1));
            queue.add("cart-0", Duration.ofHours(3));
            queue.add("cart-1", Duration.ofHours(1));
            assertEquals(2, queue.size());
            queue.add("cart-0", Duration.ofMillis(1));
            assertTrue(visited.await(1, TimeUnit.MINUTES));
            assertEquals(1, queue.size());
        }
    }

    @Test
    void add_afterItsTimer_isTimedAgain() throws InterruptedException {
        CountDownLatch visits = new CountDownLatch(3);
        try (WorkQueue<String> queue = new WorkQueue<>(1, key -> {
            visits.countDown();
            return Duration.ofMillis(1);
        })) {
            queue.add("cart-0", Duration.ofMillis(1));
            assertTrue(visits.await(1, TimeUnit.MINUTES));
        }
    }
}
