package io.ipam;

import static io.ipam.fixture.IpamFixture.text;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Selections.of;

import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.List;

/**
 * A catalog update that moves five addresses to another pool and adds thirty pools of 2^24
 * addresses, in too little memory.
 */
final class LowMemoryUpdate {
    private LowMemoryUpdate() {}

    /** Prints one line. */
    public static void main(String[] arguments) {
        Ipam ipam = Ipam.of(PoolCatalog.of(
                pool("a", "10.0.0.0/24", "10.0.0.1-10.0.0.14"), pool("b", "10.0.0.0/24", "10.0.0.20-10.0.0.23")));
        ipam.allocate(Workload.of(pod("1")), of("a")).orElseThrow();
        ipam.allocate(Workload.of(pod("2")), of("b")).orElseThrow();
        StateSnapshot held = ipam.state().export();
        PoolCatalog before = ipam.catalog();
        PoolCatalog next = next(before);
        try {
            ipam.update(before, next);
            System.out.println("enough memory");
        } catch (OutOfMemoryError e) {
            System.out.println(check(ipam, before, held));
        }
    }

    private static PoolCatalog next(PoolCatalog before) {
        PoolCatalog next = before.with(pool("a", "10.0.0.0/24", "10.0.0.1-10.0.0.9"))
                .with(pool("b", "10.0.0.0/24", "10.0.0.10-10.0.0.14", "10.0.0.20-10.0.0.23"));
        for (int i = 0; i < 30; i++) {
            String net = (20 + i) + ".";
            next = next.with(pool("big-" + i, net + "0.0.0/8", net + "0.0.0-" + net + "255.255.255"));
        }
        return next;
    }

    private static String check(Ipam ipam, PoolCatalog before, StateSnapshot held) {
        boolean isSame = ipam.catalog() == before
                && ipam.state().verify().isEmpty()
                && ipam.state().export().equals(held);
        if (!isSame) {
            return "changed: " + ipam.state().verify() + ipam.state().export();
        }
        for (int i = 2; i <= 14; i++) {
            expect("10.0.0." + i, ipam, "a-" + i, of("a"));
        }
        for (int i = 21; i <= 23; i++) {
            expect("10.0.0." + i, ipam, "b-" + i, of("b"));
        }
        List<String> broken = ipam.state().verify();
        return broken.isEmpty() ? "out of memory, nothing changed" : broken.toString();
    }

    private static void expect(String address, Ipam ipam, String uid, PoolSelections selections) {
        String granted = text(ipam.allocate(Workload.of(pod(uid)), selections).orElseThrow());
        if (!granted.equals("eth0 " + address)) {
            throw new IllegalStateException(granted + " and not " + address);
        }
    }
}
