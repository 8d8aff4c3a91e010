package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import java.util.Optional;

/** A request that a test states directly, without a resolver. */
public record PlainRequest(
        Owner owner, PoolCatalog catalog, List<Demand> demands, List<Holding> releases, List<Holding> unadopted)
        implements ServableRequest {
    /** A demand for IPv4. */
    public record Demand(String interfaceName, List<Holding> kept, List<Pool> pools, Optional<Address> given)
            implements ServableRequest.Demand {
        @Override
        public Family family() {
            return Family.IPV4;
        }
    }

    /** A request of an owner without holdings. */
    public static PlainRequest of(Owner owner, PoolCatalog catalog, Demand... demands) {
        return new PlainRequest(owner, catalog, List.of(demands), List.of(), List.of());
    }

    /** A request for any address of some pools of a catalog. */
    public static PlainRequest any(Owner owner, PoolCatalog catalog, String interfaceName, String... pools) {
        return of(owner, catalog, demand(interfaceName, pools(catalog, pools)));
    }

    public static Demand demand(String interfaceName, List<Pool> pools) {
        return new Demand(interfaceName, List.of(), pools, Optional.empty());
    }

    public static Demand given(String interfaceName, String address, List<Pool> pools) {
        return new Demand(interfaceName, List.of(), pools, Optional.of(Address.parse(address)));
    }

    public static Demand keeping(String interfaceName, Holding... kept) {
        return new Demand(interfaceName, List.of(kept), List.of(), Optional.empty());
    }

    public static List<Pool> pools(PoolCatalog catalog, String... names) {
        return List.of(names).stream()
                .map(name -> catalog.pool(name).orElseThrow())
                .toList();
    }
}
