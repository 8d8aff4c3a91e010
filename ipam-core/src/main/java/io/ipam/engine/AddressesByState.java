package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.PoolAddresses;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import io.ipam.pool.Pool;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A copy of the taken addresses of one ledger, from which {@link #toPoolAddresses} computes the
 * states of all addresses without the lock.
 *
 * <p>Cost: O(r) objects for r runs of taken addresses, cooling addresses, and held reserved ones;
 * reads all records if a reserved address is held. Thread safety: none.
 */
final class AddressesByState {
    private final PoolBinding binding;
    /** The usable addresses whose bits are set: held, cooling, or marked. */
    private final List<AddressRange> taken = new ArrayList<>();
    /** The cooling addresses that are usable. */
    private final List<AddressRange> cooling = new ArrayList<>();
    /** The marked addresses that are neither held nor cooling; they count as free. */
    private final List<AddressRange> marked = new ArrayList<>();
    /** The held addresses that are not usable. */
    private final List<AddressRange> heldReserved = new ArrayList<>();

    /** Copies a locked ledger, whose pool must not have ended. */
    AddressesByState(Ledger ledger) {
        LedgerContent content = ledger.content();
        binding = content.binding;
        addTaken(content.ordinary, ledger);
        if (content.statics != null) {
            addTaken(content.statics, ledger);
        }
        addCooling(content, ledger);
        for (Address mark : ledger.marks()) {
            if (ledger.heldAt(mark) == null && ledger.coolingAt(mark) == null) {
                marked.add(AddressRange.of(mark));
            }
        }
        if (content.heldReserved > 0) {
            addHeldReserved(content, ledger);
        }
    }

    private void addTaken(Occupancy occupancy, Ledger ledger) {
        var runs = occupancy.takenRuns();
        Position first = new Position();
        Position last = new Position();
        while (runs.next(first, last)) {
            taken.add(new AddressRange(
                    ledger.address(first.high(), first.low()), ledger.address(last.high(), last.low())));
        }
    }

    private void addCooling(LedgerContent content, Ledger ledger) {
        CoolingQueue.Cursor cursor = content.cooling.cursor();
        while (cursor.next()) {
            if (content.isUsable(cursor.high(), cursor.low())) {
                cooling.add(AddressRange.of(ledger.address(cursor.high(), cursor.low())));
            }
        }
    }

    private void addHeldReserved(LedgerContent content, Ledger ledger) {
        RecordTable records = ledger.records();
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            if (!content.isUsable(records.high(slot), records.low(slot))) {
                heldReserved.add(AddressRange.of(ledger.address(records.high(slot), records.low(slot))));
            }
        }
    }

    /**
     * The states of all addresses.
     *
     * @param strays the strays among the addresses of the pool, at the moment of the copy
     */
    PoolAddresses toPoolAddresses(Collection<Stray> strays) {
        Pool pool = binding.pool();
        strays.forEach(stray -> heldReserved.add(AddressRange.of(stray.address())));
        AddressSet coolingSet = AddressSet.of(pool.family(), cooling);
        AddressSet unusableHeld = AddressSet.of(pool.family(), heldReserved);
        AddressSet usableHeld =
                AddressSet.of(pool.family(), taken).minus(coolingSet).minus(AddressSet.of(pool.family(), marked));
        return new PoolAddresses(
                pool,
                usableHeld.union(unusableHeld),
                coolingSet,
                pool.addresses().minus(binding.usable()).minus(unusableHeld),
                binding.usable().minus(usableHeld).minus(coolingSet));
    }
}
