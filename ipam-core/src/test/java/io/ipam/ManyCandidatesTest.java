package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.numbered;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.RefusalReason;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests with many candidates, of which all but the last ones are full. */
class ManyCandidatesTest {
    private static String name(int number) {
        return "p" + (10_000 + number);
    }

    private static IpamFixture full(int pools, int spare) {
        Pool[] all = new Pool[pools];
        for (int i = 0; i < pools; i++) {
            all[i] = numbered(name(i), i, 1);
        }
        IpamFixture fixture = new IpamFixture(all);
        for (int i = 0; i < pools - spare; i++) {
            fixture.get(pod("holder-" + i), of(name(i)));
        }
        return fixture;
    }

    private static String[] names(int pools) {
        return IntStream.range(0, pools).mapToObj(ManyCandidatesTest::name).toArray(String[]::new);
    }

    /**
     * If each of 2,000 decisions checked 2,000 pools one by one, this would take a minute under the
     * locks.
     */
    @Test
    void allocate_thousandsOfFullPools_isRefusedWithinSeconds() {
        IpamFixture fixture = full(2000, 0);
        long millis = ProcessorTime.millisOf(() -> assertEquals(
                RefusalReason.EXHAUSTED,
                fixture.refused(pod("last"), of(names(2000))).reason()));
        assertTrue(millis < 20_000, () -> millis + " ms of processor time");
    }

    @Test
    void allocate_manyCandidates_usesTheFirstWithAFreeAddress() {
        for (int pools = 1; pools <= 64; pools++) {
            IpamFixture fixture = full(pools, Math.min(pools, 2));
            String[] names = names(pools);
            int first = Math.max(0, pools - 2);
            assertEquals("eth0 10.0." + first + ".1", fixture.get(pod("a"), of(names)));
            if (pools > 1) {
                assertEquals("eth0 10.0." + (pools - 1) + ".1", fixture.get(pod("b"), of(names)));
            }
            assertEquals(
                    RefusalReason.EXHAUSTED,
                    fixture.refused(pod("c"), of(names)).reason());
            fixture.ipam.release(pod("a"));
            assertEquals("eth0 10.0." + first + ".1", fixture.get(pod("c"), of(names)));
            assertEquals(List.of(), fixture.ipam.state().verify());
        }
    }

    @Test
    void allocate_manyInterfaces_shareCandidates() {
        IpamFixture fixture = full(100, 70);
        String[] interfaces = IntStream.range(0, 70)
                .mapToObj(i -> i == 0 ? "eth0" : "net" + i)
                .toArray(String[]::new);
        assertEquals(
                70,
                fixture.ask(pod("wide"), on(of(names(100)), interfaces))
                        .orElseThrow()
                        .size());
        assertEquals(
                RefusalReason.EXHAUSTED,
                fixture.refused(pod("late"), of(names(100))).reason());
        assertEquals(List.of(), fixture.ipam.state().verify());
    }
}
