package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A state is restored between two requests of one owner: the first ends in the old one, the second waits for the new one. */
class RestoreMeanwhileTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");
    private static final StateSnapshot HELD = StateSnapshot.of(
            List.of(PoolSnapshot.of("a", List.of(new PoolSnapshot.Held(Address.parse("10.1.0.1"), OWNER, "eth0", 7)))));

    private final MemoryState state = new MemoryState(
            PoolCatalog.of(Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1").build()), new StateSettings(0, null));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Draws tokens when the restore is under way already. */
    private Step<Long> slowly(StateReader in, ChangeSet out, long nowMillis, long random) {
        begun.countDown();
        try {
            assertTrue(mayEnd.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Step.Done<>(in.newGenerations(1000) + 999);
    }

    private static void startAndWaitUntilItWaits(FutureTask<?> task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
            Thread.sleep(1);
        }
    }

    @Test
    @Timeout(60)
    void everyRequestIsOfOneState() throws Exception {
        Footprint footprint = Footprint.of(OWNER);
        FutureTask<Long> first = new FutureTask<>(() -> state.transact(footprint, this::slowly, 0, 0));
        FutureTask<?> restore = new FutureTask<>(() -> state.restore(HELD, RestoreMode.REFUSE, 0));
        FutureTask<Integer> second = new FutureTask<>(() -> state.transact(
                footprint, (in, out, now, random) -> new Step.Done<>(in.owned().size()), 0, 0));
        new Thread(first).start();
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        startAndWaitUntilItWaits(restore);
        startAndWaitUntilItWaits(second);
        mayEnd.countDown();
        assertEquals(1, second.get(20, TimeUnit.SECONDS));
        restore.get(20, TimeUnit.SECONDS);
        long last = first.get(20, TimeUnit.SECONDS);
        assertTrue(state.lastGeneration() >= last, state.lastGeneration() + " before " + last);
        assertEquals(List.of(), state.verify());
    }
}
