package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.state.EngineState;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If there is no room for one of the strays that an update turns into allocations, none is. */
class AdoptionFailureTest {
    private static final PoolCatalog GROWN = PoolCatalog.of(v4("a", 1), v4("b", 2));

    /** Two pools without their first addresses. */
    private final EngineFixture fixture = new EngineFixture(
            0, pool("a", "10.1.0.0/24", "10.1.0.2-10.1.0.9"), pool("b", "10.2.0.0/24", "10.2.0.2-10.2.0.9"));

    private StateSnapshot before = StateSnapshot.empty();

    private static PoolSnapshot.Held held(String address, long generation) {
        return new PoolSnapshot.Held(Address.parse(address), CART, "eth" + generation, generation);
    }

    @BeforeEach
    void restoreTwoStraysAndTwoAllocations() {
        List<Stray> strays = List.of(Stray.of("a", held("10.1.0.1", 3)), Stray.of("b", held("10.2.0.1", 4)));
        PoolSnapshot allocations = PoolSnapshot.of("a", List.of(held("10.1.0.5", 1), held("10.1.0.6", 2)));
        StateSnapshot snapshot = new StateSnapshot(4, List.of(allocations), strays, Set.of());
        fixture.engine.whole().restore(snapshot, RestoreMode.REFUSE, true, 0);
        before = fixture.engine.whole().snapshot(0);
    }

    private boolean update() {
        return fixture.engine.update(fixture.catalog(), GROWN, 0).isUpdated();
    }

    private void assertFailsWithoutAnyChange(Object table) {
        FullTable.during(table, () -> {
            var failure = assertThrows(IllegalStateException.class, this::update);
            assertTrue(failure.getMessage().contains("at most " + FullTable.BOUND), failure.getMessage());
        });
        assertEquals(before, fixture.engine.whole().snapshot(0));
        assertEquals(2, fixture.heldBy(CART).size());
        assertEquals(List.of(), fixture.verify());
        assertEquals(true, update());
        assertEquals(4, fixture.heldBy(CART).size());
        assertEquals(List.of(), fixture.verify());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void update_noRoomForTheRecordOfOneStray_adoptsNone(String pool) {
        assertFailsWithoutAnyChange(fixture.ledger(pool).records());
    }

    @Test
    void update_noRoomInTheListOfTheOwner_adoptsNone() {
        EngineState state = fixture.state();
        assertFailsWithoutAnyChange(
                FullTable.listsOf(state.stripeOf(state.hashOf(CART)).owners()));
    }
}
