package io.ipam.engine.swap;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent.Reloaded.LostGrant;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.PoolView;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.Ledger;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.record.RecordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The grants of a state that a restored state would lack: addresses that it does not hold for the
 * same owner. Thread safety: none, made for one restore while everything is locked.
 */
public final class LostGrants {
    /** The maximum number of grants that a refusal names. */
    private static final int SHOWN = 50;

    private final ActiveCatalog before;
    private final ActiveCatalog after;

    /** The grants of a catalog that a later one lacks. */
    public LostGrants(ActiveCatalog before, ActiveCatalog after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Refuses the restore if it would lose grants.
     *
     * @throws InvalidStateException naming the grants that would be lost
     */
    public void refuse() {
        List<Problem> problems = new ArrayList<>();
        int[] lost = {0};
        forEach(grant -> {
            if (lost[0]++ < SHOWN) {
                problems.add(problem(grant));
            }
        });
        if (lost[0] > SHOWN) {
            problems.add(Problem.of(
                    ProblemType.FORBIDDEN,
                    "current",
                    "",
                    "and " + (lost[0] - SHOWN) + " more grants would be dropped",
                    ""));
        }
        if (lost[0] > 0) {
            throw new InvalidStateException("state", problems);
        }
    }

    private static Problem problem(LostGrant grant) {
        return Problem.of(
                ProblemType.FORBIDDEN,
                "current",
                grant.address().toString(),
                "a restore must not drop a grant that the snapshot lacks; " + grant.owner() + " holds it",
                "restore a snapshot that has it, release it first, or use restoreDroppingGrants");
    }

    /** All lost grants. */
    public List<LostGrant> all() {
        List<LostGrant> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    private void forEach(Consumer<LostGrant> visitor) {
        for (Ledger ledger : before.ledgers()) {
            RecordTable records = ledger.records();
            for (int slot = records.nextUsed(RecordTable.NONE);
                    slot != RecordTable.NONE;
                    slot = records.nextUsed(slot)) {
                HeldRecord record = ledger.recordOf(slot);
                if (!isKept(record.address(), record.owner())) {
                    visitor.accept(new LostGrant(
                            record.owner(),
                            record.interfaceName(),
                            record.pool().pool().name(),
                            record.address(),
                            record.generation()));
                }
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
