package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.PoolView;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.record.RecordTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grants of a state that a restored state would lack: addresses that it does not hold for the
 * same owner. Thread safety: none, made for one restore while everything is locked.
 */
final class LostGrants {
    /** The maximum number of grants that a refusal names. */
    private static final int SHOWN = 50;

    private final ActiveCatalog before;
    private final ActiveCatalog after;
    private final List<Problem> problems = new ArrayList<>();
    private int lost;

    LostGrants(ActiveCatalog before, ActiveCatalog after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Does nothing if there are none.
     *
     * @throws InvalidStateException naming the grants that would be lost
     */
    void refuse() {
        before.ledgers().forEach(this::collect);
        if (lost > SHOWN) {
            problems.add(Problem.of(
                    ProblemType.FORBIDDEN,
                    "current",
                    "",
                    "and " + (lost - SHOWN) + " more grants would be dropped",
                    ""));
        }
        if (lost > 0) {
            throw new InvalidStateException("state", problems);
        }
    }

    private void collect(Ledger ledger) {
        RecordTable records = ledger.records();
        for (int slot = records.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = records.nextUsed(slot)) {
            Address address = ledger.address(records.high(slot), records.low(slot));
            Owner owner = records.owner(slot);
            if (!isKept(address, owner) && lost++ < SHOWN) {
                problems.add(Problem.of(
                        ProblemType.FORBIDDEN,
                        "current",
                        address.toString(),
                        "a restore must not drop a grant that the snapshot lacks; " + owner + " holds it",
                        "restore a snapshot that has it, release it first, or use restoreDroppingGrants"));
            }
        }
    }

    /**
     * Whether the owner holds the address afterwards, or a record without an owner keeps it taken.
     */
    private boolean isKept(Address address, Owner owner) {
        Stray stray = after.withheld().get(address);
        if (stray != null) {
            return stray.owner().map(owner::isSameAs).orElse(true);
        }
        PoolBinding binding = after.poolOf(address);
        PoolView.@Nullable Held held =
                binding == null ? null : after.ledger(binding).heldAt(address);
        return held != null && held.owner().isSameAs(owner);
    }
}
