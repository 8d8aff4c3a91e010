package io.ipam.subnet;

import io.ipam.pool.PoolCatalog;

/**
 * Says which pools serve a pod that names subnets. Implementations are pure: the same demand and catalog, the same
 * answer; they change nothing.
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
}
