package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.allocation.ReleaseResult;
import io.ipam.engine.commit.Call;
import io.ipam.engine.decision.ReleaseTarget;
import io.ipam.engine.decision.Step;
import io.ipam.owner.Owner;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A release of an owner's addresses. Thread safety: none. */
final class AskedRelease extends Asked {
    private final Owner owner;
    private final ReleaseTarget target;

    AskedRelease(Process process, List<Moment> timeline, Owner owner, ReleaseTarget target) {
        super(process, timeline);
        this.owner = owner;
        this.target = target;
    }

    @Override
    Call<?, ?> submit() {
        return member().release(owner, target);
    }

    @Override
    boolean accept(Object result) {
        if (!(result instanceof Step.Done<?> done)) {
            return false;
        }
        Set<Object> results = new HashSet<>((List<?>) done.result());
        boolean isChange = results.stream().anyMatch(ReleaseResult.Released.class::isInstance);
        requireIndex(result, i -> expected(moment(i)).equals(results) && (!isChange || isReleasedAfter(i, results)));
        return true;
    }

    /** The results of this release at a moment. */
    private Set<Object> expected(Moment moment) {
        Set<Object> expected = new HashSet<>();
        for (Entry.Held entry : moment.held.values()) {
            if (moment.isOf(entry, owner) && isTarget(entry)) {
                boolean isNamed =
                        !(target instanceof ReleaseTarget.OfGrant grant) || grant.generation() == entry.generation();
                expected.add(
                        isNamed && entry.owner().equals(Optional.of(owner))
                                ? new ReleaseResult.Released(
                                        entry.pool(), entry.address(), entry.interfaceName(), entry.generation())
                                : another(entry));
            }
        }
        if (expected.isEmpty()) {
            Entry.Held other = addressOf().map(moment.held::get).orElse(null);
            expected.add(other == null || other.owner().isEmpty() ? new ReleaseResult.NotAllocated() : another(other));
        }
        return expected;
    }

    private static ReleaseResult another(Entry.Held entry) {
        return new ReleaseResult.HeldByAnother(entry.address(), entry.owner().orElseThrow(), entry.generation());
    }

    private Optional<Address> addressOf() {
        if (target instanceof ReleaseTarget.OfAddress one) {
            return Optional.of(one.address());
        }
        return target instanceof ReleaseTarget.OfGrant grant ? Optional.of(grant.address()) : Optional.empty();
    }

    private boolean isTarget(Entry.Held entry) {
        return target instanceof ReleaseTarget.OfInterface one
                ? entry.interfaceName().equals(one.name())
                : addressOf().map(entry.address()::equals).orElse(true);
    }

    /** Whether a commit of this process released the addresses directly after a moment. */
    private boolean isReleasedAfter(int i, Set<Object> results) {
        if (i == last()) {
            return false;
        }
        Moment after = moment(i + 1);
        return after.by != null
                && after.by.head().id().process() == processId()
                && results.stream()
                        .allMatch(one -> !(one instanceof ReleaseResult.Released released)
                                || after.by.changes().stream()
                                        .anyMatch(change -> change instanceof Change.Released change1
                                                && change1.before().address().equals(released.address())));
    }

    @Override
    boolean mayCause(Change change) {
        return change instanceof Change.Released released
                && released.before().owner().equals(Optional.of(owner))
                && isTarget(released.before());
    }

    @Override
    boolean states(Object result, Change change) {
        return result instanceof Step.Done<?> done
                && ((List<?>) done.result())
                        .stream()
                                .anyMatch(one -> one instanceof ReleaseResult.Released released
                                        && change instanceof Change.Released change1
                                        && change1.before().address().equals(released.address())
                                        && change1.before().generation() == released.generation());
    }

    @Override
    public String toString() {
        return "release " + owner.uid() + " " + target;
    }
}
