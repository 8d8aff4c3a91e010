package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import java.util.List;

/**
 * Ends pools that were removed and hold nothing any more; what cools down in them goes on without a pool.
 *
 * <p>Thread safety: none, made for one change under the swap lock.
 */
final class Retirement {
    private Retirement() {}

    /** Ends the detached pools of a world that have become empty. */
    static void ofEmptied(World world) {
        world.clearEmptied(); // Before the look: what empties behind it is noted again.
        Live before = world.live();
        List<Ledger> detached =
                before.detachedPools().stream().map(Definition::ledger).toList();
        try (LedgerLocks locks = LedgerLocks.of(detached)) {
            Definitions.Draft rest = before.detached().draft();
            for (Ledger ledger : locks.ledgers()) {
                Definition definition = requireNonNull(ledger.definition());
                if (ledger.records().size() == 0) {
                    rest.remove(definition.pool().name());
                    retire(definition, world);
                }
            }
            world.publish(new Live(before.catalog(), before.pools(), rest.done()));
        }
    }

    /** Ends the ledger of a pool in which nothing is held. The ledger is locked. */
    static void retire(Definition definition, World world) {
        keepCooling(definition, AddressSet.empty(definition.pool().family()), world.strays());
        definition.ledger().retire();
        world.places().leave(definition.ledger());
    }

    /** Lets what cools down beside the addresses that a pool has now go on without it. The ledger is locked. */
    static void keepCooling(Definition definition, AddressSet addresses, StrayCooling strays) {
        Ledger ledger = definition.ledger();
        for (LedgerReader.Cooling entry : ledger.takeCoolingBeside(addresses)) {
            strays.put(new StrayCooling.Stray(
                    definition.pool().name(),
                    ledger.address(entry.high(), entry.low()),
                    entry.lastOwner(),
                    entry.releasedMillis()));
        }
    }
}
