package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The export of one pool equals its part of the whole export. */
class OnePoolExportTest {
    private static final Set<String> POOLS = Set.of("a", "b", "c", "gone");

    private final IpamFixture fixture =
            new IpamFixture(v4("a", 1, 5), v4("b", 2, 5), v4("c", 3, 5)).coolingFor(Duration.ofSeconds(9));

    private static StateSnapshot partOf(StateSnapshot all, String pool) {
        return new StateSnapshot(
                all.lastGeneration(),
                all.pool(pool).stream().toList(),
                all.strays().stream().filter(stray -> stray.pool().equals(pool)).toList(),
                all.closedPools().stream().filter(pool::equals).collect(Collectors.toSet()));
    }

    private void assertParts() {
        StateSnapshot all = fixture.ipam.state().export();
        for (String pool : POOLS) {
            StateSnapshot part = fixture.ipam.state().export(pool);
            assertEquals(partOf(all, pool), part, pool);
            assertEquals(all.lastGeneration(), part.lastGeneration(), pool);
        }
    }

    /** Allocates, releases, removes a pool by force, defines it again, or lets time pass. */
    private void make(int operation) {
        String pool = List.of("a", "b", "c").get(operation % 3);
        PoolCatalog now = fixture.ipam.catalog();
        switch (operation / 3 % 6) {
            case 0, 1 -> fixture.ask(pod("" + operation), of(pool));
            case 2 -> fixture.ipam.release(pod("" + (operation - 6)));
            case 3 -> fixture.ipam.updateByForce(now, now.without(pool));
            case 4 -> fixture.ipam.update(now, now.with(v4(pool, pool.charAt(0) - 'a' + 1, 5)));
            default -> fixture.clock += 4_000;
        }
    }

    @Property(tries = 300)
    void exportOfOnePool_afterOperations_isThePartOfTheWhole(
            @ForAll @Size(max = 30) List<@IntRange(max = 60) Integer> operations) {
        fixture.ipam = Ipam.of(PoolCatalog.of(v4("a", 1, 5), v4("b", 2, 5), v4("c", 3, 5)), fixture.settings);
        operations.forEach(this::make);
        assertParts();
    }

    @Test
    void exportOfOnePool_strayAndClosed_containsThem() {
        Stray other = Stray.unowned("gone", Address.parse("10.9.0.1"), "{}");
        Stray own = Stray.unowned("a", Address.parse("10.1.0.99"), "{}");
        StateSnapshot noted = new StateSnapshot(0, List.of(), List.of(other, own), Set.of("a", "b"));
        fixture.ipam = Ipam.of(PoolCatalog.of(v4("a", 1, 5), v4("b", 2, 5)), fixture.settings);
        fixture.ipam.state().restore(noted, RestoreMode.HOLD);
        assertParts();
        assertEquals(List.of(own), fixture.ipam.state().export("a").strays());
        assertEquals(Set.of("a"), fixture.ipam.state().export("a").closedPools());
        assertEquals(List.of(other), fixture.ipam.state().export("gone").strays());
    }

    @Test
    void exportOfOnePool_restoredElsewhere_holdsItsRecords() {
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("b"));
        Pool moved = v4("a", 1, 5);
        Ipam other = Ipam.of(PoolCatalog.of(moved), fixture.settings);
        other.state().restore(fixture.ipam.state().export("a"), RestoreMode.REFUSE);
        assertEquals(fixture.ipam.state().export("a"), other.state().export());
    }
}
