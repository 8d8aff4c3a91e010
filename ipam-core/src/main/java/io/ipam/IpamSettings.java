package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.resolution.PoolFilter;
import io.ipam.resolution.PoolOrder;
import io.ipam.resolution.ResolverSettings;
import io.ipam.subnet.SubnetPlanner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@link Ipam} is told once.
 *
 * <p>Thread safety: immutable, if the clock, the listener and the resolver's filters are.
 *
 * @param resolver the families of the IP stack, networks, filters and order of candidates
 * @param order which free address of a pool is handed out first
 * @param randomSeed from which {@link AllocationOrder#RANDOM} draws: the same seed and requests, the same addresses
 * @param coolDown how long a released address is handed out only when there is no other; zero for not at all
 * @param reconcileGrace how long an allocation has had no live owner when it counts as dead
 * @param clock the time; read once per request
 * @param listener who is told what has happened
 */
public record IpamSettings(
        ResolverSettings resolver,
        AllocationOrder order,
        long randomSeed,
        Duration coolDown,
        Duration reconcileGrace,
        InstantSource clock,
        Optional<AllocationListener> listener) {
    private static final IpamSettings DEFAULTS = new IpamSettings(
            ResolverSettings.defaults(),
            AllocationOrder.LOWEST,
            0,
            Duration.ZERO,
            Duration.ofMinutes(5),
            InstantSource.system(),
            Optional.empty());

    /**
     * Checks that no duration is negative; throws IllegalArgumentException otherwise.
     *
     * @param resolver the families of the IP stack, networks, filters and order of candidates
     * @param order which free address of a pool is handed out first
     * @param randomSeed from which {@link AllocationOrder#RANDOM} draws: the same seed and requests, the same addresses
     * @param coolDown how long a released address is handed out only when there is no other; zero for not at all
     * @param reconcileGrace how long an allocation has had no live owner when it counts as dead
     * @param clock the time; read once per request
     * @param listener who is told what has happened
     */
    public IpamSettings {
        requireNonNull(resolver, "resolver");
        requireNonNull(order, "order");
        requireNotNegative(coolDown, "coolDown");
        requireNotNegative(reconcileGrace, "reconcileGrace");
        requireNonNull(clock, "clock");
        requireNonNull(listener, "listener");
    }

    /** {@return both families, lowest address first, no cool-down, a grace of five minutes, the system's clock, no listener} */
    public static IpamSettings defaults() {
        return DEFAULTS;
    }

    /**
     * {@return the same with another resolver's settings}
     *
     * @param newResolver the settings
     */
    public IpamSettings withResolver(ResolverSettings newResolver) {
        return new IpamSettings(newResolver, order, randomSeed, coolDown, reconcileGrace, clock, listener);
    }

    /**
     * {@return the same with other families of the IP stack}
     *
     * @param families the families, at least one
     */
    public IpamSettings withFamilies(Set<Family> families) {
        return withResolver(resolver.withEnabledFamilies(families));
    }

    /**
     * {@return the same with another namespace for networks that are named without one}
     *
     * @param namespace the namespace
     */
    public IpamSettings withSystemNamespace(String namespace) {
        return withResolver(resolver.withSystemNamespace(namespace));
    }

    /**
     * {@return the same with a network that {@code eth0} joins when nothing else is said}
     *
     * @param network {@code namespace/name}, or a name in the system namespace
     */
    public IpamSettings withClusterNetwork(String network) {
        return withResolver(resolver.withClusterNetwork(network));
    }

    /**
     * {@return the same with other filters of pools}
     *
     * @param filters asked in this order
     */
    public IpamSettings withFilters(List<PoolFilter> filters) {
        return withResolver(resolver.withFilters(filters));
    }

    /**
     * {@return the same with an order of candidates}
     *
     * @param poolOrder the order
     */
    public IpamSettings withPoolOrder(PoolOrder poolOrder) {
        return withResolver(resolver.withOrder(poolOrder));
    }

    /**
     * {@return the same with a planner for pods that name subnets, such as an {@link io.ipam.subnet.ApplicationPlanner}}
     *
     * @param planner the planner; without one such pods are refused
     */
    public IpamSettings withSubnetPlanner(SubnetPlanner planner) {
        return withResolver(resolver.withSubnetPlanner(planner));
    }

    /**
     * {@return the same with another order of addresses}
     *
     * @param newOrder the order
     */
    public IpamSettings withOrder(AllocationOrder newOrder) {
        return new IpamSettings(resolver, newOrder, randomSeed, coolDown, reconcileGrace, clock, listener);
    }

    /**
     * {@return the same with another seed}
     *
     * @param seed the seed
     */
    public IpamSettings withRandomSeed(long seed) {
        return new IpamSettings(resolver, order, seed, coolDown, reconcileGrace, clock, listener);
    }

    /**
     * {@return the same with another cool-down}
     *
     * @param newCoolDown how long; what is finer than a millisecond does not count
     */
    public IpamSettings withCoolDown(Duration newCoolDown) {
        return new IpamSettings(resolver, order, randomSeed, newCoolDown, reconcileGrace, clock, listener);
    }

    /**
     * {@return the same with another grace period of reconciling}
     *
     * @param grace how long
     */
    public IpamSettings withReconcileGrace(Duration grace) {
        return new IpamSettings(resolver, order, randomSeed, coolDown, grace, clock, listener);
    }

    /**
     * {@return the same with another clock}
     *
     * @param newClock the clock
     */
    public IpamSettings withClock(InstantSource newClock) {
        return new IpamSettings(resolver, order, randomSeed, coolDown, reconcileGrace, newClock, listener);
    }

    /**
     * {@return the same with a listener}
     *
     * @param newListener the listener
     */
    public IpamSettings withListener(AllocationListener newListener) {
        return new IpamSettings(resolver, order, randomSeed, coolDown, reconcileGrace, clock, Optional.of(newListener));
    }

    private static void requireNotNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + duration);
        }
    }
}
