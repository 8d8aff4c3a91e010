package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.DecisionView;
import io.ipam.engine.decision.Step;
import io.ipam.fixture.Waiting;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Grants after an observation have generations above its mark. */
class ObserveTest {
    private final EngineFixture fixture = new EngineFixture(0);
    private final CountDownLatch drawn = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** A transition that has drawn its generation but not yet changed anything. */
    private Step<Long> slowly(DecisionView in, List<Change> out) {
        long generation = in.newGenerations(1);
        drawn.countDown();
        try {
            assertTrue(mayEnd.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Step.Done<>(generation);
    }

    private long mark() {
        return fixture.engine.observe(0).lastGeneration();
    }

    @Test
    void observe_transitionHasDrawnAGeneration_waitsForIt() throws Exception {
        FutureTask<Long> slow = new FutureTask<>(() -> fixture.resultOf(CART, this::slowly));
        FutureTask<Long> observation = new FutureTask<>(this::mark);
        new Thread(slow).start();
        assertTrue(drawn.await(60, TimeUnit.SECONDS));
        Waiting.start(observation);
        assertFalse(observation.isDone());
        assertFalse(slow.isDone());
        mayEnd.countDown();
        assertTrue(observation.get(60, TimeUnit.SECONDS) >= slow.get(60, TimeUnit.SECONDS));
    }

    private static Owner owner(int number) {
        return Owner.stateless("shop", "cart-" + number, "uid-" + number);
    }

    private long draw(Owner owner, int count) {
        return fixture.resultOf(owner, (in, out) -> new Step.Done<>(in.newGenerations(count)));
    }

    @Test
    void observe_generationsDrawnBeforeAndAfter_areOnTheirSidesOfTheMark() {
        for (int i = 0; i < 100; i++) {
            long before = draw(CART, 1 + i % 3);
            long mark = mark();
            long after = draw(CART, 1);
            assertTrue(before <= mark, before + " before " + mark);
            assertTrue(after > mark, after + " after " + mark);
        }
    }

    @Test
    void newGenerations_manyOwners_areUniqueAndAtMostTheLast() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            int count = 1 + i % 100;
            long first = draw(owner(i % 700), count);
            for (int j = 0; j < count; j++) {
                assertTrue(given.add(first + j), () -> first + " twice");
            }
            assertTrue(first + count - 1 <= fixture.state().lastGeneration());
        }
    }

    @Test
    void observe_manyThreadsDraw_marksDivideTheirGenerations() throws Exception {
        List<FutureTask<List<Long>>> threads = new ArrayList<>();
        AtomicLong mark = new AtomicLong();
        for (int i = 0; i < 3; i++) {
            int thread = i;
            threads.add(new FutureTask<>(() -> drawMany(thread, mark)));
        }
        threads.forEach(thread -> new Thread(thread).start());
        for (int i = 0; i < 300; i++) {
            mark.set(mark());
        }
        Set<Long> all = new HashSet<>();
        for (FutureTask<List<Long>> thread : threads) {
            for (long generation : thread.get(60, TimeUnit.SECONDS)) {
                assertTrue(all.add(generation), () -> generation + " twice");
            }
        }
    }

    /** Each generation is above the last known mark. */
    private List<Long> drawMany(int thread, AtomicLong mark) {
        List<Long> generations = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long known = mark.get();
            long generation = draw(owner(7 * i + thread), 1);
            assertTrue(generation > known, generation + " after " + known);
            generations.add(generation);
        }
        return generations;
    }
}
