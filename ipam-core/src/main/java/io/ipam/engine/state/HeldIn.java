package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.record.RecordTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The held addresses of one pool that are in a set. Thread safety: none. */
final class HeldIn {
    private final AddressSet addresses;
    private final List<Found> found = new ArrayList<>(0);

    private record Found(long high, long low, Owner owner) {}

    HeldIn(AddressSet addresses) {
        this.addresses = addresses;
    }

    /**
     * Searches the records of a locked ledger; returns the number of addresses found. Cost:
     * O(addresses) or O(held), whichever is less.
     */
    int collect(RecordTable records) {
        if (addresses.size().compareTo(BigInteger.valueOf(records.size())) < 0) {
            collectByAddress(records);
        } else {
            collectByRecord(records);
        }
        return found.size();
    }

    private void collectByRecord(RecordTable records) {
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            if (addresses.rangeIndexOf(records.high(slot), records.low(slot)) >= 0) {
                add(records, slot);
            }
        }
    }

    private void collectByAddress(RecordTable records) {
        for (int range = 0; range < addresses.rangeCount(); range++) {
            // The set is smaller than a table of records. Only the low bits are incremented, with a
            // carry at 64 bits.
            long high = addresses.firstHigh(range);
            long low = addresses.firstLow(range);
            while (true) {
                int slot = records.find(high, low);
                if (slot != RecordTable.NONE) {
                    add(records, slot);
                }
                if (high == addresses.lastHigh(range) && low == addresses.lastLow(range)) {
                    break;
                }
                low++;
                high += low == 0 ? 1 : 0;
            }
        }
    }

    private void add(RecordTable records, int slot) {
        found.add(new Found(records.high(slot), records.low(slot), records.owner(slot)));
    }

    /** Visits the addresses found. No lock is needed. */
    void visit(Family family, BiConsumer<Address, Owner> visitor) {
        found.forEach(one -> visitor.accept(new Address(family, one.high(), one.low()), one.owner()));
    }
}
