package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a snapshot in two steps: the columns are copied while every ledger is locked, the records are made when none is. Thread
 * safety: none, made for one snapshot.
 */
final class SnapshotTaker {
    private final long lastGeneration;
    private final List<Copy> copies = new ArrayList<>();

    private record Copy(
            Definition definition,
            Optional<Address> lastGranted,
            RecordColumns held,
            List<PoolSnapshot.Cooling> cooling) {}

    /** Copies ledgers that are all locked. */
    SnapshotTaker(long lastGeneration, List<Ledger> ledgers, long nowMillis) {
        this.lastGeneration = lastGeneration;
        for (Ledger ledger : ledgers) {
            ledger.advance(nowMillis);
            Definition definition = ledger.definition();
            if (definition != null && (!ledger.isEmpty() || ledger.lastGranted().isPresent())) {
                copies.add(new Copy(
                        definition, ledger.lastGranted(), ledger.records().copy(), cooling(ledger)));
            }
        }
    }

    /** The snapshot. No lock is needed. */
    StateSnapshot snapshot() {
        return new StateSnapshot(
                lastGeneration, copies.stream().map(SnapshotTaker::toPool).toList());
    }

    private static PoolSnapshot toPool(Copy copy) {
        Pool pool = copy.definition.pool();
        return new PoolSnapshot(
                pool.name(),
                copy.definition.isDetached() ? Optional.of(pool) : Optional.empty(),
                copy.lastGranted,
                held(pool.family(), copy.held),
                copy.cooling);
    }

    private static List<PoolSnapshot.Held> held(Family family, RecordColumns columns) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        for (int slot = 0; slot < columns.slotBound(); slot++) {
            Owner owner = columns.owner(slot);
            if (owner != null) {
                Address address = new Address(family, columns.high(slot), columns.low(slot));
                held.add(new PoolSnapshot.Held(address, owner, columns.interfaceName(slot), columns.generation(slot)));
            }
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
