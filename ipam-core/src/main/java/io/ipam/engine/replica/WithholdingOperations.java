package io.ipam.engine.replica;

import io.ipam.address.Address;
import io.ipam.allocation.Stray;
import io.ipam.engine.commit.Operation;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.Optional;

/** The changes of withheld addresses in the order of commits. */
public final class WithholdingOperations {
    private WithholdingOperations() {}

    /**
     * The release of a stray.
     *
     * @param address its address
     */
    public record ReleaseStray(Address address) implements Operation<EngineBatch, Boolean> {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public Boolean decide(EngineBatch batch) {
            Stray stray = batch.state().active().withheld().get(address);
            if (stray != null) {
                batch.add(new Change.Released(StoredEntries.held(stray), Optional.empty()));
            }
            return stray != null;
        }
    }

    /**
     * The opening of a closed pool.
     *
     * @param pool its name
     */
    public record OpenPool(String pool) implements Operation<EngineBatch, Boolean> {
        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public Boolean decide(EngineBatch batch) {
            ActiveCatalog active = batch.state().active();
            PoolBinding binding = active.poolOrDetached(pool);
            if (binding == null || !active.withheld().closedPools().contains(pool)) {
                return false;
            }
            Entry.OfPool before = StoredEntries.pool(binding, active);
            Entry.OfPool after = new Entry.OfPool(before.pool(), before.detached(), false);
            batch.add(new Change.PoolPut(Optional.of(before), after));
            return true;
        }
    }
}
