package io.ipam.resolution;

import io.ipam.pool.PoolCatalog;

/**
 * Everything that a resolution depends on.
 *
 * @param settings the settings of the resolver
 * @param workload the workload
 * @param selections the selections of the request
 * @param catalog the existing pools
 * @param usage the addresses in use
 */
record RequestInputs(
        ResolverSettings settings,
        Workload workload,
        PoolSelections selections,
        PoolCatalog catalog,
        UsageView usage) {}
