package io.ipam;

import static io.ipam.Bench.of;
import static io.ipam.Bench.on;
import static io.ipam.Bench.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.ipam.allocation.RefusalReason;
import io.ipam.pool.Pool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests with many candidates, all of them full but for the last ones. */
class ManyCandidatesTest {
    private static String name(int number) {
        return "p" + (10_000 + number);
    }

    private static Bench full(int pools, int spare) {
        Pool[] all = new Pool[pools];
        for (int i = 0; i < pools; i++) {
            String net = "10." + i / 256 + "." + i % 256;
            all[i] = Pool.builder(name(i), net + ".0/24").ips(net + ".1").build();
        }
        Bench bench = new Bench(all);
        for (int i = 0; i < pools - spare; i++) {
            bench.get(pod("holder-" + i), of(name(i)));
        }
        return bench;
    }

    private static String[] names(int pools) {
        return IntStream.range(0, pools).mapToObj(ManyCandidatesTest::name).toArray(String[]::new);
    }

    /** Each of 2,000 decisions looked at 2,000 pools one by one: a minute under the locks. */
    @Test
    void thousandsMayBeFull() {
        Bench bench = full(2000, 0);
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertEquals(
                        RefusalReason.EXHAUSTED,
                        bench.refused(pod("last"), of(names(2000))).reason()));
    }

    @Test
    void theFirstWithAFreeAddressServes() {
        for (int pools = 1; pools <= 64; pools++) {
            Bench bench = full(pools, Math.min(pools, 2));
            String[] names = names(pools);
            int first = Math.max(0, pools - 2);
            assertEquals("eth0 10.0." + first + ".1", bench.get(pod("a"), of(names)));
            if (pools > 1) {
                assertEquals("eth0 10.0." + (pools - 1) + ".1", bench.get(pod("b"), of(names)));
            }
            assertEquals(
                    RefusalReason.EXHAUSTED, bench.refused(pod("c"), of(names)).reason());
            bench.ipam.release(pod("a"));
            assertEquals("eth0 10.0." + first + ".1", bench.get(pod("c"), of(names)));
            assertEquals(List.of(), bench.ipam.state().verify());
        }
    }

    @Test
    void manyInterfacesShareThem() {
        Bench bench = full(100, 70);
        String[] interfaces = IntStream.range(0, 70)
                .mapToObj(i -> i == 0 ? "eth0" : "net" + i)
                .toArray(String[]::new);
        assertEquals(
                70,
                bench.ask(pod("wide"), on(of(names(100)), interfaces))
                        .orElseThrow()
                        .size());
        assertEquals(
                RefusalReason.EXHAUSTED,
                bench.refused(pod("late"), of(names(100))).reason());
        assertEquals(List.of(), bench.ipam.state().verify());
    }
}
