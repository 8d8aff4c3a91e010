package io.ipam.micrometer;

import static java.util.Objects.requireNonNull;

import io.ipam.Ipam;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.RefusalReason;
import io.micrometer.core.instrument.Counter;
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
 * Publishes what an {@link Ipam} does, and how full its pools are, to a Micrometer registry.
 *
 * <pre>{@code
 * IpamMetrics metrics = IpamMetrics.of(registry);
 * Ipam ipam = metrics.watch(Ipam.of(catalog, IpamSettings.defaults().withListener(metrics)));
 * }</pre>
 *
 * <p>Names follow Spiderpool's, without their prefixes. Counters and timers exist, at 0, from
 * {@link #of} on:
 *
 * <ul>
 * <li>{@code ipam.allocation.counts}: requests that were granted something or refused; not those
 *     that changed nothing because their owner already held what they asked for
 * <li>{@code ipam.allocation.failure.counts}, by {@code reason}: requests that were refused; the
 *     reason is a {@link RefusalReason} in lower case
 * <li>{@code ipam.allocation.duration}: how long the requests of {@code ipam.allocation.counts}
 *     took
 * <li>{@code ipam.allocation.ip.counts}: addresses that came to be held by a grant; not renewals
 * <li>{@code ipam.release.counts}: requests that released something
 * <li>{@code ipam.release.duration}: how long the requests of {@code ipam.release.counts} took
 * <li>{@code ipam.release.ip.counts}: addresses that ceased to be held
 * <li>{@code ip.gc.counts}: those of them that were released by reconciling
 * </ul>
 *
 * <p>Gauges exist from {@link #watch} on for every pool of the catalog in force, by {@code pool}:
 *
 * <ul>
 * <li>{@code ippool.total.ip.counts}: the addresses of the pool, exclusions subtracted; the sum of
 *     the next three
 * <li>{@code ippool.allocated.ip.counts}: addresses that are held
 * <li>{@code ippool.available.ip.counts}: addresses that can be handed out, free or cooling; 0 when
 *     the pool is exhausted
 * <li>{@code ippool.reserved.ip.counts}: addresses that a reservation keeps back
 * <li>{@code ippool.cooling.ip.counts}: those of the available ones that were released lately
 * </ul>
 *
 * <p>The gauge {@code ipam.replica.age} of {@link #watch} is the age of reads over a store, as
 * {@link io.ipam.IpamState#age} states it.
 *
 * <p>To call a listener of your own as well, give the settings one that calls both. Two IPAMs that
 * share a registry need tags that tell them apart.
 *
 * <p>Cost: O(1) for each event, no allocation but what the registry's meters make; O(pools) for a
 * change of the catalog. A gauge that is read asks {@link Ipam#usage(String)} then. The registry
 * keeps no IPAM from being collected.
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

    /** Null before {@link #watch} and after {@link #close}. Guarded by this. */
    private @Nullable PoolGauges pools;

    private @Nullable TimeGauge age;

    private IpamMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        allocations = counter("ipam.allocation.counts", "Requests for addresses that were granted or refused");
        for (RefusalReason reason : RefusalReason.values()) {
            failures.put(reason, failureCounter(reason));
        }
        allocationDuration = timer("ipam.allocation.duration", "How long requests for addresses took");
        allocatedAddresses = counter("ipam.allocation.ip.counts", "Addresses that were granted");
        releases = counter("ipam.release.counts", "Requests that released addresses");
        releaseDuration = timer("ipam.release.duration", "How long requests that released addresses took");
        releasedAddresses = counter("ipam.release.ip.counts", "Addresses that were released");
        collectedAddresses = counter("ip.gc.counts", "Addresses without a live owner that were released");
        reloads = counter("ipam.reload.counts", "Loads of the whole state from the store after the first one");
    }

    /**
     * {@return metrics whose meters have no tags but their own}
     *
     * @param registry where the meters are registered
     */
    public static IpamMetrics of(MeterRegistry registry) {
        return of(registry, List.of());
    }

    /**
     * {@return metrics whose meters all have some tags besides their own}
     *
     * @param registry where the meters are registered
     * @param tags the tags; not {@code reason} or {@code pool}
     */
    public static IpamMetrics of(MeterRegistry registry, Iterable<Tag> tags) {
        return new IpamMetrics(requireNonNull(registry, "registry"), Tags.of(requireNonNull(tags, "tags")));
    }

    /**
     * Registers the gauges of an IPAM's pools. From now on they follow its catalog: a pool that
     * comes gains its gauges, a pool that goes loses them. Over a store they follow the changes of
     * other processes if the settings report foreign events.
     *
     * @param ipam the IPAM whose settings have this as their listener, alone or among others
     * @return the same IPAM
     * @throws IllegalArgumentException when the settings have no listener
     * @throws IllegalStateException when an IPAM is watched already
     */
    public synchronized Ipam watch(Ipam ipam) {
        if (ipam.settings().listener().isEmpty()) {
            throw new IllegalArgumentException("ipam: its settings have no listener; give them this one");
        }
        if (pools != null) {
            throw new IllegalStateException("an Ipam is watched already");
        }
        pools = new PoolGauges(registry, tags, ipam);
        age = TimeGauge.builder("ipam.replica.age", ipam, TimeUnit.MILLISECONDS, IpamMetrics::ageMillis)
                .description("How old reads may be; 0 without a store")
                .tags(tags)
                .register(registry);
        pools.followCatalog();
        return ipam;
    }

    private static double ageMillis(Ipam ipam) {
        return ipam.state().age().toMillis();
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
        } else if (isSwap(event)) {
            followCatalog();
        }
    }

    private static boolean isSwap(AllocationEvent event) {
        return event instanceof AllocationEvent.Swapped
                || (event instanceof AllocationEvent.Foreign foreign && isSwap(foreign.event()));
    }

    /** Takes all meters out of the registry. */
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
        failures.values().forEach(registry::remove);
        Stream.of(
                        allocations,
                        allocationDuration,
                        allocatedAddresses,
                        releases,
                        releaseDuration,
                        releasedAddresses,
                        collectedAddresses,
                        reloads)
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
