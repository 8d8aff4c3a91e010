package io.ipam.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.PoolUsage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Two threads and all operations of an engine, on 50 pools that are nearly full. Each thread knows
 * what its owners hold, and no other owner may get these addresses. In the end everything is
 * counted.
 */
class SoakTest {
    private static final int THREADS = 2;
    /**
     * Operations per thread. Divisible by three, so that both threads have the same third owners.
     */
    private static final int SLOTS = 750;

    private final SoakWorld world = new SoakWorld(THREADS * SLOTS);
    private final List<SoakThread> threads = new ArrayList<>();
    private final SoakKeeper catalogs = new SoakKeeper(world, 1);
    private final SoakKeeper owners = new SoakKeeper(world, 2);

    @Test
    void soak_short_losesNothingAndAssignsNothingTwice() throws Exception {
        soak(150_000, 500);
    }

    /** {@code -Dsoak.operations=N} sets another number. */
    @Test
    @Tag("stress")
    void soak_long_losesNothingAndAssignsNothingTwice(TestReporter reporter) throws Exception {
        long operations = Long.getLong("soak.operations", 100_000_000);
        long started = System.nanoTime();
        soak(operations, 20_000);
        reporter.publishEntry(
                "soak",
                operations + " operations in " + (System.nanoTime() - started) / 1_000_000_000 + " s, "
                        + threads.stream().mapToLong(SoakThread::granted).sum() + " grants, "
                        + threads.stream().mapToLong(SoakThread::refused).sum() + " refusals, " + catalogs.updates()
                        + " changes of the catalog, " + owners.reconciled() + " freed by reconciling");
    }

    private void soak(long operations, int steps) throws Exception {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SoakThread thread = new SoakThread(world, t * SLOTS, SLOTS, t);
            threads.add(thread);
            Runnable now = t == 0 ? () -> catalogs.changeCatalog(thread) : this::keepOwners;
            CompletableFuture<Void> future = new CompletableFuture<>();
            running.add(future);
            new Thread(() -> run(thread, operations / THREADS, steps, now, future), "soak-" + t).start();
        }
        for (CompletableFuture<Void> future : running) {
            join(future);
        }
        assertEverythingIsCounted();
    }

    private static void join(CompletableFuture<Void> future) throws InterruptedException, ExecutionException {
        future.get();
    }

    private void run(SoakThread thread, long operations, int steps, Runnable now, CompletableFuture<Void> future) {
        try {
            for (long i = 1; i <= operations && !world.stop.get(); i++) {
                thread.step();
                if (i % steps == 0) {
                    now.run();
                }
            }
            future.complete(null);
        } catch (Throwable failure) {
            world.stop.set(true);
            future.completeExceptionally(failure);
        }
    }

    private void keepOwners() {
        owners.reconcile();
        owners.export();
        owners.verify();
    }

    private void assertEverythingIsCounted() {
        catalogs.reopen();
        for (int i = 0; i < 3; i++) {
            owners.reconcile();
        }
        owners.verify();
        assertTrue(owners.reconciled() > 0);
        assertEquals(world.claimCount(), world.ipam.state().export().heldCount());
        assertEquals(
                world.claimCount(),
                world.ipam.usage().stream().mapToLong(PoolUsage::held).sum());
        threads.forEach(SoakThread::end);
        for (int i = 0; i < 20; i++) {
            world.pushClock();
        }
        for (PoolUsage usage : world.ipam.usage()) {
            assertEquals(BigInteger.valueOf(SoakWorld.ADDRESSES), usage.free(), usage::toString);
        }
        owners.verify();
    }
}
