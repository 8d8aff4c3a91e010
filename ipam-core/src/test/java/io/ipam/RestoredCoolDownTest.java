package io.ipam;

import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restored cool-down continues, even if its first reader specifies no time. */
class RestoredCoolDownTest {
    private static final Instant NOW = Instant.parse("2026-01-31T09:00:00Z");
    private static final Owner HOLDER = Owner.stateless("shop", "cart-0", "uid-0");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T08:59:00Z, 1",
        "2026-01-31T08:00:01Z, 1",
        "2026-01-31T08:00:00Z, 0",
        "1970-01-01T00:00:00Z, 0",
        "-1000000000-01-01T00:00:00Z, 0",
        "+1000000000-12-31T23:59:59Z, 1"
    })
    void resolve_restoredCoolDown_expiresOnTime(Instant releasedAt, long cooling) {
        Ipam ipam = Ipam.of(
                PoolCatalog.of(pool("blue-v4", "10.6.0.0/16", "10.6.1.0-10.6.1.9")),
                IpamSettings.defaults().withCoolDown(Duration.ofHours(1)).withClock(InstantSource.fixed(NOW)));
        ipam.state()
                .restore(
                        new StateSnapshot(
                                9,
                                List.of(new PoolSnapshot(
                                        "blue-v4",
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(new PoolSnapshot.Held(Address.parse("10.6.1.0"), HOLDER, "eth0", 1)),
                                        List.of(new PoolSnapshot.Cooling(
                                                Address.parse("10.6.1.1"), HOLDER, releasedAt))))),
                        RestoreMode.REFUSE);
        ipam.resolve(Workload.of(HOLDER), PoolSelections.none().withPod(PoolNames.of(Family.IPV4, List.of("blue-v4"))));
        assertEquals(cooling, ipam.usage("blue-v4").orElseThrow().cooling());
    }
}
