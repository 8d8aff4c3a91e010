package io.ipam.engine.replica;

import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.state.EngineState;
import io.ipam.owner.Owner;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import java.util.Optional;

/** The events of a commit of another process. Thread safety: no state. */
final class ForeignEvents {
    private ForeignEvents() {}

    /** Queues an event for each grant, renewal, and release, and one for a new catalog. */
    static void queue(EngineState state, Commit commit) {
        boolean isCatalog = false;
        for (Change change : commit.changes()) {
            if (change instanceof Change.Granted granted) {
                queue(state, granted.held(), false);
            } else if (change instanceof Change.Renewed renewed) {
                queue(state, renewed.after(), true);
            } else if (change instanceof Change.Released released) {
                queueRelease(state, released.before());
            } else {
                isCatalog = true;
            }
        }
        if (isCatalog) {
            add(state, new AllocationEvent.Swapped(state.active().catalog().version()));
        }
    }

    private static void queue(EngineState state, Entry.Held held, boolean renewed) {
        Optional<Owner> owner = held.owner();
        if (owner.isPresent()) {
            add(
                    state,
                    new AllocationEvent.Granted(
                            owner.get(),
                            held.interfaceName(),
                            held.pool(),
                            held.address(),
                            held.generation(),
                            renewed,
                            0,
                            0));
        }
    }

    private static void queueRelease(EngineState state, Entry.Held held) {
        held.owner()
                .ifPresent(owner -> add(
                        state,
                        new AllocationEvent.Released(
                                owner, held.interfaceName(), held.pool(), held.address(), held.generation(), 0, 0)));
    }

    private static void add(EngineState state, AllocationEvent event) {
        state.events().add(new AllocationEvent.Foreign(event));
    }
}
