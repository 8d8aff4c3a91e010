package io.ipam.engine.swap;

import io.ipam.address.AddressSet;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.Ledger;
import io.ipam.record.Cooling;
import io.ipam.record.CoolingQueue;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The move of cooling addresses between pools in a catalog update. A cooling address keeps cooling,
 * regardless of its next pool. Addresses that leave a pool become unpooled, and each defined pool
 * gets the unpooled addresses that it contains.
 *
 * <p>It changes only copies, except that it removes expired entries. Thread safety: none, made for
 * one update.
 */
final class CoolingMove {
    private UnpooledCooling unpooled;
    private boolean isCopy;
    /** The remaining entries of each ledger; absent if all of them remain. */
    private final IdentityHashMap<Ledger, List<Cooling>> staying = new IdentityHashMap<>();

    CoolingMove(UnpooledCooling before, long nowMillis, long coolDownMillis) {
        before.advance(nowMillis, coolDownMillis);
        unpooled = before;
    }

    /** The cooling addresses that no pool has after the update. */
    UnpooledCooling unpooled() {
        return unpooled;
    }

    /** The unpooled addresses to change: a copy, made for the first change. */
    private UnpooledCooling copy() {
        if (!isCopy) {
            unpooled = unpooled.copy();
            isCopy = true;
        }
        return unpooled;
    }

    /** Moves the entries of a ledger that are outside a set. */
    void takeFrom(Ledger ledger, AddressSet kept) {
        PoolBinding binding = ledger.content().binding();
        List<Cooling> stay = new ArrayList<>();
        CoolingQueue.Cursor cursor = ledger.content().cooling().cursor();
        while (cursor.next()) {
            if (kept.rangeIndexOf(cursor.high(), cursor.low()) >= 0) {
                stay.add(cursor.entry());
            } else {
                Cooling entry = cursor.entry();
                copy().put(new UnpooledCooling.Unpooled(
                        binding.pool().name(),
                        ledger.address(entry.high(), entry.low()),
                        entry.lastOwner(),
                        entry.releasedMillis()));
            }
        }
        if (stay.size() < ledger.content().cooling().size()) {
            staying.put(ledger, stay);
        }
    }

    /** The queue of a ledger for a pool with these addresses: the present one if nothing moves. */
    CoolingQueue queueFor(Ledger ledger, AddressSet addresses) {
        List<UnpooledCooling.Unpooled> more = unpooled.hasAnyOf(addresses) ? copy().takeOf(addresses) : List.of();
        boolean isNew = ledger.binding() == null;
        if (!isNew && more.isEmpty() && !staying.containsKey(ledger)) {
            return ledger.content().cooling();
        }
        List<Cooling> all = isNew ? new ArrayList<>() : staying.getOrDefault(ledger, entries(ledger));
        more.forEach(one -> all.add(one.toCooling()));
        all.sort(Comparator.comparingLong(Cooling::releasedMillis));
        CoolingQueue queue = ledger.newCoolingQueue();
        all.forEach(entry -> queue.add(entry.high(), entry.low(), entry.lastOwner(), entry.releasedMillis()));
        return queue;
    }

    private static List<Cooling> entries(Ledger ledger) {
        List<Cooling> entries = new ArrayList<>();
        CoolingQueue.Cursor cursor = ledger.content().cooling().cursor();
        while (cursor.next()) {
            entries.add(cursor.entry());
        }
        return entries;
    }
}
