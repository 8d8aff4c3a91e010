package io.ipam.allocation.state;

import io.ipam.address.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets addresses that cool down go with the pool that has them after a change of the catalog: a range that moves from one pool
 * to another is not handed out sooner for it. All ledgers are locked and defined.
 */
final class CoolingMove {
    private final List<Definition> destinations;

    private record Move(Definition to, LedgerReader.Cooling entry) {}

    CoolingMove(List<Definition> destinations) {
        this.destinations = destinations;
    }

    /** Moves what lies in a destination and not in the pool that it is kept for. */
    void from(List<Ledger> sources) {
        List<Move> moves = new ArrayList<>();
        for (Ledger source : sources) {
            collect(source, moves);
        }
        moves.sort(Comparator.comparingLong(move -> move.entry.releasedMillis()));
        for (Move move : moves) {
            LedgerReader.Cooling entry = move.entry;
            if (move.to.ledger().isFree(entry.high(), entry.low())) {
                move.to.ledger().restoreCooling(entry.high(), entry.low(), entry.lastOwner(), entry.releasedMillis());
            }
        }
    }

    private void collect(Ledger source, List<Move> moves) {
        CoolingQueue.Cursor cursor = source.coolingQueue().cursor();
        while (cursor.next()) {
            Address address = source.address(cursor.high(), cursor.low());
            Definition to = isOf(source.definition(), address) ? null : destination(address);
            if (to != null) {
                moves.add(new Move(to, Ledger.entryAt(cursor)));
                source.dropCooling(cursor);
            }
        }
    }

    /** Whether the address is of the pool that the ledger is for; what a pool that is gone has is nobody's. */
    private static boolean isOf(@Nullable Definition definition, Address address) {
        return definition != null
                && !definition.isDetached()
                && definition.pool().addresses().contains(address);
    }

    private @Nullable Definition destination(Address address) {
        for (Definition definition : destinations) {
            if (definition.usable().contains(address)) {
                return definition;
            }
        }
        return null;
    }
}
