package io.ipam.engine;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.state.EngineStateBuilder;
import io.ipam.engine.swap.CurrentState;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A draining address that is released while another thread replaces the catalog. */
class DrainedMeanwhileTest {
    private static final Address FIRST = Address.parse("10.1.0.1");
    private static final PoolCatalog CATALOG = PoolCatalog.of(Pool.builder("a", "10.1.0.0/24")
            .ips("10.1.0.5")
            .drainingIps(List.of(FIRST.toString()))
            .build());

    private final CountDownLatch locked = new CountDownLatch(1);
    private final CountDownLatch mayUnlock = new CountDownLatch(1);

    private Boolean waitLocked() {
        locked.countDown();
        try {
            return mayUnlock.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void update_addressReleasedWhileTheCatalogWasLocked_removesIt() throws Exception {
        CurrentState current =
                new CurrentState(new EngineStateBuilder(CATALOG, Set.of(), EngineFixture.NO_COOL_DOWN).build(0));
        Engine engine = new Engine(AllocationOrder.LOWEST, 0, current, new MemoryTransactions(current));
        PoolSnapshot held = PoolSnapshot.of("a", List.of(new PoolSnapshot.Held(FIRST, CART, "eth0", 7)));
        engine.whole().restore(StateSnapshot.of(List.of(held)), RestoreMode.REFUSE, true, 0);
        FutureTask<Boolean> lock = new FutureTask<>(() -> current.whileNothingIsReplaced(this::waitLocked));
        new Thread(lock).start();
        assertTrue(locked.await(60, TimeUnit.SECONDS));
        engine.release(CART, 0);
        assertFalse(engine.catalog().pool("a").orElseThrow().drainingAddresses().isEmpty());
        mayUnlock.countDown();
        assertTrue(lock.get(60, TimeUnit.SECONDS));
        assertTrue(engine.update(engine.catalog(), engine.catalog().with(v4("b", 2, 3)), 0)
                .isUpdated());
        assertTrue(engine.catalog().pool("a").orElseThrow().drainingAddresses().isEmpty());
    }
}
