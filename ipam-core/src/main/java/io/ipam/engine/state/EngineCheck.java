package io.ipam.engine.state;

import io.ipam.engine.decision.PoolBinding;
import io.ipam.occupancy.SeenAddresses;
import io.ipam.owner.Owner;
import io.ipam.record.OwnerTable;
import io.ipam.record.RecordTable;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks every invariant of a state in which everything is locked. Over all pools, an address is
 * held or cooling at most once. An unpooled cooling address must be in no pool.
 *
 * <p>Cost: O(held + cooling + pools), and O(held log held) for generations. Thread safety: none,
 * made for one check.
 */
public final class EngineCheck {
    private final EngineState state;
    private final List<Ledger> ledgers;

    EngineCheck(EngineState state, List<Ledger> ledgers) {
        this.state = state;
        this.ledgers = ledgers;
    }

    /** Every broken invariant of a state, whose locks are acquired for the check. */
    public static List<String> lockedCheck(EngineState state) {
        List<String> broken = new ArrayList<>();
        List<Ledger> ledgers = state.active().ledgers();
        LockScope scope = LockScope.of(ledgers);
        state.lockStripes();
        scope.lock();
        try {
            new EngineCheck(state, ledgers).check(broken);
        } finally {
            scope.unlock();
            state.unlockStripes();
        }
        return broken;
    }

    void check(List<String> broken) {
        SeenAddresses taken = new SeenAddresses();
        long held = 0;
        for (Ledger ledger : ledgers) {
            LedgerCheck.check(ledger, state, taken, broken);
            held += ledger.records().size();
        }
        unpooled(taken, broken);
        bindings(broken);
        long listed = 0;
        for (Stripe stripe : state.stripes()) {
            listed += listed(stripe, broken);
        }
        if (held != listed) {
            broken.add("LISTED: " + held + " records, and " + listed + " in the lists of owners");
        }
        generations(broken);
    }

    private void unpooled(SeenAddresses taken, List<String> broken) {
        for (UnpooledCooling.Unpooled one : state.unpooled().all()) {
            if (!taken.add(one.address())) {
                broken.add("TAKEN-ONCE: " + one.address() + " cools down without a pool, but is taken in one");
            }
            PoolBinding pool = state.active().poolOf(one.address());
            if (pool != null) {
                broken.add("UNPOOLED: " + one.address() + " cools down without a pool and is in " + pool);
            }
        }
    }

    /** Every pool has one ledger, which has its binding and no other pool's. */
    private void bindings(List<String> broken) {
        ActiveCatalog active = state.active();
        Set<Ledger> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (PoolBinding binding : active.all()) {
            Ledger ledger = active.ledgerOrNull(binding.number());
            boolean isFirst = ledger != null && seen.add(ledger);
            if (ledger == null || ledger.binding() != binding || !isFirst) {
                broken.add("BOUND: " + binding + " on " + ledger + ", which has "
                        + (ledger == null ? null : ledger.binding()));
            }
            if (ledger != null && ledger.number() != binding.number()) {
                broken.add("NUMBERED: " + ledger + " is at number " + binding.number());
            }
            if (active.poolOrDetached(binding.pool().name()) != binding) {
                broken.add("BOUND: " + binding + " is not found by its name");
            }
        }
        if (active.pools().size() != active.catalog().pools().size()
                || seen.size() != active.ledgers().size()) {
            broken.add("BOUND: " + active.pools().size() + " bindings and "
                    + active.ledgers().size() + " ledgers of " + active.catalog());
        }
    }

    private long listed(Stripe stripe, List<String> broken) {
        OwnerTable owners = stripe.owners();
        long listed = 0;
        for (int entry = owners.nextEntry(OwnerTable.NONE); entry != OwnerTable.NONE; entry = owners.nextEntry(entry)) {
            listed += listed(stripe, owners.firstOf(entry), broken);
        }
        return listed;
    }

    private long listed(Stripe stripe, int first, List<String> broken) {
        OwnerTable owners = stripe.owners();
        Owner owner = ownerOf(owners, first);
        if (owner == null) {
            broken.add("LISTED: slot " + owners.slot(first) + " of pool " + owners.pool(first)
                    + " is in a list, and holds no record");
            return 0;
        }
        int hash = state.hashOf(owner);
        if (state.stripeOf(hash) != stripe || owners.first(owner, hash) != first) {
            broken.add("FOUND: " + owner + " is in a stripe or place where no search finds it");
            return 0;
        }
        long listed = 0;
        for (int link = first; link != OwnerTable.NONE; link = owners.next(link)) {
            listed++;
            Owner other = ownerOf(owners, link);
            if (other == null || !other.isSameAs(owner)) {
                broken.add("LISTED: slot " + owners.slot(link) + " of pool " + owners.pool(link) + " in the list of "
                        + owner);
            }
        }
        return listed;
    }

    /** The owner of a record in a list, null if there is no such record. */
    private @Nullable Owner ownerOf(OwnerTable owners, int link) {
        Ledger ledger = state.active().ledgerOrNull(owners.pool(link));
        int slot = owners.slot(link);
        return ledger != null && ledger.records().isUsed(slot)
                ? ledger.records().owner(slot)
                : null;
    }

    private void generations(List<String> broken) {
        long last = state.lastGeneration();
        long[] sorted = ledgers.stream()
                .map(Ledger::records)
                .flatMapToLong(records -> IntStream.iterate(
                                records.nextUsed(RecordTable.NONE), slot -> slot != RecordTable.NONE, records::nextUsed)
                        .mapToLong(records::generation))
                .sorted()
                .toArray();
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= 0 || sorted[i] > last) {
                broken.add("GENERATIONS-GIVEN: " + sorted[i] + " is not in 1 to " + last);
            }
            if (i > 0 && sorted[i] == sorted[i - 1]) {
                broken.add("GENERATIONS-DIFFER: " + sorted[i] + " twice");
            }
        }
    }
}
