package io.ipam.micrometer;

import static java.util.Objects.requireNonNull;

import io.ipam.Ipam;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the requests of an {@link Ipam} and the use of its pools to a Micrometer registry.
 *
 * <pre>{@code
 * IpamMetrics metrics = IpamMetrics.of(registry);
 * Ipam ipam = metrics.watch(Ipam.of(catalog, IpamSettings.defaults().withListener(metrics)));
 * }</pre>
 *
 * <p>The names are those of Spiderpool without their prefixes. {@link #of} registers these counters
 * and timers, with the value 0:
 *
 * <ul>
 * <li>{@code ipam.allocation.counts}: requests that were granted an address or refused, except
 *     those that changed nothing because their owner already held the addresses
 * <li>{@code ipam.allocation.failure.counts}, by {@code reason}: requests that were refused; the
 *     reason is a {@link RefusalReason} in lower case
 * <li>{@code ipam.allocation.duration}: the duration of the requests of {@code
 *     ipam.allocation.counts}
 * <li>{@code ipam.allocation.ip.counts}: addresses that a grant allocated, without renewals
 * <li>{@code ipam.release.counts}: requests that released an address
 * <li>{@code ipam.release.duration}: the duration of the requests of {@code ipam.release.counts}
 * <li>{@code ipam.release.ip.counts}: addresses that were released
 * <li>{@code ip.gc.counts}: addresses that a reconciliation released
 * <li>{@code ipam.reload.counts}: loads of the whole state from the store, after the first one
 * <li>{@code ipam.trim.failure.counts}: failed attempts to delete the start of the log of a store
 * </ul>
 *
 * <p>{@link #watch} registers these gauges for every pool of the current catalog, by {@code pool}:
 *
 * <ul>
 * <li>{@code ippool.total.ip.counts}: the addresses of the pool, exclusions subtracted; the sum of
 *     the next three
 * <li>{@code ippool.allocated.ip.counts}: addresses that are held
 * <li>{@code ippool.available.ip.counts}: addresses that can be allocated, free or cooling; 0 if
 *     the pool is exhausted
 * <li>{@code ippool.reserved.ip.counts}: addresses that a reserved range withholds
 * <li>{@code ippool.cooling.ip.counts}: the available addresses that are cooling
 * </ul>
 *
 * <p>The gauge {@code ipam.replica.age} of {@link #watch} is the age of reads over a store, as
 * {@link io.ipam.IpamState#age} states it. The gauge {@code ipam.stopped} is 1 after the work with
 * the store has ended, as {@link io.ipam.IpamState#failure} states it, otherwise 0.
 *
 * <p>To use your own listener as well, pass the settings one that calls both. Two instances of
 * {@link Ipam} that share a registry need distinct tags.
 *
 * <p>Cost: O(1) for each event, without allocations except those of the registry's meters; O(pools)
 * for a change of the catalog. A gauge calls {@link Ipam#usage(String)} when it is read. The
 * registry does not prevent the garbage collection of an {@link Ipam}.
 *
 * <p>Thread safety: safe.
 */
public final class IpamMetrics implements AllocationListener, AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;

    private final Counter allocations;
    private final Map<RefusalReason, Counter> failures = new EnumMap<>(RefusalReason.class);
    private final Timer allocationDuration;
    private final Counter allocatedAddresses;
    private final Counter releases;
    private final Timer releaseDuration;
    private final Counter releasedAddresses;
    private final Counter collectedAddresses;
    private final Counter reloads;
    private final Counter trimFailures;

    /** Null before {@link #watch} and after {@link #close}. Guarded by this. */
    private @Nullable PoolGauges pools;

    private @Nullable TimeGauge age;

    private @Nullable Gauge stopped;

    private IpamMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        allocations = counter("ipam.allocation.counts", "Requests for addresses that were granted or refused");
        for (RefusalReason reason : RefusalReason.values()) {
            failures.put(reason, failureCounter(reason));
        }
        allocationDuration = timer("ipam.allocation.duration", "Duration of requests for addresses");
        allocatedAddresses = counter("ipam.allocation.ip.counts", "Addresses that were granted");
        releases = counter("ipam.release.counts", "Requests that released addresses");
        releaseDuration = timer("ipam.release.duration", "Duration of requests that released addresses");
        releasedAddresses = counter("ipam.release.ip.counts", "Addresses that were released");
        collectedAddresses = counter("ip.gc.counts", "Addresses without a live owner that were released");
        reloads = counter("ipam.reload.counts", "Loads of the whole state from the store after the first one");
        trimFailures = counter("ipam.trim.failure.counts", "Failed attempts to delete the start of the log");
    }

    /**
     * Registers the counters and the timers, with only their own tags.
     *
     * @param registry the registry of the meters
     */
    public static IpamMetrics of(MeterRegistry registry) {
        return of(registry, List.of());
    }

    /**
     * Registers the counters and the timers, with some tags in addition to their own.
     *
     * @param registry the registry of the meters
     * @param tags the tags; not {@code reason} or {@code pool}
     */
    public static IpamMetrics of(MeterRegistry registry, Iterable<Tag> tags) {
        return new IpamMetrics(requireNonNull(registry, "registry"), Tags.of(requireNonNull(tags, "tags")));
    }

    /**
     * Registers the gauges of the pools of an {@link Ipam}. They follow its catalog: a pool that is
     * added gets its gauges, and a pool that is removed loses them. Over a store they follow the
     * changes of other processes if the settings report foreign events.
     *
     * @param ipam the {@link Ipam} whose settings have this object as their listener, or as one of
     *     several
     * @return the same {@link Ipam}
     * @throws IllegalArgumentException if the settings have no listener
     * @throws IllegalStateException if an {@link Ipam} is already watched
     */
    public synchronized Ipam watch(Ipam ipam) {
        if (ipam.settings().listener().isEmpty()) {
            throw new IllegalArgumentException(
                    "the settings of ipam must have a listener; pass this object to withListener");
        }
        if (pools != null) {
            throw new IllegalStateException("an Ipam is already watched");
        }
        pools = new PoolGauges(registry, tags, ipam);
        age = TimeGauge.builder("ipam.replica.age", ipam, TimeUnit.MILLISECONDS, IpamMetrics::ageMillis)
                .description("Maximum age of reads; 0 without a store")
                .tags(tags)
                .register(registry);
        stopped = Gauge.builder("ipam.stopped", ipam, IpamMetrics::hasStopped)
                .description("1 after the work with the store has ended, otherwise 0")
                .tags(tags)
                .register(registry);
        pools.followCatalog();
        return ipam;
    }

    private static double ageMillis(Ipam ipam) {
        return ipam.state().age().toMillis();
    }

    private static double hasStopped(Ipam ipam) {
        return ipam.state().failure().isPresent() ? 1 : 0;
    }

    /** Counts an event; the gauges follow a change of the catalog. */
    @Override
    public void on(AllocationEvent event) {
        if (event instanceof AllocationEvent.Granted granted) {
            countGranted(granted);
        } else if (event instanceof AllocationEvent.Released released) {
            countReleased(released);
        } else if (event instanceof AllocationEvent.Refused refused) {
            countAllocation(refused.elapsedNanos());
            requireNonNull(failures.get(refused.reason())).increment();
        } else if (event instanceof AllocationEvent.Reconciled reconciled) {
            collectedAddresses.increment(reconciled.released());
        } else if (event instanceof AllocationEvent.Reloaded) {
            reloads.increment();
            followCatalog();
        } else if (event instanceof AllocationEvent.TrimFailed) {
            trimFailures.increment();
        } else if (isSwap(event)) {
            followCatalog();
        }
    }

    private static boolean isSwap(AllocationEvent event) {
        return event instanceof AllocationEvent.Swapped
                || (event instanceof AllocationEvent.Foreign foreign && isSwap(foreign.event()));
    }

    /** Removes all meters from the registry. */
    @Override
    public synchronized void close() {
        if (pools != null) {
            pools.clear();
            pools = null;
        }
        if (age != null) {
            registry.remove(age);
            age = null;
        }
        if (stopped != null) {
            registry.remove(stopped);
            stopped = null;
        }
        failures.values().forEach(registry::remove);
        Stream.of(
                        allocations,
                        allocationDuration,
                        allocatedAddresses,
                        releases,
                        releaseDuration,
                        releasedAddresses,
                        collectedAddresses,
                        reloads,
                        trimFailures)
                .forEach(registry::remove);
    }

    private void countGranted(AllocationEvent.Granted granted) {
        if (!granted.renewed()) {
            allocatedAddresses.increment();
        }
        if (granted.position() == 0) {
            countAllocation(granted.elapsedNanos());
        }
    }

    private void countAllocation(long elapsedNanos) {
        allocations.increment();
        allocationDuration.record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    private void countReleased(AllocationEvent.Released released) {
        releasedAddresses.increment();
        if (released.position() == 0) {
            releases.increment();
            releaseDuration.record(released.elapsedNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void followCatalog() {
        if (pools != null) {
            pools.followCatalog();
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Counter failureCounter(RefusalReason reason) {
        return Counter.builder("ipam.allocation.failure.counts")
                .description("Requests for addresses that were refused")
                .tags(tags.and("reason", reason.name().toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).tags(tags).register(registry);
    }
}
