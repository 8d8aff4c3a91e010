package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.PoolAddresses;
import io.ipam.bitmap.SetRuns;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.number.Position;
import io.ipam.occupancy.Occupancy;
import io.ipam.pool.Pool;
import io.ipam.record.CoolingQueue;
import io.ipam.record.RecordTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the addresses of one ledger, from which {@link #toPoolAddresses} computes their states
 * without the lock.
 *
 * <p>Cost: a copy of the bitmaps, and an object for each cooling address and each held reserved
 * one. If a reserved address is held, all records are read. Then O(r log r) for r runs of taken
 * addresses. Thread safety: none.
 */
public final class AddressesByState {
    private final PoolBinding binding;
    private final Occupancy ordinary;
    private final @Nullable Occupancy statics;
    /** The cooling addresses that are usable. */
    private final List<AddressRange> cooling = new ArrayList<>();
    /** The marked addresses that are neither held nor cooling; they count as free. */
    private final List<AddressRange> marked = new ArrayList<>();
    /** The held addresses that are not usable. */
    private final List<AddressRange> heldReserved = new ArrayList<>();

    /** Copies a locked ledger, whose pool must not have ended. */
    public AddressesByState(Ledger ledger) {
        LedgerContent content = ledger.content();
        binding = content.binding();
        ordinary = content.ordinary.copy();
        statics = content.statics == null ? null : content.statics.copy();
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

    private void addCooling(LedgerContent content, Ledger ledger) {
        CoolingQueue.Cursor cursor = content.cooling().cursor();
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
     * @param withheld the strays at the moment of the copy
     */
    public PoolAddresses toPoolAddresses(Withheld withheld) {
        Pool pool = binding.pool();
        withheld.in(pool.addresses()).forEach(stray -> heldReserved.add(AddressRange.of(stray.address())));
        AddressSet coolingSet = AddressSet.of(pool.family(), cooling);
        AddressSet unusableHeld = AddressSet.of(pool.family(), heldReserved);
        AddressSet usableHeld = taken(pool.family()).minus(coolingSet).minus(AddressSet.of(pool.family(), marked));
        return new PoolAddresses(
                pool,
                usableHeld.union(unusableHeld),
                coolingSet,
                pool.addresses().minus(binding.usable()).minus(unusableHeld),
                binding.usable().minus(usableHeld).minus(coolingSet));
    }

    /** The usable addresses whose bits are set: held, cooling, or marked. */
    private AddressSet taken(Family family) {
        List<AddressRange> runs = new ArrayList<>();
        addRuns(ordinary, family, runs);
        if (statics != null) {
            addRuns(statics, family, runs);
        }
        return AddressSet.of(family, runs);
    }

    private static void addRuns(Occupancy occupancy, Family family, List<AddressRange> out) {
        SetRuns runs = occupancy.takenRuns();
        Position first = new Position();
        Position last = new Position();
        while (runs.next(first, last)) {
            out.add(new AddressRange(
                    new Address(family, first.high(), first.low()), new Address(family, last.high(), last.low())));
        }
    }
}
