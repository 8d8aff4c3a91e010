package io.ipam.engine;

import io.ipam.allocation.PoolAddresses;
import io.ipam.allocation.PoolUsage;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.AddressesByState;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.swap.CurrentState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The counts of the pools, and the addresses of a pool by state. Cost of counts: O(1) per pool,
 * under its lock. Thread safety: safe; each result is exact at its own moment.
 */
public final class PoolUsages {
    private final CurrentState current;

    PoolUsages(CurrentState current) {
        this.current = current;
    }

    /** {@return the counts of a pool of the catalog or of a detached one} */
    public Optional<PoolUsage> usage(String pool, long clockMillis) {
        return usageAt(pool, current.now(clockMillis));
    }

    /** {@return the counts of a pool, without expiring any cool-down} */
    public Optional<PoolUsage> usage(String pool) {
        return usageAt(pool, Long.MIN_VALUE);
    }

    private Optional<PoolUsage> usageAt(String pool, long nowMillis) {
        while (true) {
            ActiveCatalog active = current.get().active();
            PoolBinding binding = active.poolOrDetached(pool);
            if (binding == null) {
                return Optional.empty();
            }
            PoolUsage usage = usage(active.ledger(binding), nowMillis);
            if (usage != null) {
                return Optional.of(usage);
            }
        }
    }

    /** The counts of a ledger, null if it has ended. */
    private static @Nullable PoolUsage usage(Ledger ledger, long nowMillis) {
        ledger.lock();
        try {
            ledger.advance(nowMillis);
            return ledger.binding() == null ? null : ledger.usage();
        } finally {
            ledger.unlock();
        }
    }

    /** {@return the estimated size of a pool's status text; empty if there is no such pool} */
    public OptionalLong statusBytes(String pool) {
        ActiveCatalog active = current.get().active();
        PoolBinding binding = active.poolOrDetached(pool);
        if (binding == null) {
            return OptionalLong.empty();
        }
        Ledger ledger = active.ledger(binding);
        ledger.lock();
        try {
            return OptionalLong.of(ledger.statusSize().bytes(ledger.records()));
        } finally {
            ledger.unlock();
        }
    }

    /** {@return the addresses by state of a pool of the catalog or of a detached one} */
    public Optional<PoolAddresses> addresses(String pool, long clockMillis) {
        long nowMillis = current.now(clockMillis);
        while (true) {
            ActiveCatalog active = current.get().active();
            PoolBinding binding = active.poolOrDetached(pool);
            if (binding == null) {
                return Optional.empty();
            }
            AddressesByState copy = copy(active.ledger(binding), binding, nowMillis);
            if (copy != null) {
                return Optional.of(copy.toPoolAddresses(active.withheld()));
            }
        }
    }

    /** A copy of a ledger, null if the binding is no longer current. */
    private static @Nullable AddressesByState copy(Ledger ledger, PoolBinding binding, long nowMillis) {
        ledger.lock();
        try {
            ledger.advance(nowMillis);
            return ledger.binding() == binding ? new AddressesByState(ledger) : null;
        } finally {
            ledger.unlock();
        }
    }

    /** {@return the counts of every pool of the catalog, by name} */
    public List<PoolUsage> all(long clockMillis) {
        return current.get().active().catalog().pools().stream()
                .flatMap(pool -> usage(pool.name(), clockMillis).stream())
                .toList();
    }

    /**
     * {@return whether a pool has neither free nor cooling addresses, as of the last change; false
     * if there is no such pool}
     */
    public boolean isExhausted(String pool) {
        ActiveCatalog active = current.get().active();
        PoolBinding binding = active.pools().get(pool);
        return binding != null && active.ledger(binding).isExhausted();
    }
}
