package io.ipam.subnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Application;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One application, one subnet of ten addresses, and the addresses in use: the starting point of the
 * tests of plans.
 */
final class Shop {
    static final Family V4 = Family.ofNumber(4).orElseThrow();
    static final Family V6 = Family.ofNumber(6).orElseThrow();
    static final Subnet BLUE = Subnet.builder("blue", "10.6.0.0/16")
            .ips("10.6.1.0-10.6.1.9")
            .gateway("10.6.0.1")
            .route("10.9.0.0/16", "10.6.0.2")
            .build();
    static final ApplicationPlanner PLANNER = ApplicationPlanner.of(SubnetCatalog.of(BLUE));

    private Shop() {}

    static Application cart(String uid, int replicas) {
        return new Application("apps/v1", "Deployment", "shop", "cart", uid, replicas);
    }

    static SubnetSelection blue(PoolSize size, boolean reclaim) {
        return new SubnetSelection(List.of(item("eth0")), false, size, reclaim);
    }

    static SubnetSelection.Item item(String interfaceName) {
        return new SubnetSelection.Item(interfaceName, Map.of(V4, List.of("blue")));
    }

    static HeldAddresses held(String pool, String... addresses) {
        return heldBesides(List.of(), pool, addresses);
    }

    /** As {@link #held}, where these pools were removed by force. */
    static HeldAddresses heldBesides(Collection<Pool> detached, String pool, String... addresses) {
        return new HeldAddresses() {
            @Override
            public void forEachHeld(String asked, BiConsumer<Address, Owner> action) {
                if (asked.equals(pool)) {
                    for (String address : addresses) {
                        action.accept(Address.parse(address), Owner.stateful("shop", "cart-" + address, ""));
                    }
                }
            }

            @Override
            public Collection<Pool> detached() {
                return detached;
            }
        };
    }

    static PoolCatalog after(SubnetPlan plan) {
        assertEquals(List.of(), plan.problems());
        return plan.next();
    }

    static List<String> names(PoolCatalog catalog) {
        return catalog.pools().stream().map(Pool::name).toList();
    }
}
