package io.ipam.engine.decision;

import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prevents one namespace, name, and uid from being served both as a stateful and as a stateless
 * owner. The two have different identities, and would hold two addresses for one interface. Thread
 * safety: no state.
 */
final class OtherKind {
    private OtherKind() {}

    /** The same owner as the other kind; null if it has no uid, which a stateless one needs. */
    static @Nullable Owner of(Owner owner) {
        return owner.uid().isEmpty()
                ? null
                : new Owner(!owner.stateful(), owner.namespace(), owner.name(), owner.uid());
    }

    /** The conflict of an owner with its other kind; null if that one holds nothing. */
    static GrantOutcome.@Nullable OwnerConflict conflict(Owner owner, List<HeldRecord> held, DecisionView in) {
        List<HeldRecord> records = in.heldByOtherOwner();
        if (records.isEmpty()) {
            return null;
        }
        List<Holding> holdings = records.stream()
                .filter(record -> isNamed(record, owner))
                .map(HeldRecord::toHolding)
                .sorted(Comparator.comparing(Holding::address))
                .toList();
        boolean isSplit = held.stream().anyMatch(record -> isNamed(record, owner));
        return holdings.isEmpty() ? null : new GrantOutcome.OwnerConflict(holdings, isSplit);
    }

    /**
     * Whether a record has this namespace, name, and uid. An identity is wider: it covers all uids
     * of a stateful owner, and all names of a stateless one.
     */
    private static boolean isNamed(HeldRecord record, Owner owner) {
        Owner holder = record.owner();
        return holder.uid().equals(owner.uid())
                && holder.name().equals(owner.name())
                && holder.namespace().equals(owner.namespace());
    }
}
