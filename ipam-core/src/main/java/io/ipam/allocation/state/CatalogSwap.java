package io.ipam.allocation.state;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.UpdateResult;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts another catalog in force: locks the ledgers of the pools that change, checks what blocks the change, defines, publishes.
 * Requests on other pools go on meanwhile; a request that was resolved with an old definition of a changed pool sees that when
 * it has the lock, and resolves again.
 *
 * <p>Thread safety: none, made for one change under the swap lock.
 */
final class CatalogSwap {
    private final World world;
    private final StateSettings settings;
    private final Live before;
    private final PoolCatalog next;
    private final Map<String, Definition> pools = new HashMap<>();
    private final Map<String, Definition> detached = new HashMap<>();
    /** The pools that come or change, under the new definition. */
    private final List<Definition> fresh = new ArrayList<>();
    /** The pools of the catalog in force that go. */
    private final List<Definition> leaving = new ArrayList<>();

    CatalogSwap(World world, StateSettings settings, PoolCatalog next) {
        this.world = world;
        this.settings = settings;
        this.before = world.live();
        this.next = next;
        detached.putAll(before.detached());
        next.pools().forEach(this::place);
        for (Map.Entry<String, Definition> entry : before.pools().entrySet()) {
            if (!pools.containsKey(entry.getKey())) {
                leaving.add(entry.getValue());
            }
        }
    }

    /** A pool that stays as it was keeps its definition object; any other gets a new one, on the ledger that it has or had. */
    private void place(Pool pool) {
        Definition now = before.poolOrDetached(pool.name());
        Definition kept = before.pool(pool.name());
        if (kept != null && kept.pool().equals(pool) && kept.usable().equals(next.usable(pool))) {
            pools.put(pool.name(), kept);
            return;
        }
        Ledger ledger = now != null && now.pool().subnet().equals(pool.subnet())
                ? now.ledger()
                : world.newLedger(pool.subnet(), settings.coolDownMillis());
        Definition definition = new Definition(ledger, pool, next.usable(pool), false);
        pools.put(pool.name(), definition);
        fresh.add(definition);
    }

    /** Makes the change, or says what blocks it. */
    UpdateResult make(boolean force, long nowMillis) {
        List<Ledger> affected = new ArrayList<>();
        for (Definition definition : fresh) {
            affected.add(definition.ledger());
            // The plan reads the ledger that the name had, which is another one when the subnet changes.
            Definition was = before.poolOrDetached(definition.pool().name());
            if (was != null) {
                affected.add(was.ledger());
            }
        }
        leaving.forEach(definition -> affected.add(definition.ledger()));
        before.detached().values().forEach(definition -> affected.add(definition.ledger()));
        try (LedgerLocks locks = LedgerLocks.of(affected)) {
            locks.ledgers().forEach(ledger -> ledger.advance(nowMillis));
            ChangePlan plan = plan(before, next);
            if (!(force ? plan.allowedByForce() : plan.allowed())) {
                return new UpdateResult.Blocked(plan);
            }
            define();
            new CoolingMove(fresh).from(locks.ledgers());
            detached.values().removeIf(this::retireIfDone);
            world.publish(new Live(next, pools, detached));
            announce();
            return new UpdateResult.Updated(plan);
        }
    }

    private void define() {
        for (Definition definition : leaving) {
            Definition last = new Definition(definition.ledger(), definition.pool(), definition.usable(), true);
            definition.ledger().define(last);
            detached.put(definition.pool().name(), last);
        }
        for (Definition definition : fresh) {
            Definition gone = detached.get(definition.pool().name());
            if (gone != null && gone.ledger() == definition.ledger()) {
                detached.remove(definition.pool().name());
            }
            definition.ledger().define(definition);
        }
    }

    /** A detached pool is done with when it is empty, or when a pool of its name has come with another subnet. */
    private boolean retireIfDone(Definition definition) {
        boolean isDone = definition.ledger().isEmpty()
                || pools.containsKey(definition.pool().name());
        if (isDone) {
            definition.ledger().retire();
        }
        return isDone;
    }

    private void announce() {
        EventQueue events = settings.events();
        if (events != null) {
            events.add(new AllocationEvent.Swapped(next.version()));
        }
    }

    /** What a change would mean. The ledgers of pools that change are locked, or are locked one after the other. */
    static ChangePlan plan(Live before, PoolCatalog next) {
        List<Pool> inUse = before.detached().values().stream()
                .filter(definition -> heldCount(definition.ledger()) > 0)
                .map(Definition::pool)
                .toList();
        return ChangePlan.between(before.catalog(), next, heldIn(before), inUse);
    }

    private static int heldCount(Ledger ledger) {
        ledger.lock();
        try {
            return ledger.records().size();
        } finally {
            ledger.unlock();
        }
    }

    /** What is held in the pools of a catalog and in detached ones; the visitor is called without a lock. */
    static HeldAddresses heldIn(Live live) {
        return (pool, visitor) -> {
            Definition definition = live.poolOrDetached(pool);
            if (definition != null) {
                for (HeldText held : HeldText.of(definition.ledger())) {
                    visitor.accept(held.address(), held.owner());
                }
            }
        };
    }
}
