package io.ipam.allocation.state;

import io.ipam.address.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * A held address and who holds it, in words.
 *
 * @param address the address
 * @param owner its holder
 */
record HeldText(Address address, String owner) {
    /** All of a ledger that is locked. */
    static List<HeldText> of(Ledger ledger) {
        List<HeldText> held = new ArrayList<>();
        RecordTable records = ledger.records();
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            held.add(new HeldText(
                    ledger.address(records.high(slot), records.low(slot)),
                    records.owner(slot).toString()));
        }
        return held;
    }
}
