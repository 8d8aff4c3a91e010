package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.subnet.SubnetPlanner;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link PoolResolver} knows of its surroundings.
 *
 * <p>Thread safety: immutable, if the filters, the order and the planner are.
 *
 * @param enabledFamilies the families of the IP stack, at least one
 * @param systemNamespace the namespace of networks that are named without one
 * @param clusterNetwork the network that {@code eth0} joins when nothing else is said
 * @param filters asked in this order after the library's own checks
 * @param order ranks the candidates; equal ranks keep the library's own order
 * @param subnetPlanner answers for pods that name subnets; without one they cannot be served
 */
public record ResolverSettings(
        Set<Family> enabledFamilies,
        String systemNamespace,
        Optional<String> clusterNetwork,
        List<PoolFilter> filters,
        Optional<PoolOrder> order,
        Optional<SubnetPlanner> subnetPlanner) {
    private static final ResolverSettings DEFAULTS = new ResolverSettings(
            EnumSet.allOf(Family.class),
            "kube-system",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    /**
     * Copies the collections and checks that a family is enabled.
     *
     * @param enabledFamilies the families of the IP stack, at least one
     * @param systemNamespace the namespace of networks that are named without one
     * @param clusterNetwork the network that {@code eth0} joins when nothing else is said
     * @param filters asked in this order after the library's own checks
     * @param order ranks the candidates; equal ranks keep the library's own order
     * @param subnetPlanner answers for pods that name subnets; without one they cannot be served
     */
    public ResolverSettings {
        if (enabledFamilies.isEmpty()) {
            throw new IllegalArgumentException("enabledFamilies is empty");
        }
        enabledFamilies = Collections.unmodifiableSet(EnumSet.copyOf(enabledFamilies));
        requireNonNull(systemNamespace, "systemNamespace");
        requireNonNull(clusterNetwork, "clusterNetwork");
        filters = List.copyOf(filters);
        requireNonNull(order, "order");
        requireNonNull(subnetPlanner, "subnetPlanner");
    }

    /** {@return all families, system namespace {@code kube-system}, nothing else} */
    public static ResolverSettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@return the same with other families}
     *
     * @param families the families
     */
    public ResolverSettings withEnabledFamilies(Set<Family> families) {
        return new ResolverSettings(families, systemNamespace, clusterNetwork, filters, order, subnetPlanner);
    }

    /**
     * {@return the same with another system namespace}
     *
     * @param namespace the namespace
     */
    public ResolverSettings withSystemNamespace(String namespace) {
        return new ResolverSettings(enabledFamilies, namespace, clusterNetwork, filters, order, subnetPlanner);
    }

    /**
     * {@return the same with a cluster network, {@code namespace/name} or a name in the system namespace}
     *
     * @param network the network
     */
    public ResolverSettings withClusterNetwork(String network) {
        return new ResolverSettings(
                enabledFamilies, systemNamespace, Optional.of(network), filters, order, subnetPlanner);
    }

    /**
     * {@return the same with other filters}
     *
     * @param newFilters the filters
     */
    public ResolverSettings withFilters(List<PoolFilter> newFilters) {
        return new ResolverSettings(enabledFamilies, systemNamespace, clusterNetwork, newFilters, order, subnetPlanner);
    }

    /**
     * {@return the same with an order}
     *
     * @param newOrder the order
     */
    public ResolverSettings withOrder(PoolOrder newOrder) {
        return new ResolverSettings(
                enabledFamilies, systemNamespace, clusterNetwork, filters, Optional.of(newOrder), subnetPlanner);
    }

    /**
     * {@return the same with a planner for pods that name subnets}
     *
     * @param planner the planner
     */
    public ResolverSettings withSubnetPlanner(SubnetPlanner planner) {
        return new ResolverSettings(
                enabledFamilies, systemNamespace, clusterNetwork, filters, order, Optional.of(planner));
    }
}
