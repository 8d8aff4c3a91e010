package io.ipam.pool;

import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates the catalog that is nearest to a requested one while addresses are in use. A pool keeps
 * the held addresses that it would lose, as draining ones. Draining addresses that are not held are
 * omitted.
 *
 * <p>Cost: O(pools), and O(held addresses) of the pools that lose addresses or have draining ones.
 * Thread safety: none.
 */
final class DrainingEdit {
    private final PoolCatalog from;
    private final HeldAddresses inUse;
    private PoolCatalog result;

    DrainingEdit(PoolCatalog from, PoolCatalog to, HeldAddresses inUse) {
        this.from = from;
        this.inUse = inUse;
        result = to;
        from.differences(to).forEach(difference -> difference.after().ifPresent(this::keepInUse));
        to.pools().stream().filter(pool -> !pool.drainingAddresses().isEmpty()).forEach(this::keepInUse);
    }

    PoolCatalog result() {
        return result;
    }

    private void keepInUse(Pool after) {
        Optional<Pool> before = before(after.name());
        if (before.filter(pool -> !pool.subnet().equals(after.subnet())).isPresent()) {
            return; // The subnet is fixed.
        }
        AddressSet leaving = before.map(Pool::addresses)
                .orElse(AddressSet.empty(after.family()))
                .union(after.drainingAddresses())
                .minus(after.lastingAddresses());
        AddressSet draining = heldIn(after, leaving);
        boolean isGateway = after.gateway().filter(draining::contains).isPresent();
        if (!isGateway && !draining.equals(after.drainingAddresses())) {
            replace(after.withDraining(draining));
        }
    }

    private Optional<Pool> before(String name) {
        return from.pool(name)
                .or(() -> inUse.detached().stream()
                        .filter(pool -> pool.name().equals(name))
                        .findFirst());
    }

    private AddressSet heldIn(Pool pool, AddressSet addresses) {
        List<AddressRange> held = new ArrayList<>();
        if (!addresses.isEmpty()) {
            inUse.forEachHeldIn(pool.name(), addresses, (address, owner) -> held.add(AddressRange.of(address)));
        }
        return AddressSet.of(pool.family(), held);
    }

    /** An address in use that another pool of the next catalog gets remains a blocker. */
    private void replace(Pool pool) {
        try {
            result = result.with(pool);
        } catch (InvalidCatalogException addressMovesToAnotherPool) {
            result = result.with(pool.withDraining(AddressSet.empty(pool.family())));
        }
    }
}
