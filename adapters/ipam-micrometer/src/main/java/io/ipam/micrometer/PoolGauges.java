package io.ipam.micrometer;

import io.ipam.Ipam;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.PoolCatalog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of the pools of one {@link Ipam}, as of the last catalog that was passed. A gauge has
 * a weak reference to the {@link Ipam} and the name of its pool, so it stays valid when the pool
 * changes. It reads NaN after the pool was removed or the {@link Ipam} was garbage-collected.
 *
 * <p>Thread safety: none; the gauges themselves may be read by any thread.
 */
final class PoolGauges {
    /** A value to measure. A double is exact up to 2^53 and covers any number of addresses. */
    private record Measure(String name, String description, ToDoubleFunction<PoolUsage> of) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure(
                    "ippool.total.ip.counts",
                    "Addresses of a pool, exclusions subtracted",
                    usage -> usage.total().doubleValue()),
            new Measure("ippool.allocated.ip.counts", "Addresses of a pool that are held", PoolUsage::held),
            new Measure(
                    "ippool.available.ip.counts",
                    "Addresses of a pool that can be allocated",
                    usage -> usage.free().doubleValue() + usage.cooling()),
            new Measure(
                    "ippool.reserved.ip.counts",
                    "Addresses of a pool that a reserved range withholds",
                    usage -> usage.reserved().doubleValue()),
            new Measure(
                    "ippool.cooling.ip.counts", "Available addresses of a pool that are cooling", PoolUsage::cooling));

    private final MeterRegistry registry;
    private final Tags tags;
    private final Ipam ipam;
    private final Map<String, List<Gauge>> byPool = new HashMap<>();

    PoolGauges(MeterRegistry registry, Tags tags, Ipam ipam) {
        this.registry = registry;
        this.tags = tags;
        this.ipam = ipam;
    }

    /** Makes the gauges those of the current catalog. */
    void followCatalog() {
        PoolCatalog catalog = ipam.catalog();
        byPool.entrySet().removeIf(entry -> {
            boolean isGone = catalog.pool(entry.getKey()).isEmpty();
            if (isGone) {
                entry.getValue().forEach(registry::remove);
            }
            return isGone;
        });
        catalog.pools().forEach(pool -> byPool.computeIfAbsent(pool.name(), this::register));
    }

    /** Removes all gauges. */
    void clear() {
        byPool.values().forEach(gauges -> gauges.forEach(registry::remove));
        byPool.clear();
    }

    private List<Gauge> register(String pool) {
        return MEASURES.stream().map(measure -> register(pool, measure)).toList();
    }

    private Gauge register(String pool, Measure measure) {
        return Gauge.builder(measure.name(), ipam, watched -> value(watched, pool, measure))
                .description(measure.description())
                .tags(tags.and("pool", pool))
                .register(registry);
    }

    private static double value(Ipam ipam, String pool, Measure measure) {
        return ipam.usage(pool).map(measure.of()::applyAsDouble).orElse(Double.NaN);
    }
}
