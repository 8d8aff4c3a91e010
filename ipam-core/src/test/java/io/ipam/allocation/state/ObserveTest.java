package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is granted after an observation has a token above its mark. */
class ObserveTest {
    /** The common pool can have one thread only. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "uid");

    private final MemoryState state = new MemoryState(PoolCatalog.EMPTY, new StateSettings(0, null));
    private final CountDownLatch drawn = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** A transaction that has drawn its token and not yet changed anything. */
    private Step<Long> slowly(StateReader in, ChangeSet out, long nowMillis, long random) {
        long token = in.newGenerations(1);
        drawn.countDown();
        try {
            assertTrue(mayEnd.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Step.Done<>(token);
    }

    @Test
    void anObservationWaitsForWhoeverDrewATokenBeforeIt() throws Exception {
        CompletableFuture<Long> slow = CompletableFuture.supplyAsync(
                () -> state.transact(Footprint.of(OWNER), this::slowly, 0, 0), OWN_THREAD);
        assertTrue(drawn.await(60, TimeUnit.SECONDS));
        CompletableFuture<?> observation =
                CompletableFuture.supplyAsync(() -> state.observe(Instant.EPOCH), OWN_THREAD);
        Thread.sleep(100);
        assertFalse(observation.isDone());
        assertFalse(slow.isDone());
        mayEnd.countDown();
        observation.get(60, TimeUnit.SECONDS);
        assertTrue(slow.isDone() || slow.get(60, TimeUnit.SECONDS) > 0);
    }
}
