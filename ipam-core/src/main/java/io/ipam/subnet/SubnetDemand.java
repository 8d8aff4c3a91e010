package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.util.List;
import java.util.Optional;

/**
 * The demand of one interface and family for addresses of the subnets that its pod names.
 *
 * <p>Thread safety: immutable.
 *
 * @param application the application of the pool
 * @param interfaceName the interface
 * @param family the family
 * @param subnets the names of the subnets, at least one
 * @param size the size of the pool
 * @param reclaim whether a recreated application gets a new pool
 */
public record SubnetDemand(
        Optional<Application> application,
        String interfaceName,
        Family family,
        List<String> subnets,
        PoolSize size,
        boolean reclaim) {
    /** Copies the names. */
    public SubnetDemand {
        requireNonNull(subnets, "subnets");
        requireNonNull(application, "application");
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(family, "family");
        subnets = List.copyOf(subnets);
        requireNonNull(size, "size");
    }
}
