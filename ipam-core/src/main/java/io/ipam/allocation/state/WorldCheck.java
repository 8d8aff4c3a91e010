package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.List;

/** Checks every invariant of a world in which everything is locked. */
final class WorldCheck {
    private final World world;
    private final List<Ledger> ledgers;

    WorldCheck(World world, List<Ledger> ledgers) {
        this.world = world;
        this.ledgers = ledgers;
    }

    void check(List<String> broken) {
        long held = 0;
        for (Ledger ledger : ledgers) {
            LedgerCheck.check(ledger, world, broken);
            held += ledger.records().size();
        }
        long listed = 0;
        for (Stripe stripe : world.stripes()) {
            listed += listed(stripe, broken);
        }
        if (held != listed) {
            broken.add("LISTED: " + held + " records, and " + listed + " in the lists of owners");
        }
        generations(broken);
    }

    private long listed(Stripe stripe, List<String> broken) {
        OwnerTable owners = stripe.owners();
        long listed = 0;
        for (int entry = 0; entry < owners.entryBound(); entry++) {
            Owner owner = owners.ownerOf(entry);
            if (owner != null) {
                listed += listed(stripe, owner, broken);
            }
        }
        return listed;
    }

    private long listed(Stripe stripe, Owner owner, List<String> broken) {
        OwnerTable owners = stripe.owners();
        if (world.stripeOf(owner) != stripe || owners.firstLink(owner) == OwnerTable.NONE) {
            broken.add("FOUND: " + owner + " is in a stripe or place where it is not looked for");
            return 0;
        }
        long listed = 0;
        for (int link = owners.firstLink(owner); link != OwnerTable.NONE; link = owners.nextLink(link)) {
            listed++;
            Ledger ledger = owners.ledger(link);
            int slot = owners.slot(link);
            boolean isOwn = ledgers.contains(ledger)
                    && ledger.records().isUsed(slot)
                    && ledger.records().owner(slot).isSameAs(owner);
            if (!isOwn) {
                broken.add("LISTED: slot " + slot + " of " + ledger + " in the list of " + owner);
            }
        }
        return listed;
    }

    private void generations(List<String> broken) {
        long last = world.lastGeneration().get();
        long[] sorted = ledgers.stream()
                .flatMapToLong(ledger -> java.util.stream.IntStream.range(
                                0, ledger.records().slotBound())
                        .filter(ledger.records()::isUsed)
                        .mapToLong(ledger.records()::generation))
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
