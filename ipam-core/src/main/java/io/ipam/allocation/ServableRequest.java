package io.ipam.allocation;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Optional;

/**
 * A resolved request as the engine requires it: the owner, the demands, and the inputs of the
 * resolution. The engine rejects the request as outdated if the catalog or the holdings have
 * changed since then. Thread safety: immutable.
 */
public interface ServableRequest {
    /** {@return the owner of the new allocations} */
    Owner owner();

    /** {@return the catalog of the resolution} */
    PoolCatalog catalog();

    /** {@return the demands, by interface in the order of the request, then by family} */
    List<? extends Demand> demands();

    /** {@return the holdings that the owner gives up in the same step} */
    List<Holding> releases();

    /** {@return the holdings without an interface that no demand adopted} */
    List<Holding> unadopted();

    /** One interface and family of a {@link ServableRequest}. Thread safety: immutable. */
    public interface Demand {
        /** {@return the interface} */
        String interfaceName();

        /** {@return the family} */
        Family family();

        /** {@return the holdings that the owner keeps for it; empty if it needs a new address} */
        List<Holding> kept();

        /**
         * {@return the pools that may serve it, best first; empty if it keeps its holdings} Demands
         * with the same pools may share one list.
         */
        List<Pool> pools();

        /** {@return the address that the caller requires} */
        Optional<Address> given();
    }
}
