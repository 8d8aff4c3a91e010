package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.UpdateResult;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts another catalog in force: locks the ledgers of the pools that change, checks what blocks the change, defines, publishes.
 * Requests on other pools go on meanwhile; a request that was resolved in the old catalog sees that when it has its locks, and
 * resolves again.
 *
 * <p>An address that cools down goes on doing so, whichever pool has it afterwards: what cools down in a pool that goes or loses it
 * becomes a stray, and each pool that comes or changes takes in the strays that it has now.
 *
 * <p>Cost: some nanoseconds for each pool, all of them when reserved ranges change; else it follows the pools that change and the
 * detached ones. Thread safety: none, made for one change under the swap lock.
 */
final class CatalogSwap {
    private final World world;
    private final StateSettings settings;
    private final Live before;
    private final PoolCatalog next;
    private final Definitions.Draft pools;
    private final Definitions.Draft detached;
    /** The pools that come or change, under the new definition. */
    private final List<Definition> fresh = new ArrayList<>();
    /** The pools of the catalog in force that go. */
    private final List<Definition> leaving = new ArrayList<>();

    CatalogSwap(World world, StateSettings settings, PoolCatalog next) {
        this.world = world;
        this.settings = settings;
        this.before = world.live();
        this.next = next;
        pools = before.pools().draft();
        detached = before.detached().draft();
        PoolCatalog.forEachDifference(before.catalog(), next, this::place);
        for (Family family : Family.values()) {
            if (!before.catalog().reserved(family).equals(next.reserved(family))) {
                next.pools(family).forEach(this::placeIfReservedOtherwise);
            }
        }
    }

    private void place(Optional<Pool> was, Optional<Pool> is) {
        if (is.isPresent()) {
            place(is.get());
        } else {
            Definition gone = definitionOf(was.orElseThrow());
            leaving.add(gone);
            pools.remove(gone.pool().name());
        }
    }

    /** A pool that stays as it was keeps its definition object; any other gets a new one, on the ledger that it has or had. */
    private void place(Pool pool) {
        Definition now = before.poolOrDetached(pool.name());
        Ledger ledger = now != null && now.pool().subnet().equals(pool.subnet())
                ? now.ledger()
                : world.newLedger(pool.subnet(), settings.coolDownMillis());
        Definition definition = new Definition(ledger, pool, next.usable(pool), false);
        pools.put(definition);
        fresh.add(definition);
    }

    private void placeIfReservedOtherwise(Pool pool) {
        Definition kept = before.pool(pool.name());
        if (kept != null && kept.pool().equals(pool) && !kept.usable().equals(next.usable(pool))) {
            place(pool);
        }
    }

    private Definition definitionOf(Pool pool) {
        Definition definition = before.pool(pool.name());
        if (definition == null) {
            throw new IllegalStateException(pool + " is of " + before.catalog() + " and has no definition");
        }
        return definition;
    }

    /** Makes the change, or says what blocks it. */
    UpdateResult make(boolean force, long nowMillis) {
        try (LedgerLocks locks = LedgerLocks.of(affected())) {
            locks.ledgers().forEach(ledger -> ledger.advance(nowMillis));
            ChangePlan plan = plan(before, next, locks);
            if (!(force ? plan.allowedByForce() : plan.allowed())) {
                return new UpdateResult.Blocked(plan);
            }
            define();
            world.strays().advance(nowMillis, settings.coolDownMillis());
            moveCooling();
            world.publish(new Live(next, pools.done(), detached.done()));
            announce();
            return new UpdateResult.Updated(plan);
        }
    }

    private List<Ledger> affected() {
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
        before.detachedPools().forEach(definition -> affected.add(definition.ledger()));
        return affected;
    }

    private void define() {
        for (Definition definition : fresh) {
            world.places().enter(definition.ledger());
            definition.ledger().define(definition);
        }
        for (Definition definition : leaving) {
            if (definition.ledger().records().size() > 0) {
                Definition last = new Definition(definition.ledger(), definition.pool(), definition.usable(), true);
                definition.ledger().define(last);
                detached.put(last);
            } else {
                Retirement.retire(definition, world);
            }
        }
        before.detachedPools().forEach(this::settleDetached);
    }

    /** A detached pool goes on, has come back, or holds nothing and is done with. */
    private void settleDetached(Definition definition) {
        boolean hasComeBack = definition.ledger().definition() != definition;
        if (hasComeBack || definition.ledger().records().size() == 0) {
            detached.remove(definition.pool().name());
        }
        if (!hasComeBack && definition.ledger().records().size() == 0) {
            Retirement.retire(definition, world);
        }
    }

    private void moveCooling() {
        for (Definition definition : fresh) {
            Retirement.keepCooling(definition, definition.pool().addresses(), world.strays());
        }
        for (Definition definition : fresh) {
            definition
                    .ledger()
                    .mergeCooling(world.strays().takeOf(definition.pool().addresses()).stream()
                            .map(StrayCooling.Stray::toCooling)
                            .toList());
        }
    }

    private void announce() {
        EventQueue events = settings.events();
        if (events != null) {
            events.add(new AllocationEvent.Swapped(next.version()));
        }
    }

    /** What a change would mean; the ledgers of pools that change are locked, or under NONE are locked one after the other. */
    static ChangePlan plan(Live before, PoolCatalog next, LedgerLocks locked) {
        return ChangePlan.between(before.catalog(), next, new HeldIn(before, locked));
    }

    /** What is held in the pools of a catalog and in detached ones; the visitor is called without a lock of this call. */
    static HeldAddresses heldIn(Live live) {
        return new HeldIn(live, LedgerLocks.NONE);
    }

    private record HeldIn(Live live, LedgerLocks locked) implements HeldAddresses {
        @Override
        public void forEachHeld(String pool, BiConsumer<Address, String> addressAndOwner) {
            @Nullable Definition definition = live.poolOrDetached(pool);
            if (definition != null) {
                for (HeldText held : locked.read(definition.ledger(), HeldText::of)) {
                    addressAndOwner.accept(held.address(), held.owner());
                }
            }
        }

        @Override
        public Collection<Pool> detached() {
            return live.detachedPools().stream()
                    .filter(definition -> locked.read(
                            definition.ledger(), ledger -> ledger.records().size() > 0))
                    .map(Definition::pool)
                    .toList();
        }
    }
}
