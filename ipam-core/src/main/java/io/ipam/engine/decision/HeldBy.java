package io.ipam.engine.decision;

import io.ipam.allocation.Holding;
import java.util.List;

/** Reads the holdings of an owner; changes nothing. Thread safety: immutable. */
public final class HeldBy implements Transition<List<Holding>> {
    @Override
    public Step<List<Holding>> decide(DecisionView in, List<Change> out) {
        return new Step.Done<>(in.held().stream().map(HeldRecord::toHolding).toList());
    }
}
