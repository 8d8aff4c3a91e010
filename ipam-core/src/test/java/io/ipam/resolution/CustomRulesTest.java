package io.ipam.resolution;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.resolution.Requests.candidates;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Filters and orders of the caller, including failing ones. */
class CustomRulesTest {
    private static final PoolCatalog CATALOG = PoolCatalog.of(
            v4("a", 1),
            v4("b", 2),
            v4("c", 3, PoolAffinity.none().withNamespaceNames(List.of("shop"))),
            disabled(v4("off", 4)));

    private static Resolution resolve(ResolverSettings settings) {
        return PoolResolver.of(settings)
                .resolve(Requests.cart(), Requests.pod("a", "b", "c", "off"), CATALOG, UsageView.none());
    }

    private static DemandResolution demand(ResolverSettings settings) {
        return resolve(settings).demands().get(0);
    }

    @Test
    void filter_refuses_rejectionHasItsText() {
        PoolFilter filter = PoolFilter.named(
                "vlan",
                (pool, demand) -> pool.name().equals("b") ? Optional.of("vlan 7 is not there") : Optional.empty());
        DemandResolution demand = demand(ResolverSettings.defaults().withFilters(List.of(filter)));
        assertEquals(List.of("c", "a"), candidates(demand));
        assertEquals(
                List.of(
                        new Rejection.CustomFilter("b", "vlan", "vlan 7 is not there", Optional.empty()),
                        new Rejection.Disabled("off")),
                demand.rejections());
        assertEquals(
                "is refused by filter vlan: vlan 7 is not there",
                demand.rejections().get(0).reason());
    }

    @Test
    void filters_several_runInOrderUntilOneRefuses() {
        List<String> asked = new ArrayList<>();
        PoolFilter first = (pool, demand) -> {
            asked.add("first " + pool.name() + " " + demand.request().name() + " " + demand.source());
            return pool.name().equals("a") ? Optional.of("no") : Optional.empty();
        };
        PoolFilter second = (pool, demand) -> {
            asked.add("second " + pool.name());
            return Optional.empty();
        };
        Resolution resolution = resolve(ResolverSettings.defaults().withFilters(List.of(first, second)));
        List<String> expected =
                List.of("first a eth0 POD", "first b eth0 POD", "second b", "first c eth0 POD", "second c");
        assertEquals(expected, asked);
        resolution.explain();
        resolution.message();
        assertEquals(expected, asked, "texts do not call filters");
    }

    @Test
    void filter_withoutName_isCustom() {
        PoolFilter filter = (pool, demand) -> Optional.of("no");
        assertEquals("custom", filter.name());
        assertEquals(
                "is refused by filter custom: no",
                demand(ResolverSettings.defaults().withFilters(List.of(filter)))
                        .rejections()
                        .get(0)
                        .reason());
    }

    @Test
    void filter_throws_isTheCause() {
        IllegalStateException boom = new IllegalStateException("boom");
        PoolFilter filter = (pool, demand) -> {
            if (pool.name().equals("a")) {
                throw boom;
            }
            return Optional.empty();
        };
        DemandResolution demand = demand(ResolverSettings.defaults().withFilters(List.of(filter)));
        assertEquals(List.of("c", "b"), candidates(demand));
        Rejection.CustomFilter rejection = assertInstanceOf(
                Rejection.CustomFilter.class, demand.rejections().get(0));
        assertSame(boom, rejection.cause().orElseThrow());
        assertTrue(rejection.reason().contains("boom"));
    }

    @Test
    @SuppressWarnings({"NullOptional", "OptionalAssignedToNull"})
    void filter_returnsNull_rejectsThePoolWithTheCause() {
        DemandResolution demand = demand(ResolverSettings.defaults().withFilters(List.of((pool, context) -> null)));
        assertInstanceOf(DemandResolution.Unserved.class, demand);
        Rejection.CustomFilter rejection =
                (Rejection.CustomFilter) demand.rejections().get(0);
        assertInstanceOf(NullPointerException.class, rejection.cause().orElseThrow());
    }

    @Test
    void filter_throwsVirtualMachineError_isPropagated() {
        PoolFilter filter = (pool, demand) -> {
            throw new StackOverflowError();
        };
        assertThrows(
                StackOverflowError.class,
                () -> resolve(ResolverSettings.defaults().withFilters(List.of(filter))));
    }

    @Test
    void order_ranks_sortTheCandidatesStably() {
        assertEquals(
                List.of("c", "a", "b"),
                candidates(demand(ResolverSettings.defaults().withOrder((pool, demand) -> 7))));
        assertEquals(
                List.of("a", "c", "b"),
                candidates(demand(ResolverSettings.defaults()
                        .withOrder((pool, demand) ->
                                pool.name().equals("b") ? 1 : pool.name().equals("a") ? Long.MIN_VALUE : 0))));
    }

    @Test
    void order_throws_poolIsRejected() {
        RuntimeException boom = new RuntimeException("boom");
        PoolOrder order = (pool, demand) -> {
            if (pool.name().equals("c")) {
                throw boom;
            }
            return 0;
        };
        DemandResolution demand = demand(ResolverSettings.defaults().withOrder(order));
        assertEquals(List.of("a", "b"), candidates(demand));
        assertEquals(List.of(new Rejection.Disabled("off"), new Rejection.CustomOrder("c", boom)), demand.rejections());
    }

    @Test
    void order_byUsage_spreadsOverPools() {
        UsageView usage = Requests.full("a", "c");
        PoolOrder mostFree = (Pool pool, DemandContext demand) -> demand.usage()
                .usage(pool.name())
                .map(counts -> counts.free().negate().longValueExact())
                .orElse(0L);
        Resolution resolution = PoolResolver.of(ResolverSettings.defaults().withOrder(mostFree))
                .resolve(Requests.cart(), Requests.pod("a", "b", "c"), CATALOG, usage);
        assertEquals(List.of("b", "c", "a"), candidates(resolution.demands().get(0)));
    }
}
