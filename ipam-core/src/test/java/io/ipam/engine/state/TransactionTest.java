package io.ipam.engine.state;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ReleaseResult;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.DecisionView;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.ReleaseDecision;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.fixture.PlainRequest;
import io.ipam.fixture.Waiting;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.record.OwnerTable;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Widening, and the state that a repeated decision may find. */
class TransactionTest {
    private static final Owner OTHER = Owner.stateless("shop", "cart-1", "v");

    private final EngineFixture fixture = new EngineFixture(0, v4("a", 1, 9));

    @Test
    void run_secondAttempt_appliesNothingOfTheFirst() {
        PoolBinding pool = fixture.binding("a");
        Transition<Boolean> body = (in, out) -> {
            boolean isFirst = in.pool(pool) == null;
            Address address = Address.parse(isFirst ? "10.1.0.1" : "10.1.0.2");
            out.add(new Change.Grant(new HeldRecord(pool, address, CART, "eth0", in.newGenerations(1))));
            return isFirst ? new Step.Widen<>(List.of(pool)) : new Step.Done<>(true);
        };
        assertEquals(true, fixture.resultOf(CART, body));
        assertEquals(
                List.of(Address.parse("10.1.0.2")),
                fixture.heldBy(CART).stream().map(Holding::address).toList());
        assertEquals(List.of(), fixture.verify());
    }

    /** Otherwise the table of owners would keep the owner with the old uid. */
    @Test
    void run_renewal_replacesTheOwnerInItsTable() {
        Owner before = Owner.stateful("shop", "db-0", "u1");
        Owner after = Owner.stateful("shop", "db-0", "u2");
        Address address = Address.parse("10.1.0.1");
        PoolBinding pool = fixture.binding("a");
        HeldRecord record = new HeldRecord(pool, address, before, "eth0", 1);
        fixture.resultOf(before, changing(new Change.Grant(record), pool));
        HeldRecord renewed = new HeldRecord(pool, address, after, "eth0", 2);
        fixture.resultOf(after, changing(new Change.Renewal(record, renewed), pool));
        EngineState state = fixture.state();
        OwnerTable owners = state.stripeOf(state.hashOf(after)).owners();
        assertEquals("u2", owners.owner(owners.nextEntry(OwnerTable.NONE)).uid());
    }

    /** A transition that needs one pool and makes one change. */
    private static Transition<Boolean> changing(Change change, PoolBinding pool) {
        return (in, out) -> {
            if (in.pool(pool) == null) {
                return new Step.Widen<>(List.of(pool));
            }
            out.add(change);
            return new Step.Done<>(true);
        };
    }

    @Test
    void run_outdated_appliesNothing() {
        PoolBinding pool = fixture.binding("a");
        Transition<Boolean> body = new Transition<>() {
            @Override
            public List<PoolBinding> firstPools(DecisionView in) {
                return List.of(pool);
            }

            @Override
            public Step<Boolean> decide(DecisionView in, List<Change> out) {
                Address address = Address.parse("10.1.0.1");
                out.add(new Change.Grant(new HeldRecord(pool, address, CART, "eth0", in.newGenerations(1))));
                return new Step.Outdated<>();
            }
        };
        assertEquals(new Step.Outdated<>(), fixture.transact(CART, body));
        assertEquals(List.of(), fixture.heldBy(CART));
        assertEquals(List.of(), fixture.verify());
    }

    @Test
    void run_widenedByNothing_throws() {
        PoolBinding pool = fixture.binding("a");
        Transition<Boolean> body = (in, out) -> new Step.Widen<>(List.of(pool));
        var failure = assertThrows(IllegalStateException.class, () -> fixture.transact(CART, body));
        assertEquals("the view has [a] already", failure.getMessage());
        assertEquals(List.of(), fixture.verify());
    }

    /**
     * A release of an address of another owner waits for the ledger of its pool. Meanwhile a
     * catalog update replaces the pool with another one that has the same ledger number.
     */
    @Test
    void run_ledgerReplacedWhileItWaits_readsTheNewOne() throws Exception {
        Ledger old = fixture.ledger("a");
        ReleaseDecision release = new ReleaseDecision(CART, new ReleaseTarget.OfAddress(Address.parse("10.1.0.1")));
        FutureTask<List<ReleaseResult>> releasing = new FutureTask<>(() -> fixture.resultOf(CART, release));
        old.lock();
        try {
            Waiting.start(releasing);
            Pool next = pool("b", "10.1.0.0/16", "10.1.0.1-10.1.0.9");
            var without = fixture.catalog().without("a");
            assertEquals(
                    true, fixture.engine().update(fixture.catalog(), without, 0).isUpdated());
            assertEquals(
                    true,
                    fixture.engine().update(without, without.with(next), 0).isUpdated());
            assertEquals(old.number(), fixture.ledger("b").number());
            fixture.grant(PlainRequest.any(OTHER, fixture.catalog(), "eth0", "b"));
        } finally {
            old.unlock();
        }
        assertEquals(
                List.of(new ReleaseResult.HeldByAnother(
                        Address.parse("10.1.0.1"),
                        OTHER,
                        fixture.heldBy(OTHER).get(0).generation())),
                releasing.get(60, TimeUnit.SECONDS));
        assertEquals(List.of(), fixture.verify());
    }
}
