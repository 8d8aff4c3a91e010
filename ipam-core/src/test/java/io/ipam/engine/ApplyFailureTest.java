package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.Holding;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.engine.state.EngineState;
import io.ipam.fixture.PlainRequest;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * If there is no room for one change of a request, none is applied. A table at its bound simulates
 * a lack of memory.
 */
class ApplyFailureTest {
    private final List<AllocationEvent> events = new ArrayList<>();
    /** The IPv6 pools have free addresses in addition to the records that fit. */
    private final EngineFixture fixture = new EngineFixture(
            1000,
            PoolCatalog.of(
                    v4("a", 1, 9),
                    pool("b", "2001:db8:2::/64", "2001:db8:2::1-2001:db8:2::ffff:ffff"),
                    pool("c", "2001:db8:3::/64", "2001:db8:3::1-2001:db8:3::ffff:ffff")),
            Optional.of(events::add));

    private List<Holding> held = List.of();
    private StateSnapshot before = StateSnapshot.of(List.of());

    @BeforeEach
    void holdTwoAddresses() {
        fixture.grant(PlainRequest.of(CART, fixture.catalog(), demand("eth0", "a"), demand("eth1", "c")));
        held = fixture.heldBy(CART);
        before = fixture.engine.whole().snapshot(0);
        events.clear();
    }

    private PlainRequest.Demand demand(String interfaceName, String pool) {
        return PlainRequest.demand(interfaceName, PlainRequest.pools(fixture.catalog(), pool));
    }

    /** Releases both, and grants one in each pool. */
    private PlainRequest move() {
        return new PlainRequest(
                CART,
                fixture.catalog(),
                List.of(demand("eth0", "a"), demand("eth1", "b"), demand("eth2", "c")),
                held,
                List.of());
    }

    private void assertGrantFails() {
        var failure = assertThrows(IllegalStateException.class, () -> fixture.grant(move()));
        assertTrue(failure.getMessage().contains("at most " + FullTable.BOUND), failure.getMessage());
    }

    /** Nothing has changed, and the same request is served when there is room. */
    @AfterEach
    void checkNothingHasChanged() {
        assertEquals(List.of(), fixture.verify());
        assertEquals(before.pools(), fixture.engine.whole().snapshot(0).pools());
        assertEquals(List.of(), events);
        assertInstanceOf(GrantOutcome.Granted.class, fixture.grant(move()));
        assertEquals(3, fixture.heldBy(CART).size());
        assertEquals(5, events.size());
        assertEquals(List.of(), fixture.verify());
    }

    @Test
    void grant_noRoomForARecord_changesNothing() {
        FullTable.during(fixture.ledger("b").records(), this::assertGrantFails);
    }

    @Test
    void grant_noRoomForTheLastRecord_changesNothing() {
        FullTable.during(fixture.ledger("c").records(), this::assertGrantFails);
    }

    @Test
    void grant_noRoomForACoolingAddress_changesNothing() {
        FullTable.during(fixture.ledger("c").content().cooling(), this::assertGrantFails);
    }

    @Test
    void grant_noRoomInTheListOfTheOwner_changesNothing() {
        EngineState state = fixture.state();
        FullTable.during(FullTable.listsOf(state.stripeOf(state.hashOf(CART)).owners()), this::assertGrantFails);
    }

    @Test
    void release_noRoomForACoolingAddress_changesNothing() {
        FullTable.during(
                fixture.ledger("c").content().cooling(),
                () -> assertThrows(IllegalStateException.class, () -> fixture.engine.release(CART, 0)));
    }
}
