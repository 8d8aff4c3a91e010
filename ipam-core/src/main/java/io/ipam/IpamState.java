package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.state.MemoryState;
import java.time.InstantSource;
import java.util.List;

/**
 * The state of an {@link Ipam} as a whole.
 *
 * <p>Thread safety: safe.
 */
public final class IpamState {
    private final MemoryState memory;
    private final InstantSource clock;

    IpamState(MemoryState memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * {@return what is held and cooling, in one cut: every request is in it as a whole, or not at all} Cost: O(held); requests wait
     * while arrays are copied, not while the records are made.
     */
    public StateSnapshot export() {
        return memory.snapshot(memory.now(clock.millis()));
    }

    /**
     * Puts the state of a snapshot in place of the present one, in the catalog in force; or changes nothing. Requests that are under
     * way are done before, or happen in the new state. Cost: O(n log n).
     *
     * @param snapshot what is to be held and cooling
     * @param mode what to do with bad records
     * @return what was restored and what was set aside
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every bad record
     */
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode) {
        return memory.restore(
                requireNonNull(snapshot, "snapshot"), requireNonNull(mode, "mode"), memory.now(clock.millis()));
    }

    /** {@return every broken invariant as a sentence, none when all is well} Cost: O(held); requests wait. */
    public List<String> verify() {
        return memory.verify();
    }
}
