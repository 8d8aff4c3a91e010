package io.ipam.benchmarks.stress;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pools a and b of one address each, and requests for them. A result is a number: 11 means a1, 21
 * means b1, and -1 means none.
 */
final class TinyCluster {
    static final Pool A = pool("a", 1, 100);
    static final Pool B = pool("b", 2, 100);
    /** The same addresses with other gateways. */
    static final Pool OTHER_A = pool("a", 1, 200);

    static final Pool OTHER_B = pool("b", 2, 200);

    static final PoolCatalog BOTH = PoolCatalog.of(A, B);
    static final PoolCatalog ONLY_B = PoolCatalog.of(B);
    static final PoolCatalog OTHERS = PoolCatalog.of(OTHER_A, OTHER_B);

    static final Workload P = Workload.of(Owner.stateless("shop", "p", "p"));
    static final Workload Q = Workload.of(Owner.stateless("shop", "q", "q"));
    /** Two incarnations of one stateful owner. */
    static final Workload DB_1 = Workload.of(Owner.stateful("shop", "db", "1"));

    static final Workload DB_2 = Workload.of(Owner.stateful("shop", "db", "2"));

    static final PoolSelections OF_A = on(List.of("eth0"), List.of(List.of("a")));
    static final PoolSelections OF_B = on(List.of("eth0"), List.of(List.of("b")));
    static final PoolSelections OF_A_OR_B = on(List.of("eth0"), List.of(List.of("a", "b")));
    static final PoolSelections OF_A_AND_B = on(List.of("eth0", "net1"), List.of(List.of("a"), List.of("b")));
    static final PoolSelections OF_B_AND_A = on(List.of("eth0", "net1"), List.of(List.of("b"), List.of("a")));

    private static final PoolSelections NET1_OF_A = on(List.of("net1"), List.of(List.of("a")));
    private static final PoolSelections NET1_OF_B = on(List.of("net1"), List.of(List.of("b")));

    final AtomicLong clock = new AtomicLong(1);
    final Ipam ipam = Ipam.of(
            BOTH,
            IpamSettings.defaults()
                    .withReconcileGrace(Duration.ZERO)
                    .withClock(() -> Instant.ofEpochMilli(clock.get())));

    private static Pool pool(String name, int net, int gateway) {
        String base = "10." + net + ".0.";
        return Pool.builder(name, base + "0/24")
                .ips(base + "1")
                .gateway(base + gateway)
                .build();
    }

    private static PoolSelections on(List<String> interfaces, List<List<String>> pools) {
        Family v4 = A.family();
        List<PodSelection.Item> items = new ArrayList<>();
        for (int i = 0; i < interfaces.size(); i++) {
            items.add(new PodSelection.Item(Optional.of(interfaces.get(i)), PoolNames.of(v4, pools.get(i)), false));
        }
        return PoolSelections.none()
                .withInterfaces(interfaces.stream().map(InterfaceRequest::of).toList())
                .withPod(new PodSelection.PerInterface(items));
    }

    static PoolSelections onNet1(String pool) {
        return pool.equals("a") ? NET1_OF_A : NET1_OF_B;
    }

    AllocationResult ask(Workload workload, PoolSelections selections) {
        return ipam.allocate(workload, selections);
    }

    /** The address of eth0. */
    int address(Workload workload, PoolSelections selections) {
        AllocationResult result = ask(workload, selections);
        return result.isAllocated() ? number(result.orElseThrow().get(0)) : -1;
    }

    /** The number of addresses that the workload gets. */
    int count(Workload workload, PoolSelections selections) {
        AllocationResult result = ask(workload, selections);
        return result.isAllocated() ? result.orElseThrow().size() : 0;
    }

    private static int number(Allocation allocation) {
        long low = allocation.address().low();
        return (int) (low >> 16 & 255) * 10 + (int) (low & 255);
    }

    /** The number of released addresses. */
    int release(Workload workload) {
        return (int) ipam.release(workload.owner()).stream()
                .filter(result -> result.isReleased())
                .count();
    }

    int held() {
        return ipam.state().export().heldCount();
    }
}
