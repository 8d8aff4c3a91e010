package io.ipam.subnet;

import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;

/**
 * Says which pools serve a pod that names subnets. Implementations are pure: the same demand and
 * catalog, the same answer; they change nothing.
 */
@FunctionalInterface
public interface SubnetPlanner {
    /**
     * {@return the pools for a demand, given the pools that exist}
     *
     * @param demand what it is for
     * @param catalog the pools that exist
     */
    SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog);

    /**
     * {@return the pools for a demand, given the pools that exist and the addresses in use} This is
     * what a resolver asks; one that does not plan pools need not know of it.
     *
     * @param demand what it is for
     * @param catalog the pools that exist
     * @param inUse the addresses in use, and the pools that were removed by force and have some
     */
    default SubnetAnswer plan(SubnetDemand demand, PoolCatalog catalog, HeldAddresses inUse) {
        return plan(demand, catalog);
    }
}
