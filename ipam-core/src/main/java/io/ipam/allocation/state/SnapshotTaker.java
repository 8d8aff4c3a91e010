package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a snapshot in two steps: the columns are copied while every ledger is locked, the records are made when none is. Thread
 * safety: none, made for one snapshot.
 */
final class SnapshotTaker {
    private final long lastGeneration;
    private final List<Copy> copies = new ArrayList<>();

    /** By the pool that they were of; those of a pool in {@link #copies} are there. */
    private final Map<String, List<PoolSnapshot.Cooling>> strayCooling = new HashMap<>();

    private record Copy(
            String pool,
            Optional<Pool> detached,
            Family family,
            Optional<Address> lastGranted,
            RecordColumns held,
            List<PoolSnapshot.Cooling> cooling) {}

    /** Copies ledgers that are all locked, and what cools down without a pool. */
    SnapshotTaker(long lastGeneration, List<Ledger> ledgers, List<StrayCooling.Stray> strays, long nowMillis) {
        this.lastGeneration = lastGeneration;
        for (StrayCooling.Stray stray : strays) {
            strayCooling
                    .computeIfAbsent(stray.pool(), pool -> new ArrayList<>())
                    .add(new PoolSnapshot.Cooling(
                            stray.address(), stray.lastOwner(), Instant.ofEpochMilli(stray.releasedMillis())));
        }
        for (Ledger ledger : ledgers) {
            ledger.advance(nowMillis);
            Definition definition = ledger.definition();
            boolean isBlank = ledger.records().size() == 0
                    && ledger.coolingQueue().size() == 0
                    && ledger.lastGranted().isEmpty();
            if (definition != null && !isBlank) {
                copy(definition, ledger);
            }
        }
    }

    private void copy(Definition definition, Ledger ledger) {
        String pool = definition.pool().name();
        List<PoolSnapshot.Cooling> cooling = strayCooling.getOrDefault(pool, new ArrayList<>());
        cooling.addAll(cooling(ledger));
        if (definition.isDetached() && ledger.records().size() == 0) {
            // It has just become empty and is as good as gone; what cools down in it does not need it.
            strayCooling.put(pool, cooling);
            return;
        }
        strayCooling.remove(pool);
        copies.add(new Copy(
                pool,
                definition.isDetached() ? Optional.of(definition.pool()) : Optional.empty(),
                definition.pool().family(),
                ledger.lastGranted(),
                ledger.records().copy(),
                cooling));
    }

    /** The snapshot. No lock is needed. */
    StateSnapshot snapshot() {
        List<PoolSnapshot> pools = new ArrayList<>();
        copies.stream().map(SnapshotTaker::toPool).forEach(pools::add);
        strayCooling.forEach((pool, cooling) -> {
            if (!cooling.isEmpty()) {
                pools.add(new PoolSnapshot(pool, Optional.empty(), Optional.empty(), List.of(), cooling));
            }
        });
        return new StateSnapshot(lastGeneration, pools);
    }

    private static PoolSnapshot toPool(Copy copy) {
        return new PoolSnapshot(copy.pool, copy.detached, copy.lastGranted, held(copy.family, copy.held), copy.cooling);
    }

    private static List<PoolSnapshot.Held> held(Family family, RecordColumns columns) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (int slot = columns.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = columns.nextUsed(slot)) {
            Address address = new Address(family, columns.high(slot), columns.low(slot));
            held.add(new PoolSnapshot.Held(
                    address, columns.owner(slot), columns.interfaceName(slot), columns.generation(slot)));
        }
        return held;
    }

    private static List<PoolSnapshot.Cooling> cooling(Ledger ledger) {
        List<PoolSnapshot.Cooling> cooling =
                new ArrayList<>(ledger.coolingQueue().size());
        CoolingQueue.Cursor cursor = ledger.coolingQueue().cursor();
        while (cursor.next()) {
            cooling.add(new PoolSnapshot.Cooling(
                    ledger.address(cursor.high(), cursor.low()),
                    cursor.lastOwner(),
                    Instant.ofEpochMilli(cursor.stampMillis())));
        }
        return cooling;
    }
}
