package io.ipam.benchmarks.peers;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.allocation.state.Definition;
import io.ipam.allocation.state.Footprint;
import io.ipam.allocation.state.GrantDecision;
import io.ipam.allocation.state.GrantOutcome;
import io.ipam.allocation.state.MemoryState;
import io.ipam.allocation.state.ReleaseDecision;
import io.ipam.allocation.state.Request;
import io.ipam.allocation.state.StateSettings;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Objects;

/** This library's state: whole transactions, decided and applied under locks, without the resolution before. */
public final class IpamRecords implements RecordKeeper {
    private final PoolCatalog catalog;
    private final Family family;
    private final AllocationOrder order;
    private final long coolDownMillis;
    private MemoryState state;
    private Definition pool;
    private Owner[] owners = {};

    /**
     * Makes an empty state.
     *
     * @param pool the pool
     * @param order which address is chosen
     * @param coolDownMillis how long addresses cool down
     */
    public IpamRecords(Pool pool, AllocationOrder order, long coolDownMillis) {
        catalog = PoolCatalog.of(pool);
        family = pool.family();
        this.order = order;
        this.coolDownMillis = coolDownMillis;
        state = new MemoryState(catalog, new StateSettings(coolDownMillis, null));
        this.pool = definition();
    }

    private Definition definition() {
        return Objects.requireNonNull(state.live().pool(catalog.pools().get(0).name()), "pool");
    }

    @Override
    public String name() {
        return "ipam";
    }

    @Override
    public void load(Owner[] newOwners) {
        state = new MemoryState(catalog, new StateSettings(coolDownMillis, null));
        pool = definition();
        owners = newOwners;
        for (int i = 0; i < newOwners.length; i++) {
            allocate(newOwners[i], i);
        }
    }

    private long allocate(Owner owner, long random) {
        Request.Demand demand = new Request.Demand("eth0", family, List.of(), List.of(pool), null);
        GrantDecision decision =
                new GrantDecision(new Request(owner, state.live(), List.of(demand), List.of(), List.of()), order, 0);
        GrantOutcome outcome = state.transact(decision.firstFootprint(), decision, 0, random * 0x9e3779b97f4a7c15L);
        if (outcome instanceof GrantOutcome.Granted granted) {
            return granted.grants().get(0).address().low();
        }
        throw new IllegalStateException(owner + ": " + outcome);
    }

    private int release(Owner owner) {
        return state.transact(Footprint.of(owner), ReleaseDecision.ofAll(owner, 0), 0, 0)
                .size();
    }

    /** Releases all that was loaded. */
    public void releaseAll() {
        for (Owner owner : owners) {
            release(owner);
        }
    }

    @Override
    public long turn(Owner owner) {
        release(owner);
        return allocate(owner, 0);
    }

    @Override
    public Object state() {
        return state;
    }

    /** {@return what the state refers to and does not own} */
    public Object[] shared() {
        return new Object[] {catalog, owners};
    }
}
