package io.ipam.engine.state;

import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.PoolView;
import java.util.List;

/** Receives the changes of decisions: applies them at once, or adds them to a commit. */
public interface ChangeEffect {
    /**
     * Receives the changes of one decision. The stripe of the owner and the ledgers are locked.
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
     * Assigns consecutive, unused generations, and returns the first. A generation is assigned
     * again only if the change that used it never takes effect.
     */
    long newGenerations(int count);
}
