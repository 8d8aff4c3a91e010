package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides a release: frees only the addresses that the owner holds under this uid and, if the
 * target names one, this generation. Thread safety: immutable.
 */
public final class ReleaseDecision implements Transition<List<ReleaseResult>> {
    private static final List<ReleaseResult> NOTHING = List.of(new ReleaseResult.NotAllocated());

    private final Owner owner;
    private final ReleaseTarget target;

    /** A release of a part of an owner's holdings. */
    public ReleaseDecision(Owner owner, ReleaseTarget target) {
        this.owner = owner;
        this.target = target;
    }

    @Override
    public Step<List<ReleaseResult>> decide(DecisionView in, List<Change> out) {
        List<HeldRecord> held = in.held();
        List<ReleaseResult> results = new ArrayList<>(held.size());
        for (HeldRecord record : held) {
            if (isTarget(record)) {
                results.add(release(record, out));
            }
        }
        if (!results.isEmpty()) {
            return new Step.Done<>(List.copyOf(results));
        }
        if (target instanceof ReleaseTarget.OfAddress one) {
            return holderOf(one.address(), in);
        }
        return target instanceof ReleaseTarget.OfGrant grant ? holderOf(grant.address(), in) : new Step.Done<>(NOTHING);
    }

    private boolean isTarget(HeldRecord record) {
        if (target instanceof ReleaseTarget.OfInterface one) {
            return record.interfaceName().equals(one.name());
        }
        if (target instanceof ReleaseTarget.OfAddress one) {
            return record.address().equals(one.address());
        }
        return !(target instanceof ReleaseTarget.OfGrant grant)
                || record.address().equals(grant.address());
    }

    private ReleaseResult release(HeldRecord record, List<Change> out) {
        boolean isNamed = !(target instanceof ReleaseTarget.OfGrant grant) || grant.generation() == record.generation();
        if (!isNamed || !record.owner().uid().equals(owner.uid())) {
            return new ReleaseResult.HeldByAnother(record.address(), record.owner(), record.generation());
        }
        out.add(new Change.Release(record));
        return new ReleaseResult.Released(
                record.pool().pool().name(), record.address(), record.interfaceName(), record.generation());
    }

    /** The result for an address that the owner does not hold: another owner holds it, or none. */
    private static Step<List<ReleaseResult>> holderOf(Address address, DecisionView in) {
        Stray stray = in.strayAt(address);
        if (stray != null && stray.owner().isPresent()) {
            return new Step.Done<>(List.of(
                    new ReleaseResult.HeldByAnother(address, stray.owner().get(), stray.generation())));
        }
        PoolBinding binding = in.bindingOf(address);
        if (binding == null) {
            return new Step.Done<>(NOTHING);
        }
        PoolView pool = in.pool(binding);
        if (pool == null) {
            return new Step.Widen<>(List.of(binding));
        }
        PoolView.Held held = pool.heldAt(address);
        return new Step.Done<>(
                held == null
                        ? NOTHING
                        : List.of(new ReleaseResult.HeldByAnother(address, held.owner(), held.generation())));
    }
}
