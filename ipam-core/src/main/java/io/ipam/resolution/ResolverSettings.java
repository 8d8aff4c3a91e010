package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.subnet.SubnetPlanner;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link PoolResolver}. Start with {@link #defaults} and change what differs:
 * each {@code with} method returns a copy. The limits bound the cost of hostile requests: with the
 * defaults, less than 100 ms of processor time and 16 MB.
 *
 * <p>Thread safety: immutable if the filters, the order, and the planner are.
 */
public final class ResolverSettings {
    private static final ResolverSettings DEFAULTS = new ResolverSettings();

    private Set<Family> enabledFamilies = Collections.unmodifiableSet(EnumSet.allOf(Family.class));
    private String systemNamespace = "kube-system";
    private Optional<String> clusterNetwork = Optional.empty();
    private List<PoolFilter> filters = List.of();
    private Optional<PoolOrder> order = Optional.empty();
    private Optional<SubnetPlanner> subnetPlanner = Optional.empty();
    private int maxInterfaces = 256;
    private int maxPatternLength = 1_024;
    private long maxPatternSteps = 5_000_000;
    private int maxProblems = 50;

    private ResolverSettings() {}

    private ResolverSettings(ResolverSettings other) {
        enabledFamilies = other.enabledFamilies;
        systemNamespace = other.systemNamespace;
        clusterNetwork = other.clusterNetwork;
        filters = other.filters;
        order = other.order;
        subnetPlanner = other.subnetPlanner;
        maxInterfaces = other.maxInterfaces;
        maxPatternLength = other.maxPatternLength;
        maxPatternSteps = other.maxPatternSteps;
        maxProblems = other.maxProblems;
    }

    /**
     * {@return the default settings: all families, system namespace {@code kube-system}, the
     * default limits, no filters, no order}
     */
    public static ResolverSettings defaults() {
        return DEFAULTS;
    }

    /** {@return the families of the IP stack, at least one} */
    public Set<Family> enabledFamilies() {
        return enabledFamilies;
    }

    /** {@return the namespace of networks that are named without one} */
    public String systemNamespace() {
        return systemNamespace;
    }

    /** {@return the network that {@code eth0} joins by default} */
    public Optional<String> clusterNetwork() {
        return clusterNetwork;
    }

    /** {@return the filters, called in this order after the library's own checks} */
    public List<PoolFilter> filters() {
        return filters;
    }

    /** {@return the order of candidates; equal ranks keep the library's own order} */
    public Optional<PoolOrder> order() {
        return order;
    }

    /** {@return the planner for pods that name subnets; without one they cannot be served} */
    public Optional<SubnetPlanner> subnetPlanner() {
        return subnetPlanner;
    }

    /** {@return the maximum number of interfaces of a request} */
    public int maxInterfaces() {
        return maxInterfaces;
    }

    /** {@return the maximum number of characters of a pattern for pool names} */
    public int maxPatternLength() {
        return maxPatternLength;
    }

    /**
     * {@return the maximum number of steps for matching the patterns of a request; see {@link
     * io.ipam.pool.PatternSearch}}
     */
    public long maxPatternSteps() {
        return maxPatternSteps;
    }

    /** {@return the maximum number of problems that a resolution lists} */
    public int maxProblems() {
        return maxProblems;
    }

    /**
     * {@return a copy with other families of the IP stack}
     *
     * @param families the families, at least one
     */
    public ResolverSettings withEnabledFamilies(Set<Family> families) {
        if (requireNonNull(families, "families").isEmpty()) {
            throw new IllegalArgumentException("families must not be empty");
        }
        ResolverSettings copy = new ResolverSettings(this);
        copy.enabledFamilies = Collections.unmodifiableSet(EnumSet.copyOf(families));
        return copy;
    }

    /**
     * {@return a copy with another system namespace}
     *
     * @param namespace the namespace
     */
    public ResolverSettings withSystemNamespace(String namespace) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.systemNamespace = requireNonNull(namespace, "namespace");
        return copy;
    }

    /**
     * {@return a copy with a network that {@code eth0} joins by default}
     *
     * @param network {@code namespace/name}, or a name in the system namespace
     */
    public ResolverSettings withClusterNetwork(String network) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.clusterNetwork = Optional.of(requireNonNull(network, "network"));
        return copy;
    }

    /**
     * {@return a copy with other filters} With filters or an order, every interface is checked
     * separately. The cost of a request is then proportional to the number of its interfaces.
     *
     * @param newFilters the filters
     */
    public ResolverSettings withFilters(List<PoolFilter> newFilters) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.filters = List.copyOf(requireNonNull(newFilters, "newFilters"));
        return copy;
    }

    /**
     * {@return a copy with an order of candidates}
     *
     * @param newOrder the order
     */
    public ResolverSettings withOrder(PoolOrder newOrder) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.order = Optional.of(requireNonNull(newOrder, "newOrder"));
        return copy;
    }

    /**
     * {@return a copy with a planner for pods that name subnets}
     *
     * @param planner the planner
     */
    public ResolverSettings withSubnetPlanner(SubnetPlanner planner) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.subnetPlanner = Optional.of(requireNonNull(planner, "planner"));
        return copy;
    }

    /**
     * {@return a copy with another limit on the interfaces of a request}
     *
     * @param limit the maximum number of interfaces, at least 1
     */
    public ResolverSettings withMaxInterfaces(int limit) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.maxInterfaces = (int) atLeastOne(limit);
        return copy;
    }

    /**
     * {@return a copy with another limit on the length of a pattern}
     *
     * @param limit the maximum number of characters, at least 1
     */
    public ResolverSettings withMaxPatternLength(int limit) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.maxPatternLength = (int) atLeastOne(limit);
        return copy;
    }

    /**
     * {@return a copy with another limit on the steps of matching the patterns of a request}
     *
     * @param limit the maximum number of steps, at least 1
     */
    public ResolverSettings withMaxPatternSteps(long limit) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.maxPatternSteps = atLeastOne(limit);
        return copy;
    }

    /**
     * {@return a copy with another limit on the problems that a resolution lists}
     *
     * @param limit the maximum number of problems, at least 1
     */
    public ResolverSettings withMaxProblems(int limit) {
        ResolverSettings copy = new ResolverSettings(this);
        copy.maxProblems = (int) atLeastOne(limit);
        return copy;
    }

    private static long atLeastOne(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        return limit;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ResolverSettings that && parts().equals(that.parts()));
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(
                enabledFamilies,
                systemNamespace,
                clusterNetwork,
                filters,
                order,
                subnetPlanner,
                maxInterfaces,
                maxPatternLength,
                maxPatternSteps,
                maxProblems);
    }

    /** The parts in the order of their accessors. */
    @Override
    public String toString() {
        return "ResolverSettings" + parts();
    }
}
