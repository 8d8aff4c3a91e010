package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import io.ipam.benchmarks.peers.RecordKeeper;
import io.ipam.bitmap.Position;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.Objects;

/**
 * The structures that keep records, by themselves: the ledger of a pool (free addresses, record by address) and the table of
 * owners. It does what its peer with {@code HashMap}s does, and nothing of what a transaction adds: no locks, no stripe of
 * owners, no decision, no list of changes. It lies in this package because the structures are of no use outside.
 *
 * <p>Thread safety: none.
 */
public final class RecordStructures implements RecordKeeper {
    private final PoolCatalog catalog;
    private final Position cursor = new Position();
    private Ledger ledger;
    private OwnerTable table = new OwnerTable();
    private long generation;

    /**
     * Makes an empty state.
     *
     * @param pool the pool
     */
    public RecordStructures(Pool pool) {
        catalog = PoolCatalog.of(pool);
        ledger = emptyLedger();
    }

    private Ledger emptyLedger() {
        MemoryState state = new MemoryState(catalog, new StateSettings(0, null));
        String name = catalog.pools().get(0).name();
        return Objects.requireNonNull(state.live().pool(name), name).ledger();
    }

    @Override
    public String name() {
        return "ipam structures";
    }

    @Override
    public void load(Owner[] owners) {
        ledger = emptyLedger();
        table = new OwnerTable();
        for (Owner owner : owners) {
            allocate(owner, "eth0");
        }
    }

    private long allocate(Owner owner, String interfaceName) {
        if (!ledger.occupancy().lowestFree(cursor)) {
            return -1;
        }
        long low = cursor.low();
        int slot = ledger.grant(cursor.high(), low, owner, interfaceName, ++generation);
        table.add(owner, Hash.ofIdentity(owner), ledger, slot);
        return low;
    }

    private void release(Owner owner) {
        int hash = Hash.ofIdentity(owner);
        for (int link = table.firstLink(owner, hash); link != OwnerTable.NONE; ) {
            int slot = table.slot(link);
            boolean isLast = table.nextLink(link) == OwnerTable.NONE;
            table.remove(owner, hash, ledger, slot);
            ledger.release(slot);
            link = isLast ? OwnerTable.NONE : table.firstLink(owner, hash);
        }
    }

    @Override
    public long turn(Owner owner) {
        release(owner);
        return allocate(owner, "eth0");
    }

    @Override
    public Object state() {
        return ledger;
    }
}
