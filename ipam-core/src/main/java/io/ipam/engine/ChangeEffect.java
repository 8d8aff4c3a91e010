package io.ipam.engine;

import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.PoolView;
import java.util.List;

/** The use of the changes of a decision: they are applied at once, or become part of a commit. */
interface ChangeEffect {
    /**
     * Uses the changes of one decision. The stripe of the owner is locked, and so are the ledgers.
     *
     * @param active the catalog of the ledgers
     * @param stripe the owner's stripe
     * @param ownerHash the hash of the owner
     * @param changes the changes, at least one; the list is reused
     */
    void accept(ActiveCatalog active, Stripe stripe, int ownerHash, List<Change> changes);

    /** The view of a locked ledger that the decision gets. */
    default PoolView viewOf(Ledger ledger) {
        return ledger;
    }

    /**
     * The first of some consecutive, unused generations. They are never assigned again unless the
     * changes with them never take effect.
     */
    long newGenerations(int count);
}
