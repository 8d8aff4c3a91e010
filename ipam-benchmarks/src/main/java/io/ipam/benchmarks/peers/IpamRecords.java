package io.ipam.benchmarks.peers;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.engine.Engine;
import io.ipam.engine.EngineSettings;
import io.ipam.engine.decision.GrantOutcome;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * ipam's engine: whole transactions, decided and applied under locks, without the preceding
 * resolution.
 */
public final class IpamRecords implements RecordKeeper {
    private final PoolCatalog catalog;
    private final EngineSettings settings;
    private final List<AnyAddress> demands;
    private Engine engine;
    private Owner[] owners = {};

    /**
     * Creates an empty state.
     *
     * @param pool the pool
     * @param order the order of allocation
     * @param coolDownMillis how long addresses cool down
     */
    public IpamRecords(Pool pool, AllocationOrder order, long coolDownMillis) {
        catalog = PoolCatalog.of(pool);
        demands = List.of(new AnyAddress(pool.family(), List.of(pool)));
        settings = new EngineSettings(
                order,
                0,
                Optional.of(Duration.ofMillis(coolDownMillis)),
                Duration.ofMinutes(5),
                0x5EED,
                Long.MAX_VALUE,
                Optional.empty(),
                InstantSource.system(),
                Duration.ZERO,
                Duration.ZERO,
                false);
        engine = Engine.inMemory(catalog, settings);
    }

    /** Any address of the pool for eth0. */
    private record AnyAddress(Family family, List<Pool> pools) implements ServableRequest.Demand {
        @Override
        public String interfaceName() {
            return "eth0";
        }

        @Override
        public List<Holding> kept() {
            return List.of();
        }

        @Override
        public Optional<Address> given() {
            return Optional.empty();
        }
    }

    private record Request(Owner owner, PoolCatalog catalog, List<AnyAddress> demands) implements ServableRequest {
        @Override
        public List<Holding> releases() {
            return List.of();
        }

        @Override
        public List<Holding> unadopted() {
            return List.of();
        }
    }

    @Override
    public String name() {
        return "ipam";
    }

    @Override
    public void load(Owner[] newOwners) {
        engine = Engine.inMemory(catalog, settings);
        owners = newOwners;
        for (Owner owner : newOwners) {
            allocate(owner);
        }
    }

    private long allocate(Owner owner) {
        GrantOutcome outcome = engine.grant(new Request(owner, catalog, demands), 0, 0);
        if (outcome instanceof GrantOutcome.Granted granted) {
            return granted.grants().get(0).address().low();
        }
        throw new IllegalStateException(owner + ": " + outcome);
    }

    /** Releases all loaded addresses. */
    public void releaseAll() {
        for (Owner owner : owners) {
            engine.release(owner, 0);
        }
    }

    @Override
    public long turn(Owner owner) {
        engine.release(owner, 0);
        return allocate(owner);
    }

    @Override
    public Object state() {
        return engine;
    }

    /** {@return the objects that the state references but does not own} */
    public Object[] shared() {
        return new Object[] {catalog, owners};
    }
}
