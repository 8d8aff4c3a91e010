package io.ipam.engine.state;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.GrantDecision;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.decision.PoolView;
import io.ipam.engine.decision.Step;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests on a pool of which an earlier request of the same batch gets addresses. */
class MarkedPoolTest {
    private static final long COOL_DOWN = 1000;
    private static final Owner OTHER = pod("2");

    private EngineFixture fixture = new EngineFixture(COOL_DOWN, v4("a", 1, 3));

    private void mark(String address) {
        fixture.ledger("a").mark(Address.parse(address));
    }

    private List<Pool> pools() {
        return PlainRequest.pools(fixture.catalog(), "a");
    }

    private void hold(Owner owner, String address) {
        fixture.grant(PlainRequest.of(owner, fixture.catalog(), PlainRequest.given("eth0", address, pools())));
    }

    private void cool(Owner owner, String address) {
        hold(owner, address);
        fixture.release(owner);
    }

    /** The granted address, or the reason of the refusal; nothing is applied. */
    private String decide(Owner owner, PlainRequest.Demand demand) {
        PlainRequest request = PlainRequest.of(owner, fixture.catalog(), demand);
        GrantDecision decision = new GrantDecision(request, AllocationOrder.LOWEST, 0);
        Step<GrantOutcome> step =
                Transaction.run(fixture.state(), owner, decision, fixture.millis, new Promising(fixture.state()));
        if (!(step instanceof Step.Done<GrantOutcome> done)) {
            throw new AssertionError(step);
        }
        if (done.result() instanceof GrantOutcome.Granted granted) {
            return granted.grants().get(0).address().toString();
        }
        return done.result() instanceof GrantOutcome.Conflict conflict
                ? conflict.reason()
                : done.result().toString();
    }

    /** Decides on marked pools, as a batch does. */
    private record Promising(EngineState state) implements ChangeEffect {
        @Override
        public void accept(ActiveCatalog active, Stripe stripe, int ownerHash, List<Change> changes) {
            // The decision is all that a test reads.
        }

        @Override
        public PoolView viewOf(Ledger ledger) {
            return new MarkedPool(ledger);
        }

        @Override
        public long newGenerations(int count) {
            return state.newGenerations(count);
        }
    }

    private String decideAny() {
        return decide(CART, PlainRequest.demand("eth0", pools()));
    }

    private String decideGiven(String address) {
        return decide(CART, PlainRequest.given("eth0", address, pools()));
    }

    @Test
    void grant_lowestAddressMarked_choosesTheNext() {
        mark("10.1.0.1");
        assertEquals("10.1.0.2", decideAny());
    }

    @Test
    void grant_everyFreeAddressMarked_choosesTheOldestCoolingOne() {
        cool(CART, "10.1.0.3");
        mark("10.1.0.1");
        mark("10.1.0.2");
        assertEquals("10.1.0.3", decideAny());
    }

    @Test
    void grant_oldestCoolingAddressMarked_choosesTheNext() {
        cool(CART, "10.1.0.3");
        fixture.millis++;
        cool(OTHER, "10.1.0.2");
        hold(OTHER, "10.1.0.1");
        mark("10.1.0.3");
        assertEquals("10.1.0.2", decideAny());
    }

    @Test
    void grant_everyAddressMarkedOrHeld_isRefusedWithTheCounts() {
        hold(OTHER, "10.1.0.1");
        mark("10.1.0.2");
        mark("10.1.0.3");
        String refusal = decideAny();
        assertEquals(new GrantOutcome.Exhausted(0, List.of(fixture.ledger("a").usage())).toString(), refusal);
    }

    @Test
    void grant_givenAddressMarked_isRefused() {
        mark("10.1.0.1");
        assertEquals("another request of the same commit gets it", decideGiven("10.1.0.1"));
        assertEquals("10.1.0.2", decideGiven("10.1.0.2"));
    }

    @Test
    void grant_givenAddressHeld_namesTheHolder() {
        hold(OTHER, "10.1.0.1");
        mark("10.1.0.2");
        assertEquals("it is held by " + OTHER, decideGiven("10.1.0.1"));
    }

    @Test
    void grant_givenAddressCoolingAfterAnotherOwner_statesTheEndOfTheCoolDown() {
        cool(OTHER, "10.1.0.1");
        mark("10.1.0.2");
        assertEquals("it was held by " + OTHER + " and cools down until 1970-01-01T00:00:01Z", decideGiven("10.1.0.1"));
    }

    @Test
    void grant_givenAddressCoolingAfterTheSameOwner_isGranted() {
        cool(CART, "10.1.0.1");
        mark("10.1.0.2");
        assertEquals("10.1.0.1", decideGiven("10.1.0.1"));
    }

    @Test
    void grant_everyOrdinaryAddressMarked_choosesAStaticOne() {
        Pool pool = v4("a", 1, 3).toBuilder().staticIps("10.1.0.2").build();
        fixture = new EngineFixture(COOL_DOWN, pool);
        mark("10.1.0.1");
        mark("10.1.0.3");
        assertEquals("10.1.0.2", decideAny());
    }
}
