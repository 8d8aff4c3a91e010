package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks every invariant of a world in which everything is locked, those between pools included: an address is held once or cools
 * down once in all of them, and what cools down without a pool is of none.
 *
 * <p>Cost: O(held + cooling + pools), and O(held log held) for generations. Thread safety: none, made for one check.
 */
final class WorldCheck {
    private final World world;
    private final List<Ledger> ledgers;
    private final Set<Ledger> known = Collections.newSetFromMap(new IdentityHashMap<>());

    WorldCheck(World world, List<Ledger> ledgers) {
        this.world = world;
        this.ledgers = ledgers;
        known.addAll(ledgers);
    }

    void check(List<String> broken) {
        SeenAddresses taken = new SeenAddresses();
        long held = 0;
        for (Ledger ledger : ledgers) {
            LedgerCheck.check(ledger, world, taken, broken);
            held += ledger.records().size();
        }
        strays(taken, broken);
        definitions(broken);
        long listed = 0;
        for (Stripe stripe : world.stripes()) {
            listed += listed(stripe, broken);
        }
        if (held != listed) {
            broken.add("LISTED: " + held + " records, and " + listed + " in the lists of owners");
        }
        generations(broken);
    }

    private void strays(SeenAddresses taken, List<String> broken) {
        for (StrayCooling.Stray stray : world.strays().all()) {
            if (!taken.add(stray.address())) {
                broken.add("TAKEN-ONCE: " + stray.address() + " cools down without a pool and is taken in one");
            }
            Definition pool = world.live().poolOf(stray.address());
            if (pool != null) {
                broken.add("STRAY: " + stray.address() + " cools down without a pool and is of " + pool);
            }
        }
    }

    /** Every pool has one ledger, which has its definition and no other pool's. */
    private void definitions(List<String> broken) {
        Live live = world.live();
        Set<Ledger> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Definition definition : live.all()) {
            if (definition.ledger().definition() != definition || !seen.add(definition.ledger())) {
                broken.add("DEFINED: " + definition + " on " + definition.ledger() + ", which has "
                        + definition.ledger().definition());
            }
            if (world.places().at(definition.ledger().place()) != definition.ledger()) {
                broken.add("PLACED: " + definition.ledger() + " is not in its place "
                        + definition.ledger().place());
            }
            if (live.poolOrDetached(definition.pool().name()) != definition) {
                broken.add("DEFINED: " + definition + " is not found by its name");
            }
        }
        if (live.pools().size() != live.catalog().pools().size()) {
            broken.add("DEFINED: " + live.pools().size() + " definitions of " + live.catalog());
        }
    }

    private long listed(Stripe stripe, List<String> broken) {
        OwnerTable owners = stripe.owners();
        long listed = 0;
        for (int entry = 0; entry < owners.entryBound(); entry++) {
            int first = owners.firstLinkIn(entry);
            if (first != OwnerTable.NONE) {
                listed += listed(stripe, first, broken);
            }
        }
        return listed;
    }

    private long listed(Stripe stripe, int first, List<String> broken) {
        OwnerTable owners = stripe.owners();
        Owner owner = ownerOf(owners, first);
        if (owner == null) {
            broken.add("LISTED: slot " + owners.slot(first) + " of " + owners.ledgerIfAny(first)
                    + " is in a list, and holds no record");
            return 0;
        }
        if (world.stripeOf(owner) != stripe || owners.firstLink(owner) != first) {
            broken.add("FOUND: " + owner + " is in a stripe or place where it is not looked for");
            return 0;
        }
        long listed = 0;
        for (int link = first; link != OwnerTable.NONE; link = owners.nextLink(link)) {
            listed++;
            Owner other = ownerOf(owners, link);
            if (other == null || !other.isSameAs(owner)) {
                broken.add("LISTED: slot " + owners.slot(link) + " of " + owners.ledgerIfAny(link) + " in the list of "
                        + owner);
            }
        }
        return listed;
    }

    /** The owner of a record in a list, null when there is no such record. */
    private @Nullable Owner ownerOf(OwnerTable owners, int link) {
        Ledger ledger = owners.ledgerIfAny(link);
        int slot = owners.slot(link);
        return ledger != null && known.contains(ledger) && ledger.records().isUsed(slot)
                ? ledger.records().owner(slot)
                : null;
    }

    private void generations(List<String> broken) {
        long last = world.lastGeneration().get();
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
