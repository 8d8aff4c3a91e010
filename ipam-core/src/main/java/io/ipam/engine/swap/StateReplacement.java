package io.ipam.engine.swap;

import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.LockScope;

/** The replacement of a state by a loaded or restored one. Thread safety: no state. */
public final class StateReplacement {
    private StateReplacement() {}

    /**
     * Replaces the current state. Every request on it has ended, or finds it replaced when it gets
     * its locks. The swap lock is locked.
     *
     * @param beforeIt runs while everything is locked; if it fails, nothing is replaced
     */
    public static void replace(CurrentState current, EngineState next, Runnable beforeIt) {
        EngineState old = current.get();
        LockScope scope = LockScope.of(old.active().ledgers());
        old.lockStripes();
        scope.lock();
        try {
            beforeIt.run();
            current.reconciler().carryOver(next.active()); // The rest only assigns, and cannot fail.
            old.active().ledgers().forEach(ledger -> ledger.apply(null));
            old.replace();
            current.set(next);
        } finally {
            scope.unlock();
            old.unlockStripes();
        }
    }
}
