package io.ipam.engine.replica;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.allocation.AllocationOrder;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.GrantDecision;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineBatchTest {
    private static final long LAST_GENERATION = 500;

    private final EngineFixture fixture = new EngineFixture(1000, v4("a", 1, 2));
    private final CountingSink sink = new CountingSink();
    private final EngineBatch batch = new EngineBatch(
            fixture.state(), new Head(1, new CommitId(7, 1), LAST_GENERATION, 1, 0), 0, change -> 1, sink);

    /** Applies nothing. */
    private static final class CountingSink implements EngineBatch.Sink {
        private int removals;

        @Override
        public void apply(Commit commit, @Nullable PoolCatalog next) {
            // The events and removals are all that a test reads.
        }

        @Override
        public void removeDrained() {
            removals++;
        }
    }

    private GrantOutcome.Grant grant(Owner owner) {
        PlainRequest request = PlainRequest.any(owner, fixture.catalog(), "eth0", "a");
        Step<GrantOutcome> step = batch.decide(owner, new GrantDecision(request, AllocationOrder.LOWEST, 0), 0);
        if (step instanceof Step.Done<GrantOutcome> done && done.result() instanceof GrantOutcome.Granted granted) {
            return granted.grants().get(0);
        }
        throw new AssertionError(step);
    }

    private void coolBoth() {
        fixture.grant(PlainRequest.any(CART, fixture.catalog(), "eth0", "a"));
        fixture.grant(PlainRequest.any(pod("2"), fixture.catalog(), "eth0", "a"));
        fixture.release(CART);
        fixture.release(pod("2"));
    }

    @Test
    void undo_coolingAddressGranted_grantsItToTheNextRequest() {
        coolBoth();
        grant(pod("p"));
        batch.save();
        assertEquals("10.1.0.2", grant(pod("q")).address().toString());
        batch.undo();
        assertEquals("10.1.0.2", grant(pod("r")).address().toString());
    }

    @Test
    void undo_nothingSaved_continuesAfterTheGenerationOfTheHead() {
        assertEquals(LAST_GENERATION + 1, grant(pod("p")).generation());
        batch.undo();
        assertEquals(LAST_GENERATION + 1, grant(pod("q")).generation());
    }

    /** Each removal is a call of the committer. */
    @Test
    void apply_noDrainingAddressReleased_requestsNoRemoval() {
        fixture.grant(PlainRequest.any(CART, fixture.catalog(), "eth0", "a"));
        batch.decide(CART, new ReleaseDecision(CART, new ReleaseTarget.Everything()), 0);
        Commit commit = batch.commit(new CommitId(7, 2));
        assertEquals(1, commit.changes().size());
        batch.apply(commit);
        assertEquals(0, sink.removals);
        assertEquals(List.of(), fixture.verify());
    }
}
