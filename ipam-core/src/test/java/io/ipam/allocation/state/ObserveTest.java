package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import io.ipam.pool.PoolCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    private static Owner owner(int number) {
        return Owner.stateless("shop", "cart-" + number, "uid-" + number);
    }

    private long draw(Owner owner, int count) {
        return state.transact(
                Footprint.of(owner), (in, out, now, random) -> new Step.Done<>(in.newGenerations(count)), 0, 0);
    }

    @Test
    void whatWasDrawnBeforeAnObservationIsNotGivenAfterIt() {
        for (int i = 0; i < 100; i++) {
            long before = draw(OWNER, 1 + i % 3);
            long mark = state.observe(Instant.EPOCH).lastGeneration();
            long after = draw(OWNER, 1);
            assertTrue(before <= mark, before + " before " + mark);
            assertTrue(after > mark, after + " after " + mark);
        }
    }

    @Test
    void noTokenIsGivenTwiceAndNoneIsAboveTheOneDrawnLast() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            int count = 1 + i % 100;
            long first = draw(owner(i % 700), count);
            for (int j = 0; j < count; j++) {
                assertTrue(given.add(first + j), () -> first + " is given twice");
            }
            assertTrue(first + count - 1 <= state.lastGeneration());
        }
    }

    @Test
    void marksDivideWhatManyThreadsAreGiven() throws Exception {
        List<CompletableFuture<List<Long>>> grants = new ArrayList<>();
        AtomicLong mark = new AtomicLong();
        for (int i = 0; i < 3; i++) {
            int thread = i;
            grants.add(CompletableFuture.supplyAsync(() -> drawMany(thread, mark), OWN_THREAD));
        }
        for (int i = 0; i < 300; i++) {
            mark.set(state.observe(Instant.EPOCH).lastGeneration());
        }
        Set<Long> all = new HashSet<>();
        for (CompletableFuture<List<Long>> future : grants) {
            for (long token : future.get(60, TimeUnit.SECONDS)) {
                assertTrue(all.add(token), () -> token + " is given twice");
            }
        }
    }

    /** Each is above the last mark that was known before. */
    private List<Long> drawMany(int thread, AtomicLong mark) {
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long known = mark.get();
            long token = draw(owner(7 * i + thread), 1);
            assertTrue(token > known, token + " after " + known);
            tokens.add(token);
        }
        return tokens;
    }
}
