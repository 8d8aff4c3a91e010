package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.record.RecordColumns;
import io.ipam.record.RecordTable;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The addresses in use in the pools of a state, detached ones included. Each pool is copied under
 * its lock when it is visited, so that the visitor runs without the lock, unless its caller holds
 * it.
 *
 * <p>Thread safety: safe.
 */
public final class HeldReader implements HeldAddresses {
    private final Supplier<ActiveCatalog> active;

    /** Reads the catalog that is current at each call. */
    public HeldReader(Supplier<ActiveCatalog> active) {
        this.active = active;
    }

    @Override
    public void forEachHeld(String pool, BiConsumer<Address, Owner> visitor) {
        ActiveCatalog now = active.get();
        PoolBinding binding = now.poolOrDetached(pool);
        if (binding != null) {
            Ledger ledger = now.ledger(binding);
            RecordColumns records = locked(ledger, at -> at.records().copy());
            for (int slot = records.nextUsed(RecordTable.NONE);
                    slot != RecordTable.NONE;
                    slot = records.nextUsed(slot)) {
                visitor.accept(ledger.address(records.high(slot), records.low(slot)), records.owner(slot));
            }
        }
    }

    /**
     * Cost: O(held), or O(addresses) if they are fewer; creates objects only for visited addresses.
     */
    @Override
    public void forEachHeldIn(String pool, AddressSet addresses, BiConsumer<Address, Owner> visitor) {
        ActiveCatalog now = active.get();
        PoolBinding binding = now.poolOrDetached(pool);
        if (binding != null) {
            Ledger ledger = now.ledger(binding);
            HeldIn found = new HeldIn(addresses);
            locked(ledger, at -> found.collect(at.records()));
            found.visit(binding.pool().family(), visitor);
        }
    }

    @Override
    public void forEachStrayIn(String pool, AddressSet addresses, BiConsumer<Address, String> visitor) {
        for (Stray stray : active.get().withheld().in(addresses)) {
            if (!Withheld.isAdoptedBy(pool, stray)) {
                visitor.accept(stray.address(), stray.holder());
            }
        }
    }

    /**
     * The holder of an address, a stray included; empty if it is not held. Cost: the searches of
     * {@link ActiveCatalog} and {@link Withheld} by address.
     */
    public Optional<HeldAddress> holder(Address address) {
        ActiveCatalog now = active.get();
        Stray stray = now.withheld().get(address);
        if (stray != null) {
            return Optional.of(HeldAddress.of(stray));
        }
        PoolBinding binding = now.poolOf(address);
        return binding == null ? Optional.empty() : locked(now.ledger(binding), ledger -> holder(ledger, address));
    }

    private static Optional<HeldAddress> holder(Ledger ledger, Address address) {
        int slot = ledger.records().find(address.high(), address.low());
        return slot == RecordTable.NONE
                ? Optional.empty()
                : Optional.of(ledger.recordOf(slot).toHeldAddress());
    }

    @Override
    public boolean isClosed(String pool) {
        return active.get().withheld().closedPools().contains(pool);
    }

    @Override
    public Collection<Pool> detached() {
        ActiveCatalog now = active.get();
        return now.detached().all().stream()
                .filter(binding ->
                        locked(now.ledger(binding), ledger -> ledger.records().size()) > 0)
                .map(PoolBinding::pool)
                .toList();
    }

    private static <R> R locked(Ledger ledger, Function<Ledger, R> reader) {
        ledger.lock();
        try {
            return reader.apply(ledger);
        } finally {
            ledger.unlock();
        }
    }
}
