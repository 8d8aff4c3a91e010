package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.occupancy.SeenAddresses;
import io.ipam.owner.Owner;
import io.ipam.record.CoolingQueue;
import io.ipam.record.OwnerTable;
import io.ipam.record.RecordTable;
import java.util.List;

/**
 * Checks the invariants of one ledger, and those that it shares with the owner table, whose stripes
 * are locked, too. Every broken invariant is reported as a sentence with both values.
 */
final class LedgerCheck {
    private final Ledger ledger;
    private final List<String> broken;
    private final SeenAddresses taken;
    private int heldReserved;
    private int coolingUsable;

    private LedgerCheck(Ledger ledger, SeenAddresses taken, List<String> broken) {
        this.ledger = ledger;
        this.taken = taken;
        this.broken = broken;
    }

    /**
     * Adds the broken invariants of a locked ledger. Its taken addresses must not be taken in an
     * earlier one. Cost: O(held + cooling).
     */
    static void check(Ledger ledger, EngineState state, SeenAddresses taken, List<String> broken) {
        LedgerCheck check = new LedgerCheck(ledger, taken, broken);
        check.records(state);
        check.cooling();
        check.counts();
        check.bits();
        check.bitmap();
    }

    private void records(EngineState state) {
        RecordTable records = ledger.records();
        int used = 0;
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            used++;
            record(slot, state);
        }
        expect(used == records.size(), "RECORDS-COUNTED: " + used + " records, counted " + records.size());
    }

    private void record(int slot, EngineState state) {
        RecordTable records = ledger.records();
        long high = records.high(slot);
        long low = records.low(slot);
        Address address = ledger.address(high, low);
        expect(taken.add(address), "HELD-ONCE: " + address + " has two records, here or in another pool");
        expect(
                records.find(high, low) == slot,
                "INDEXED: " + address + " in slot " + slot + ", found in " + records.find(high, low));
        PoolBinding binding = ledger.binding();
        expect(
                binding != null && binding.pool().addresses().contains(address),
                "IN-POOL: " + address + " is held and not in " + binding);
        if (ledger.content().isUsable(high, low)) {
            expect(!ledger.content().isFree(high, low), "BITS-ARE-TAKEN: " + address + " is held and free");
        } else {
            heldReserved++;
        }
        Owner owner = records.owner(slot);
        expect(
                isListed(state.stripeOf(state.hashOf(owner)).owners(), owner, state.hashOf(owner), slot),
                "LISTED: " + address + " is not in the list of " + owner);
    }

    private boolean isListed(OwnerTable owners, Owner owner, int hash, int slot) {
        int times = 0;
        for (int link = owners.first(owner, hash); link != OwnerTable.NONE; link = owners.next(link)) {
            times += owners.pool(link) == ledger.number() && owners.slot(link) == slot ? 1 : 0;
        }
        return times == 1;
    }

    private void cooling() {
        CoolingQueue.Cursor cursor = ledger.content().cooling().cursor();
        long before = Long.MIN_VALUE;
        int seen = 0;
        while (cursor.next()) {
            seen++;
            Address address = ledger.address(cursor.high(), cursor.low());
            PoolBinding binding = ledger.binding();
            expect(
                    binding != null && binding.pool().addresses().contains(address),
                    "COOLING-IN-POOL: " + address + " cools down and is not in " + binding);
            expect(
                    taken.add(address),
                    "TAKEN-ONCE: " + address + " cools down and is held or cools down again, here or in another pool");
            expect(
                    cursor.stampMillis() >= before,
                    "STAMPS-ASCEND: " + address + " at " + cursor.stampMillis() + " after " + before);
            before = cursor.stampMillis();
            if (ledger.content().isUsable(cursor.high(), cursor.low())) {
                coolingUsable++;
                expect(
                        !ledger.content().isFree(cursor.high(), cursor.low()),
                        "BITS-ARE-TAKEN: " + address + " cools down and is free");
            }
        }
        expect(
                seen == ledger.content().cooling().size(),
                "COOLING-COUNTED: " + seen + " cooling, counted "
                        + ledger.content().cooling().size());
    }

    private void counts() {
        expect(
                heldReserved == ledger.content().heldReserved,
                "COUNTS-FIT: " + heldReserved + " held and reserved, counted " + ledger.content().heldReserved);
        expect(
                coolingUsable == ledger.cooling(),
                "COUNTS-FIT: " + coolingUsable + " cooling and usable, counted " + ledger.cooling());
    }

    /**
     * Checks that the number of set bits equals the number of held, cooling, and marked addresses:
     * no other bit is set.
     */
    private void bits() {
        long bits = ledger.content().takenBits();
        long marked = ledger.marks().stream()
                .filter(mark -> ledger.coolingAt(mark) == null)
                .count();
        long expected = (long) ledger.records().size() - heldReserved + coolingUsable + marked;
        expect(bits == expected, "BITS-ARE-TAKEN: " + bits + " bits for " + expected + " taken addresses");
    }

    private void bitmap() {
        try {
            ledger.content().verify();
        } catch (IllegalStateException e) {
            broken.add(ledger + ": " + e.getMessage());
        }
    }

    private void expect(boolean holds, String sentence) {
        if (!holds) {
            broken.add(ledger + ": " + sentence);
        }
    }
}
