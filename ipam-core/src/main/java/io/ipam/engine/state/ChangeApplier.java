package io.ipam.engine.state;

import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.record.OwnerTable;
import java.util.List;

/**
 * Applies the changes of one decision to locked ledgers, all or none. First it reserves memory for
 * all changes; if that fails, it is reverted. The rest cannot fail. Thread safety: none.
 */
final class ChangeApplier {
    private final ActiveCatalog active;
    private final Stripe stripe;
    private final int ownerHash;

    /** For the owner with this hash, whose stripe is locked. */
    ChangeApplier(ActiveCatalog active, Stripe stripe, int ownerHash) {
        this.active = active;
        this.stripe = stripe;
        this.ownerHash = ownerHash;
    }

    void apply(List<Change> changes) {
        prepare(changes);
        changes.forEach(this::apply);
    }

    private void prepare(List<Change> changes) {
        int prepared = 0;
        try {
            for (Change change : changes) {
                prepare(change, changes.size());
                prepared++;
            }
            stripe.owners().reserve(changes.get(0).record().owner(), ownerHash, changes.size());
        } catch (Throwable e) {
            changes.subList(0, prepared).forEach(this::cancel);
            throw e;
        }
    }

    private void prepare(Change change, int count) {
        Ledger ledger = ledger(change);
        if (change instanceof Change.Grant grant) {
            ledger.prepareGrant(grant.record().address(), count);
        } else if (change instanceof Change.Release) {
            ledger.prepareReleases(count);
        }
    }

    private void cancel(Change change) {
        if (change instanceof Change.Grant grant) {
            ledger(change).cancelGrant(grant.record().address());
        }
    }

    private void apply(Change change) {
        Ledger ledger = ledger(change);
        HeldRecord record = change.record();
        OwnerTable owners = stripe.owners();
        if (change instanceof Change.Grant) {
            owners.add(record.owner(), ownerHash, ledger.number(), ledger.grant(record));
            return;
        }
        int slot = ledger.slotOf(record.address());
        if (change instanceof Change.Release) {
            owners.remove(record.owner(), ownerHash, ledger.number(), slot);
            ledger.release(slot);
        } else {
            ledger.records().replace(slot, record.owner(), record.interfaceName(), record.generation());
            owners.replaceOwner(record.owner(), ownerHash);
        }
    }

    private Ledger ledger(Change change) {
        return active.ledger(change.record().pool());
    }
}
