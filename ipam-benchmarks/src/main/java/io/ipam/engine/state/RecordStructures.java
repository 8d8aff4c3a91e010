package io.ipam.engine.state;

import io.ipam.address.Address;
import io.ipam.benchmarks.peers.RecordKeeper;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.number.Position;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.record.OwnerHashes;
import io.ipam.record.OwnerTable;
import java.time.Duration;

/**
 * The structures of the records only: the ledger of a pool and the owner table. It does the work of
 * its peer with {@code HashMap}s, without the locks and the decision of a transaction. It is in
 * this package because the structures are not public.
 *
 * <p>Thread safety: none.
 */
public final class RecordStructures implements RecordKeeper {
    private static final long SEED = 0x5EED;

    private final Pool pool;
    private final Position cursor = new Position();
    private Ledger ledger;
    private OwnerTable table = new OwnerTable();
    private long generation;

    /**
     * Creates an empty state.
     *
     * @param pool the pool
     */
    public RecordStructures(Pool pool) {
        this.pool = pool;
        ledger = emptyLedger(pool);
    }

    private static Ledger emptyLedger(Pool pool) {
        StateSettings settings = new StateSettings(0, SEED, Long.MAX_VALUE, Duration.ZERO, EventQueue.SILENT);
        Ledger ledger = new Ledger(1, pool.subnet(), settings);
        PoolBinding binding = new PoolBinding(1, pool, pool.addresses(), 0, false);
        ledger.apply(LedgerContent.of(binding, ledger.records(), ledger.newCoolingQueue()));
        return ledger;
    }

    @Override
    public String name() {
        return "ipam structures";
    }

    @Override
    public void load(Owner[] owners) {
        ledger = emptyLedger(pool);
        table = new OwnerTable();
        for (Owner owner : owners) {
            allocate(owner, OwnerHashes.ofIdentity(owner, SEED));
        }
    }

    private long allocate(Owner owner, int hash) {
        LedgerContent content = ledger.content();
        if (!content.ordinary.lowestFree(cursor)) {
            return -1;
        }
        Address address = new Address(pool.family(), cursor.high(), cursor.low());
        ledger.prepareGrant(address, 1);
        int slot = ledger.grant(new HeldRecord(content.binding(), address, owner, "eth0", ++generation));
        table.add(owner, hash, ledger.number(), slot);
        return address.low();
    }

    private void release(Owner owner, int hash) {
        for (int link = table.first(owner, hash); link != OwnerTable.NONE; link = table.first(owner, hash)) {
            int slot = table.slot(link);
            table.remove(owner, hash, ledger.number(), slot);
            ledger.release(slot);
        }
    }

    @Override
    public long turn(Owner owner) {
        int hash = OwnerHashes.ofIdentity(owner, SEED);
        release(owner, hash);
        return allocate(owner, hash);
    }

    @Override
    public Object state() {
        return ledger;
    }
}
