package io.ipam;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Allocation;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A small IPAM with a manual clock, and short methods for the requests of tests. */
public final class IpamFixture {
    public long clock = 1_000_000;
    public IpamSettings settings = IpamSettings.defaults().withClock(() -> Instant.ofEpochMilli(clock));
    public Ipam ipam;

    public IpamFixture(Pool... pools) {
        ipam = Ipam.of(PoolCatalog.of(pools), settings);
    }

    /** The same pools with other settings and without allocations. */
    public IpamFixture with(IpamSettings other) {
        settings = other;
        ipam = Ipam.of(ipam.catalog(), other);
        return this;
    }

    public IpamFixture coolingFor(Duration coolDown) {
        return with(settings.withCoolDown(coolDown));
    }

    /** Addresses 10.net.0.1 to 10.net.0.last. */
    public static Pool v4(String name, int net, int last) {
        return Pool.builder(name, "10." + net + ".0.0/24")
                .ips("10." + net + ".0.1-10." + net + ".0." + last)
                .build();
    }

    public static Pool v6(String name, int net, int last) {
        String base = "2001:db8:" + net + "::";
        return Pool.builder(name, base + "/64").ips(base + "1-" + base + last).build();
    }

    public static Owner pod(String uid) {
        return Owner.stateless("shop", "pod-" + uid, uid);
    }

    public static Owner db(String uid) {
        return Owner.stateful("shop", "db-0", uid);
    }

    public static PoolSelections of(String... v4) {
        return PoolSelections.none().withPod(PoolNames.of(Family.IPV4, v4));
    }

    public static PoolSelections on(PoolSelections selections, String... interfaces) {
        return selections.withInterfaces(
                Arrays.stream(interfaces).map(InterfaceRequest::of).toList());
    }

    public static PoolSelections given(PoolSelections selections, String address) {
        return selections.withGiven(List.of(new PoolSelections.GivenAddress("eth0", Address.parse(address))));
    }

    public AllocationResult ask(Owner owner, PoolSelections selections) {
        return ipam.allocate(Workload.of(owner), selections);
    }

    /** The allocations of a request, as {@code eth0 10.1.0.1, net1 10.1.0.2}. */
    public String get(Owner owner, PoolSelections selections) {
        return text(ask(owner, selections).orElseThrow());
    }

    public static String text(List<Allocation> allocations) {
        return String.join(
                ", ",
                allocations.stream()
                        .map(a -> a.interfaceName() + " " + a.address())
                        .toList());
    }

    public AllocationResult.Refused refused(Owner owner, PoolSelections selections) {
        AllocationResult result = ask(owner, selections);
        if (result instanceof AllocationResult.Refused refused) {
            return refused;
        }
        throw new AssertionError("not refused: " + result);
    }

    public String usage(String pool) {
        var usage = ipam.usage(pool).orElseThrow();
        return usage.held() + " held, " + usage.cooling() + " cooling, " + usage.reserved() + " reserved, "
                + usage.free() + " free";
    }
}
