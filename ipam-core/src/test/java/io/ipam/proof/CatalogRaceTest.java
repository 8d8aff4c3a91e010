package io.ipam.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.Allocation;
import io.ipam.resolution.PoolFilter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A request that is overtaken by a catalog update uses the new catalog, even if its own pools are
 * unchanged.
 */
class CatalogRaceTest {
    private static final Runnable NOTHING = () -> {};

    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(NOTHING);

    /** Pool b is full until a opens. A request for any pool gets a1 or nothing, and never b1. */
    @Test
    void allocate_poolOpensConcurrently_isPreferred() {
        PoolFilter filter = (pool, demand) -> {
            meanwhile.getAndSet(NOTHING).run();
            return Optional.empty();
        };
        Ipam ipam = Ipam.of(SmallWorld.catalog(3), IpamSettings.defaults().withFilters(List.of(filter)));
        ipam.allocate(SmallWorld.workload(1), SmallWorld.selections(1)).orElseThrow();
        meanwhile.set(() -> {
            ipam.update(SmallWorld.catalog(3), SmallWorld.catalog(0)).orElseThrow();
            ipam.release(SmallWorld.owner(1));
        });
        List<Allocation> allocations =
                ipam.allocate(SmallWorld.workload(0), SmallWorld.selections(4)).orElseThrow();
        assertEquals("a1", SmallWorld.name(allocations.get(0).address()));
    }
}
