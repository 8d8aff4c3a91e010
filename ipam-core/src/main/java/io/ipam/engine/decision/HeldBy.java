package io.ipam.engine.decision;

import java.util.List;

/** Reads the records of an owner; changes nothing. Thread safety: immutable. */
public final class HeldBy implements Transition<List<HeldRecord>> {
    @Override
    public Step<List<HeldRecord>> decide(DecisionView in, List<Change> out) {
        return new Step.Done<>(in.held());
    }
}
