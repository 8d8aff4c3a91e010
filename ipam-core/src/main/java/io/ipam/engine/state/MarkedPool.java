package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.PoolUsage;
import io.ipam.engine.decision.FreePicks;
import io.ipam.engine.decision.PoolView;
import io.ipam.owner.Owner;
import io.ipam.record.Cooling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A locked ledger without the addresses that the batch has {@linkplain Ledger#mark marked}: neither
 * free nor cooling for the requests that follow.
 *
 * <p>Thread safety: guarded by the ledger's lock.
 */
public final class MarkedPool implements PoolView {
    private final Ledger ledger;
    private final Set<Address> marks;
    private final List<Address> markedCooling = new ArrayList<>(0);
    /** The number of cooling addresses when {@link #markedCooling} was last correct. */
    private int queued;

    /** The view of a locked ledger. */
    public MarkedPool(Ledger ledger) {
        this.ledger = ledger;
        marks = ledger.marks();
        queued = ledger.content().cooling().size();
        marks.forEach(this::add);
    }

    /** Adds an address that the batch has marked. */
    public void add(Address mark) {
        if (ledger.coolingAt(mark) != null) {
            markedCooling.add(mark);
        }
    }

    /**
     * The marked addresses that are cooling. A reader with a later clock may end their cool-down
     * between two requests of a batch.
     */
    private List<Address> markedCooling() {
        int now = ledger.content().cooling().size();
        if (now != queued) {
            queued = now;
            markedCooling.removeIf(mark -> ledger.coolingAt(mark) == null);
        }
        return markedCooling;
    }

    @Override
    public long free() {
        long free = ledger.free();
        return free == Long.MAX_VALUE
                ? free
                : free - (marks.size() - markedCooling().size());
    }

    /** The bitmap of a pool with static addresses counts the marks itself. */
    @Override
    public long freeOrdinary() {
        return ledger.content().statics != null ? ledger.freeOrdinary() : free();
    }

    @Override
    public int cooling() {
        return ledger.cooling() - markedCooling().size();
    }

    @Override
    public PoolUsage usage() {
        return ledger.usage();
    }

    @Override
    public @Nullable Cooling cooling(int nth, List<Address> passedOver) {
        List<Address> hidden = markedCooling();
        if (hidden.isEmpty()) {
            return ledger.cooling(nth, passedOver);
        }
        List<Address> all = new ArrayList<>(passedOver);
        all.addAll(hidden);
        return ledger.cooling(nth, all);
    }

    @Override
    public @Nullable Cooling coolingAt(Address address) {
        return markedCooling().contains(address) ? null : ledger.coolingAt(address);
    }

    @Override
    public Instant coolUntil(Cooling entry) {
        return ledger.coolUntil(entry);
    }

    @Override
    public @Nullable Held heldAt(Address address) {
        return ledger.heldAt(address);
    }

    @Override
    public boolean isPromised(Address address) {
        return marks.contains(address);
    }

    @Override
    public boolean isFree(Address address) {
        return ledger.isFree(address);
    }

    @Override
    public FreePicks picks(AllocationOrder order, Owner owner, long random) {
        return ledger.picks(order, owner, random);
    }

    @Override
    public FreePicks staticPicks(AllocationOrder order, Owner owner, long random) {
        return ledger.staticPicks(order, owner, random);
    }
}
