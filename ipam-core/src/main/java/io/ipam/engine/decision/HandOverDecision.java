package io.ipam.engine.decision;

import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides a hand-over: renews all records of a stateful owner under one uid for another uid, unless
 * a third uid holds one. Thread safety: immutable.
 */
public final class HandOverDecision implements Transition<HandOverResult> {
    private final String fromUid;
    private final String toUid;
    private final OptionalLong generation;

    /**
     * A hand-over between two incarnations.
     *
     * @param fromUid the uid of the present holder
     * @param toUid the uid of the next holder
     * @param generation the generation of a grant that the present holder must have; empty for any
     */
    public HandOverDecision(String fromUid, String toUid, OptionalLong generation) {
        this.fromUid = fromUid;
        this.toUid = toUid;
        this.generation = generation;
    }

    @Override
    public Step<HandOverResult> decide(DecisionView in, List<Change> out) {
        List<HeldRecord> held = new ArrayList<>(in.held());
        held.sort(Comparator.comparing(HeldRecord::address));
        if (held.isEmpty()) {
            return new Step.Done<>(new HandOverResult.NotAllocated());
        }
        HeldRecord obstacle = obstacle(held);
        if (obstacle != null) {
            return new Step.Done<>(
                    new HandOverResult.HeldByAnother(obstacle.address(), obstacle.owner(), obstacle.generation()));
        }
        List<Holding> holdings = renew(held, in, out);
        return new Step.Done<>(
                out.isEmpty() ? new HandOverResult.AlreadyHeld(holdings) : new HandOverResult.HandedOver(holdings));
    }

    /** The first record that prevents the hand-over, null if there is none. */
    private @Nullable HeldRecord obstacle(List<HeldRecord> held) {
        HeldRecord firstToRenew = null;
        boolean isNamed = generation.isEmpty();
        for (HeldRecord record : held) {
            if (isRenewed(record)) {
                if (!record.owner().uid().equals(fromUid)) {
                    return record;
                }
                firstToRenew = firstToRenew == null ? record : firstToRenew;
                isNamed |= generation.isPresent() && record.generation() == generation.getAsLong();
            }
        }
        return isNamed ? null : firstToRenew;
    }

    private List<Holding> renew(List<HeldRecord> held, DecisionView in, List<Change> out) {
        int count = (int) held.stream().filter(this::isRenewed).count();
        long next = count == 0 ? 0 : in.newGenerations(count);
        List<Holding> holdings = new ArrayList<>(held.size());
        for (HeldRecord record : held) {
            if (isRenewed(record)) {
                HeldRecord renewed = renewed(record, next++);
                out.add(new Change.Renewal(record, renewed));
                holdings.add(renewed.toHolding());
            } else {
                holdings.add(record.toHolding());
            }
        }
        return holdings;
    }

    private boolean isRenewed(HeldRecord record) {
        return !record.owner().uid().equals(toUid);
    }

    private HeldRecord renewed(HeldRecord record, long newGeneration) {
        Owner next = Owner.stateful(record.owner().namespace(), record.owner().name(), toUid);
        return new HeldRecord(record.pool(), record.address(), next, record.interfaceName(), newGeneration);
    }
}
