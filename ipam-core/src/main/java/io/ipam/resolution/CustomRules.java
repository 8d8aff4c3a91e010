package io.ipam.resolution;

import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The filters and the order of the caller, for one demand. An exception that they throw becomes a
 * rejection; an {@link Error} is rethrown.
 */
final class CustomRules {
    /** No filter and no order. */
    static final CustomRules NONE = new CustomRules(List.of(), Optional.empty(), null);

    private final List<PoolFilter> filters;
    private final Optional<PoolOrder> order;
    private final @Nullable DemandContext context;

    private CustomRules(List<PoolFilter> filters, Optional<PoolOrder> order, @Nullable DemandContext context) {
        this.filters = filters;
        this.order = order;
        this.context = context;
    }

    static boolean areIn(ResolverSettings settings) {
        return !settings.filters().isEmpty() || settings.order().isPresent();
    }

    /** The rules of the caller for one interface. */
    static CustomRules of(RequestInputs inputs, InterfaceRequest request, Source source) {
        ResolverSettings settings = inputs.settings();
        return areIn(settings)
                ? new CustomRules(
                        settings.filters(),
                        settings.order(),
                        new DemandContext(inputs.workload(), request, source, inputs.usage()))
                : NONE;
    }

    /** The first filter's refusal, or null. */
    @Nullable
    Rejection refuse(Pool pool) {
        if (context == null) {
            return null;
        }
        for (PoolFilter filter : filters) {
            Rejection rejection = ask(filter, pool, context);
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }

    private static @Nullable Rejection ask(PoolFilter filter, Pool pool, DemandContext context) {
        String name = "custom";
        try {
            name = filter.name();
            Optional<String> refusal = filter.refuse(pool, context);
            return refusal.isEmpty()
                    ? null
                    : new Rejection.CustomFilter(pool.name(), name, refusal.get(), Optional.empty());
        } catch (Exception failure) {
            return new Rejection.CustomFilter(pool.name(), name, "", Optional.of(failure));
        }
    }

    /** Orders the pools by rank, stably; pools that cannot be ranked become rejections. */
    List<Pool> order(List<Pool> pools, List<Rejection> rejections) {
        if (context == null || order.isEmpty()) {
            return pools;
        }
        List<Ranked> ranked = new ArrayList<>(pools.size());
        for (Pool pool : pools) {
            try {
                ranked.add(new Ranked(pool, order.get().rank(pool, context)));
            } catch (Exception failure) {
                rejections.add(new Rejection.CustomOrder(pool.name(), failure));
            }
        }
        ranked.sort(Comparator.comparingLong(Ranked::rank));
        return ranked.stream().map(Ranked::pool).toList();
    }

    private record Ranked(Pool pool, long rank) {}
}
