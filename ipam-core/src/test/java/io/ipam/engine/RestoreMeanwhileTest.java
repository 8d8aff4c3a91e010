package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.DecisionView;
import io.ipam.engine.decision.HeldBy;
import io.ipam.engine.decision.Step;
import io.ipam.fixture.Waiting;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A restore between two requests of one owner: the first completes in the old state, the second
 * waits for the new one.
 */
class RestoreMeanwhileTest {
    private static final StateSnapshot HELD = StateSnapshot.of(
            List.of(PoolSnapshot.of("a", List.of(new PoolSnapshot.Held(Address.parse("10.1.0.1"), CART, "eth0", 7)))));

    private final EngineFixture fixture = new EngineFixture(0, v4("a", 1, 1));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Draws generations while the restore is already running. */
    private Step<Long> slowly(DecisionView in, List<Change> out) {
        begun.countDown();
        try {
            assertTrue(mayEnd.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Step.Done<>(in.newGenerations(1000) + 999);
    }

    @Test
    void restore_requestsUnderWay_eachIsOfOneState() throws Exception {
        FutureTask<Long> first = new FutureTask<>(() -> fixture.resultOf(CART, this::slowly));
        FutureTask<?> restore =
                new FutureTask<>(() -> fixture.engine.whole().restore(HELD, RestoreMode.REFUSE, true, 0));
        FutureTask<Integer> second = new FutureTask<>(() -> fixture.heldBy(CART).size());
        FutureTask<Step<?>> third = new FutureTask<>(() -> fixture.transact(CART, new HeldBy()));
        new Thread(first).start();
        assertTrue(begun.await(60, TimeUnit.SECONDS));
        Waiting.start(restore);
        Waiting.start(second);
        Waiting.start(third);
        mayEnd.countDown();
        assertEquals(1, second.get(60, TimeUnit.SECONDS));
        assertEquals(new Step.Outdated<>(), third.get(60, TimeUnit.SECONDS));
        restore.get(60, TimeUnit.SECONDS);
        long last = first.get(60, TimeUnit.SECONDS);
        assertTrue(fixture.state().lastGeneration() >= last, fixture.state().lastGeneration() + " before " + last);
        assertEquals(List.of(), fixture.verify());
    }
}
