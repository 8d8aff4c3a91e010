package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.pool.Pool;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordColumns;
import io.ipam.record.RecordTable;
import io.ipam.record.UnpooledCooling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot in two steps: it copies the columns while the ledgers are locked, and creates
 * the records when none is. Thread safety: none, made for one snapshot under the swap lock.
 */
public final class SnapshotTaker {
    private final long lastGeneration;
    private final Withheld withheld;
    private final List<Copy> copies = new ArrayList<>();
    /**
     * The unpooled cooling addresses by their last pool, without those of pools in {@link #copies}.
     */
    private final Map<String, List<PoolSnapshot.Cooling>> unpooled = new HashMap<>();

    private record Copy(
            PoolBinding binding,
            @Nullable Address lastGranted,
            RecordColumns held,
            List<PoolSnapshot.Cooling> cooling) {}

    /** Copies everything. Requests wait meanwhile. */
    public static SnapshotTaker ofState(EngineState state, long nowMillis) {
        ActiveCatalog active = state.active();
        return copyLocked(state, active.withheld(), active.ledgers(), one -> true, nowMillis);
    }

    /** Copies the part of one pool, which may be removed. Requests on other pools continue. */
    public static SnapshotTaker ofPool(EngineState state, String pool, long nowMillis) {
        ActiveCatalog active = state.active();
        PoolBinding binding = active.poolOrDetached(pool);
        List<Ledger> ledgers = binding == null ? List.of() : List.of(active.ledger(binding));
        Withheld withheld = active.withheld().notedIn(pool);
        return copyLocked(state, withheld, ledgers, one -> one.pool().equals(pool), nowMillis);
    }

    private static SnapshotTaker copyLocked(
            EngineState state,
            Withheld withheld,
            List<Ledger> ledgers,
            Predicate<UnpooledCooling.Unpooled> isCopied,
            long nowMillis) {
        LockScope scope = LockScope.of(ledgers);
        scope.lock();
        try {
            UnpooledCooling unpooled = state.unpooled();
            unpooled.advance(nowMillis, state.settings().coolDownMillis());
            List<UnpooledCooling.Unpooled> copied =
                    unpooled.all().stream().filter(isCopied).toList();
            return new SnapshotTaker(state.lastGeneration(), withheld, copied, ledgers, nowMillis);
        } finally {
            scope.unlock();
        }
    }

    /** Copies locked ledgers. */
    private SnapshotTaker(
            long lastGeneration,
            Withheld withheld,
            List<UnpooledCooling.Unpooled> unpooledCooling,
            List<Ledger> ledgers,
            long nowMillis) {
        this.lastGeneration = lastGeneration;
        this.withheld = withheld;
        for (UnpooledCooling.Unpooled one : unpooledCooling) {
            unpooled.computeIfAbsent(one.pool(), pool -> new ArrayList<>())
                    .add(new PoolSnapshot.Cooling(
                            one.address(), one.lastOwner(), Instant.ofEpochMilli(one.releasedMillis())));
        }
        for (Ledger ledger : ledgers) {
            ledger.advance(nowMillis);
            boolean isBlank = ledger.records().size() == 0
                    && ledger.content().cooling().size() == 0
                    && ledger.lastGranted() == null;
            if (!isBlank) {
                copy(ledger.content().binding(), ledger);
            }
        }
    }

    private void copy(PoolBinding binding, Ledger ledger) {
        String pool = binding.pool().name();
        List<PoolSnapshot.Cooling> cooling = unpooled.getOrDefault(pool, new ArrayList<>());
        cooling.addAll(cooling(ledger));
        if (binding.isDetached() && ledger.records().size() == 0) {
            // The pool ends as soon as the swap lock is free. Its cooling addresses do not depend
            // on it.
            unpooled.put(pool, cooling);
            return;
        }
        unpooled.remove(pool);
        copies.add(new Copy(binding, ledger.lastGranted(), ledger.records().copy(), cooling));
    }

    private static List<PoolSnapshot.Cooling> cooling(Ledger ledger) {
        CoolingQueue queue = ledger.content().cooling();
        List<PoolSnapshot.Cooling> cooling = new ArrayList<>(queue.size());
        CoolingQueue.Cursor cursor = queue.cursor();
        while (cursor.next()) {
            cooling.add(new PoolSnapshot.Cooling(
                    ledger.address(cursor.high(), cursor.low()),
                    cursor.lastOwner(),
                    Instant.ofEpochMilli(cursor.stampMillis())));
        }
        return cooling;
    }

    /** The snapshot. No lock is needed. */
    public StateSnapshot snapshot() {
        List<PoolSnapshot> pools = new ArrayList<>();
        copies.forEach(copy -> pools.add(toPool(copy)));
        unpooled.forEach((pool, cooling) -> {
            if (!cooling.isEmpty()) {
                pools.add(new PoolSnapshot(pool, Optional.empty(), Optional.empty(), List.of(), cooling));
            }
        });
        return new StateSnapshot(lastGeneration, pools, List.copyOf(withheld.all()), withheld.closedPools());
    }

    private static PoolSnapshot toPool(Copy copy) {
        Pool pool = copy.binding.pool();
        return new PoolSnapshot(
                pool.name(),
                copy.binding.isDetached() ? Optional.of(pool) : Optional.empty(),
                Optional.ofNullable(copy.lastGranted),
                held(pool, copy.held),
                copy.cooling);
    }

    private static List<PoolSnapshot.Held> held(Pool pool, RecordColumns columns) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (int slot = columns.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = columns.nextUsed(slot)) {
            Address address = new Address(pool.family(), columns.high(slot), columns.low(slot));
            held.add(new PoolSnapshot.Held(
                    address, columns.owner(slot), columns.interfaceName(slot), columns.generation(slot)));
        }
        return held;
    }
}
