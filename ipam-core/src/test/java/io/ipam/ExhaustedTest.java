package io.ipam;

import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static io.ipam.Bench.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.allocation.RestoreMode;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.Note;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pool is said to be full exactly when it has neither free nor cooling addresses, after whatever was done last. */
class ExhaustedTest {
    private final Pool pool = v4("a", 1, 2);
    private final Bench bench = new Bench(pool, v4("b", 2, 1));

    private boolean isFull() {
        return bench.ipam.resolve(Workload.of(pod("who")), of("a")).demands().get(0).notes().stream()
                .anyMatch(Note.FullNow.class::isInstance);
    }

    private void change(PoolCatalog next) {
        assertTrue(bench.ipam.update(bench.ipam.catalog(), next).isUpdated());
    }

    @Test
    void byGrantsAndReleases() {
        assertFalse(isFull());
        bench.get(pod("1"), of("a"));
        assertFalse(isFull());
        bench.get(pod("2"), of("a"));
        assertTrue(isFull());
        bench.ipam.release(pod("1"));
        assertFalse(isFull());
        bench.get(pod("3"), of("a"));
        assertTrue(isFull());
    }

    @Test
    void whatCoolsDownIsNotFull() {
        bench.coolingFor(Duration.ofSeconds(1));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        assertTrue(isFull());
        bench.ipam.release(pod("1"), "eth0");
        assertFalse(isFull());
        bench.clock += 1_000;
        bench.usage("a");
        assertFalse(isFull());
        bench.ipam.release(pod("1"));
        bench.get(pod("2"), on(of("a"), "eth0", "net1"));
        assertTrue(isFull());
    }

    @Test
    void byTheDefinition() {
        bench.get(pod("1"), of("a"));
        PoolCatalog before = bench.ipam.catalog();
        change(before.with(pool.toBuilder().excludeIps("10.1.0.2").build()));
        assertTrue(isFull());
        change(before);
        assertFalse(isFull());
        change(before.withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.2"))));
        assertTrue(isFull());
    }

    @Test
    void byWhatIsRestored() {
        bench.coolingFor(Duration.ofSeconds(1));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        var full = bench.ipam.state().export();
        bench.ipam.release(pod("1"), "eth0");
        var cooling = bench.ipam.state().export();
        bench.ipam.state().restore(full, RestoreMode.REFUSE);
        assertTrue(isFull());
        bench.ipam.state().restore(cooling, RestoreMode.REFUSE);
        assertFalse(isFull());
    }

    /** What cools down and leaves makes the pool full, what comes makes it able to give again. */
    @Test
    void byWhatMovesWhileItCoolsDown() {
        bench.coolingFor(Duration.ofSeconds(1));
        bench.get(pod("1"), on(of("a"), "eth0", "net1"));
        bench.ipam.release(pod("1"), "eth0");
        PoolCatalog before = bench.ipam.catalog();
        change(before.with(pool.toBuilder().excludeIps("10.1.0.1").build()));
        assertTrue(isFull());
        change(before);
        assertFalse(isFull());
        assertEquals("1 held, 1 cooling, 0 reserved, 0 free", bench.usage("a"));
    }

    @Test
    void heldAddressesThatAreReservedAreCountedApart() {
        bench.get(pod("1"), of("a"));
        change(bench.ipam.catalog().withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1"))));
        assertEquals("1 held, 0 cooling, 0 reserved, 1 free", bench.usage("a"));
        var export = bench.ipam.state().export();
        bench.ipam.state().restore(export, RestoreMode.REFUSE);
        assertEquals("1 held, 0 cooling, 0 reserved, 1 free", bench.usage("a"));
        assertEquals(List.of(), bench.ipam.state().verify());
        bench.get(pod("2"), of("a"));
        assertTrue(isFull());
        bench.ipam.release(pod("1"));
        assertEquals("1 held, 0 cooling, 1 reserved, 0 free", bench.usage("a"));
        assertTrue(isFull());
        assertEquals(List.of(), bench.ipam.state().verify());
    }
}
