package io.ipam.engine;

import io.ipam.address.Address;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Holding;
import io.ipam.engine.decision.HeldBy;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.Step;
import io.ipam.engine.state.AppliedAtOnce;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.HeldReader;
import io.ipam.engine.state.Transaction;
import io.ipam.engine.swap.CurrentState;
import io.ipam.owner.Owner;
import io.ipam.pool.HeldAddresses;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Queries for the holders of addresses; each result is of one moment. Thread safety: safe. */
public final class HeldQueries {
    private final CurrentState current;

    HeldQueries(CurrentState current) {
        this.current = current;
    }

    /** {@return the holdings of an owner, in no particular order} */
    public List<Holding> holdings(Owner owner) {
        return recordsOf(owner).stream().map(HeldRecord::toHolding).toList();
    }

    /** {@return the allocations of an owner, by address} */
    public List<HeldAddress> heldBy(Owner owner) {
        return recordsOf(owner).stream()
                .map(HeldRecord::toHeldAddress)
                .sorted(Comparator.comparing(HeldAddress::address))
                .toList();
    }

    private List<HeldRecord> recordsOf(Owner owner) {
        while (true) {
            EngineState now = current.get();
            if (now.holdsNothing(owner)) {
                return List.of();
            }
            AppliedAtOnce none = new AppliedAtOnce(now, 0);
            if (Transaction.run(now, owner, new HeldBy(), Long.MIN_VALUE, none)
                    instanceof Step.Done<List<HeldRecord>> done) {
                return done.result();
            }
        }
    }

    /** {@return the holder of an address, strays included; empty if the address is not held} */
    public Optional<HeldAddress> holder(Address address) {
        return reader().holder(address);
    }

    /** {@return the addresses in use; each pool is read when it is visited} */
    public HeldAddresses addresses() {
        return reader();
    }

    private HeldReader reader() {
        return new HeldReader(() -> current.get().active());
    }
}
