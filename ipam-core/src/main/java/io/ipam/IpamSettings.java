package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.resolution.PoolFilter;
import io.ipam.resolution.PoolOrder;
import io.ipam.resolution.ResolverSettings;
import io.ipam.subnet.SubnetPlanner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link Ipam}. Start with {@link #defaults} and change what differs: each
 * {@code with} method returns a copy.
 *
 * <p>Thread safety: immutable if the clock, the listener, and the resolver's filters are.
 */
public final class IpamSettings {
    private static final IpamSettings DEFAULTS = new IpamSettings();

    private ResolverSettings resolver = ResolverSettings.defaults();
    private AllocationOrder order = AllocationOrder.LOWEST;
    private long randomSeed;
    private Optional<Duration> coolDown = Optional.empty();
    private Duration reconcileGrace = Duration.ofMinutes(5);
    private InstantSource clock = InstantSource.system();
    private Optional<AllocationListener> listener = Optional.empty();
    private LongSupplier hashSeeds = () -> new SecureRandom().nextLong();
    private Duration storeTimeout = Duration.ofSeconds(30);
    private Duration newsInterval = Duration.ofSeconds(1);
    private boolean foreignEvents;
    private long statusLimitBytes = 1 << 20;

    private IpamSettings() {}

    private IpamSettings(IpamSettings other) {
        resolver = other.resolver;
        order = other.order;
        randomSeed = other.randomSeed;
        coolDown = other.coolDown;
        reconcileGrace = other.reconcileGrace;
        clock = other.clock;
        listener = other.listener;
        hashSeeds = other.hashSeeds;
        storeTimeout = other.storeTimeout;
        newsInterval = other.newsInterval;
        foreignEvents = other.foreignEvents;
        statusLimitBytes = other.statusLimitBytes;
    }

    /**
     * {@return the default settings: both families, lowest address first, no cool-down, a grace
     * period of five minutes, the system clock, no listener}
     */
    public static IpamSettings defaults() {
        return DEFAULTS;
    }

    /** {@return the families, the networks, the filters, and the order of candidates} */
    public ResolverSettings resolver() {
        return resolver;
    }

    /** {@return the order in which the free addresses of a pool are allocated} */
    public AllocationOrder order() {
        return order;
    }

    /** {@return the seed of {@link AllocationOrder#RANDOM}} */
    public long randomSeed() {
        return randomSeed;
    }

    /** {@return the time for which a released address is the last choice; zero if not stated} */
    public Duration coolDown() {
        return coolDown.orElse(Duration.ZERO);
    }

    /** {@return the cool-down, empty if none was stated: an opened realm has its own} */
    Optional<Duration> statedCoolDown() {
        return coolDown;
    }

    /** {@return the minimum time between two observations that confirm an orphan} */
    public Duration reconcileGrace() {
        return reconcileGrace;
    }

    /**
     * {@return the time source, read once per request} Over a store it is also read for each batch.
     * A change has the time of its batch then.
     */
    public InstantSource clock() {
        return clock;
    }

    /** {@return the receiver of allocation events} */
    public Optional<AllocationListener> listener() {
        return listener;
    }

    /** {@return the maximum time that a request waits for a commit to the store} */
    public Duration storeTimeout() {
        return storeTimeout;
    }

    /** {@return the maximum time between two polls of the store for commits of other processes} */
    public Duration newsInterval() {
        return newsInterval;
    }

    /** {@return whether the listener receives the events of other processes} */
    public boolean foreignEvents() {
        return foreignEvents;
    }

    /**
     * {@return the {@linkplain IpamState#statusBytes estimated size} of a pool's status text above
     * which {@link io.ipam.allocation.AllocationEvent.LargeStatus} is reported}
     */
    public long statusLimitBytes() {
        return statusLimitBytes;
    }

    /** {@return the source of the hash tables' seeds, read once per {@link Ipam}} */
    public LongSupplier hashSeeds() {
        return hashSeeds;
    }

    /** {@return a copy with other resolver settings} */
    public IpamSettings withResolver(ResolverSettings settings) {
        IpamSettings copy = new IpamSettings(this);
        copy.resolver = requireNonNull(settings, "settings");
        return copy;
    }

    /** {@return a copy with other families of the IP stack, at least one} */
    public IpamSettings withFamilies(Set<Family> families) {
        return withResolver(resolver.withEnabledFamilies(families));
    }

    /** {@return a copy with another namespace for networks that are named without one} */
    public IpamSettings withSystemNamespace(String namespace) {
        return withResolver(resolver.withSystemNamespace(namespace));
    }

    /**
     * {@return a copy with a default network for {@code eth0}}
     *
     * @param network {@code namespace/name}, or a name in the system namespace
     */
    public IpamSettings withClusterNetwork(String network) {
        return withResolver(resolver.withClusterNetwork(network));
    }

    /** {@return a copy with other filters of pools, applied in this order} */
    public IpamSettings withFilters(List<PoolFilter> filters) {
        requireNonNull(filters, "filters");
        return withResolver(resolver.withFilters(filters));
    }

    /** {@return a copy with an order of candidates} */
    public IpamSettings withPoolOrder(PoolOrder poolOrder) {
        requireNonNull(poolOrder, "poolOrder");
        return withResolver(resolver.withOrder(poolOrder));
    }

    /**
     * {@return a copy with a planner for pods that name subnets, such as an {@link
     * io.ipam.subnet.ApplicationPlanner}}
     *
     * @param planner the planner; without a planner, such pods are refused
     */
    public IpamSettings withSubnetPlanner(SubnetPlanner planner) {
        return withResolver(resolver.withSubnetPlanner(planner));
    }

    /** {@return a copy with another order of addresses} */
    public IpamSettings withOrder(AllocationOrder newOrder) {
        IpamSettings copy = new IpamSettings(this);
        copy.order = requireNonNull(newOrder, "newOrder");
        return copy;
    }

    /**
     * {@return a copy with another seed of {@link AllocationOrder#RANDOM}: equal seeds and requests
     * yield equal addresses}
     *
     * @param seed the seed
     */
    public IpamSettings withRandomSeed(long seed) {
        IpamSettings copy = new IpamSettings(this);
        copy.randomSeed = seed;
        return copy;
    }

    /**
     * {@return a copy with another cool-down}
     *
     * @param newCoolDown the cool-down, not negative; fractions of a millisecond are ignored
     */
    public IpamSettings withCoolDown(Duration newCoolDown) {
        IpamSettings copy = new IpamSettings(this);
        copy.coolDown = Optional.of(requireNotNegative(newCoolDown, "newCoolDown"));
        return copy;
    }

    /**
     * {@return a copy with another grace period of reconciliation}
     *
     * @param grace the grace period, not negative
     */
    public IpamSettings withReconcileGrace(Duration grace) {
        IpamSettings copy = new IpamSettings(this);
        copy.reconcileGrace = requireNotNegative(grace, "grace");
        return copy;
    }

    /** {@return a copy with another clock} */
    public IpamSettings withClock(InstantSource newClock) {
        IpamSettings copy = new IpamSettings(this);
        copy.clock = requireNonNull(newClock, "newClock");
        return copy;
    }

    /** {@return a copy with a listener} */
    public IpamSettings withListener(AllocationListener newListener) {
        requireNonNull(newListener, "newListener");
        IpamSettings copy = new IpamSettings(this);
        copy.listener = Optional.of(newListener);
        return copy;
    }

    /**
     * {@return a copy with another source of hash table seeds} The seeds protect against names of
     * owners and pools that were chosen to collide. They do not affect which addresses are
     * allocated. The default is a {@link SecureRandom}.
     *
     * @param seeds the source, which must not be predictable outside tests
     */
    public IpamSettings withHashSeeds(LongSupplier seeds) {
        IpamSettings copy = new IpamSettings(this);
        copy.hashSeeds = requireNonNull(seeds, "seeds");
        return copy;
    }

    /**
     * {@return a copy with another time limit of the store, 30 seconds by default} When it expires,
     * a sent request fails with {@link io.ipam.store.OutcomeUnknownException}. A request that was
     * not sent fails with {@link io.ipam.store.StoreUnavailableException}.
     *
     * @param timeout the time limit, not negative, capped at 100 days
     */
    public IpamSettings withStoreTimeout(Duration timeout) {
        IpamSettings copy = new IpamSettings(this);
        copy.storeTimeout = requireNotNegative(timeout, "timeout");
        return copy;
    }

    /**
     * {@return a copy with another interval between polls for commits of other processes, 1 s by
     * default}
     *
     * @param interval the interval, not negative, capped at 100 days; reads are at most that old,
     *     plus one round trip
     */
    public IpamSettings withNewsInterval(Duration interval) {
        IpamSettings copy = new IpamSettings(this);
        copy.newsInterval = requireNotNegative(interval, "interval");
        return copy;
    }

    /**
     * {@return a copy in which the listener also receives the events of other processes, as {@link
     * io.ipam.allocation.AllocationEvent.Foreign}}
     *
     * @param reported whether the listener receives them
     */
    public IpamSettings withForeignEvents(boolean reported) {
        IpamSettings copy = new IpamSettings(this);
        copy.foreignEvents = reported;
        return copy;
    }

    /**
     * {@return a copy with another limit of the size of a status text, 1 MiB by default} The limit
     * must be at least 1.
     */
    public IpamSettings withStatusLimitBytes(long limitBytes) {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("limitBytes must be at least 1, was " + limitBytes);
        }
        IpamSettings copy = new IpamSettings(this);
        copy.statusLimitBytes = limitBytes;
        return copy;
    }

    private static Duration requireNotNegative(Duration duration, String name) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + duration);
        }
        return duration;
    }

    private List<Object> facts() {
        return List.of(
                resolver,
                order,
                randomSeed,
                coolDown,
                reconcileGrace,
                clock,
                listener,
                hashSeeds,
                storeTimeout,
                newsInterval,
                foreignEvents,
                statusLimitBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof IpamSettings that && facts().equals(that.facts()));
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    @Override
    public String toString() {
        return "IpamSettings[resolver=" + resolver + ", order=" + order + ", randomSeed=" + randomSeed + ", coolDown="
                + coolDown() + ", reconcileGrace=" + reconcileGrace + ", clock=" + clock + ", listener=" + listener
                + ", storeTimeout="
                + storeTimeout + ", newsInterval=" + newsInterval + ", foreignEvents=" + foreignEvents
                + ", statusLimitBytes=" + statusLimitBytes + "]";
    }
}
