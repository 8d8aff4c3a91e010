package io.ipam.subnet;

import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;

/**
 * Selects the pools for a pod that names subnets. Implementations must be pure and safe for
 * concurrent calls: equal demands and catalogs must lead to equal answers, without side effects.
 */
@FunctionalInterface
public interface SubnetPlanner {
    /**
     * Plans the pools for a demand, based on the existing pools.
     *
     * @param demand the demand
     * @param catalog the existing pools
     */
    SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog);

    /**
     * Plans the pools for a demand, based on the existing pools and the addresses in use. A
     * resolver calls this method. A planner that creates no pools need not implement it.
     *
     * @param demand the demand
     * @param catalog the existing pools
     * @param inUse the addresses in use, and the pools with some that were removed by force
     */
    default SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog, HeldAddresses inUse) {
        return plan(demand, catalog);
    }
}
