package io.ipam.engine.state;

import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.HeldRecord;
import java.util.List;

/** The events of applied changes. Thread safety: no state. */
public final class ChangeEvents {
    private ChangeEvents() {}

    /**
     * Queues the events of one decision. Call it after the changes are applied and before the locks
     * are released: the order of events is the order of changes.
     */
    public static void queue(EventQueue events, List<Change> changes, long startedNanos) {
        if (!events.hasListener()) {
            return;
        }
        long elapsed = System.nanoTime() - startedNanos;
        int released = 0;
        int granted = 0;
        for (Change change : changes) {
            events.add(
                    change instanceof Change.Release
                            ? released(change.record(), released++, elapsed)
                            : granted(change, granted++, elapsed));
        }
    }

    private static AllocationEvent released(HeldRecord record, int position, long elapsedNanos) {
        return new AllocationEvent.Released(
                record.owner(),
                record.interfaceName(),
                record.pool().pool().name(),
                record.address(),
                record.generation(),
                position,
                elapsedNanos);
    }

    private static AllocationEvent granted(Change change, int position, long elapsedNanos) {
        HeldRecord record = change.record();
        return new AllocationEvent.Granted(
                record.owner(),
                record.interfaceName(),
                record.pool().pool().name(),
                record.address(),
                record.generation(),
                change instanceof Change.Renewal,
                position,
                elapsedNanos);
    }
}
