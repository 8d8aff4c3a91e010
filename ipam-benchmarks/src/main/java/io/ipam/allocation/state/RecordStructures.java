package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import io.ipam.benchmarks.peers.RecordKeeper;
import io.ipam.bitmap.Position;
import io.ipam.pool.Pool;

/**
 * The structures that keep records, by themselves: the ledger of a pool (free addresses, record by address) and the table of
 * owners. It does what its peer with {@code HashMap}s does, and nothing of what a transaction adds: no locks, no stripe of
 * owners, no decision, no list of changes. It lies in this package because the structures are of no use outside.
 *
 * <p>Thread safety: none.
 */
public final class RecordStructures implements RecordKeeper {
    private final Pool pool;
    private final Position cursor = new Position();
    private Ledger ledger;
    private OwnerTable table;
    private long generation;

    /**
     * Makes an empty state.
     *
     * @param pool the pool
     */
    public RecordStructures(Pool pool) {
        this.pool = pool;
        ledger = emptyLedger(pool);
        table = tableFor(ledger);
    }

    private static Ledger emptyLedger(Pool pool) {
        Ledger ledger = new Ledger(1, pool.subnet(), 0);
        ledger.define(new Definition(ledger, pool, pool.addresses(), false));
        return ledger;
    }

    private static OwnerTable tableFor(Ledger ledger) {
        LedgerPlaces places = new LedgerPlaces();
        places.enter(ledger);
        return new OwnerTable(places);
    }

    @Override
    public String name() {
        return "ipam structures";
    }

    @Override
    public void load(Owner[] owners) {
        ledger = emptyLedger(pool);
        table = tableFor(ledger);
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
