package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Route;
import java.util.List;
import java.util.Optional;

/**
 * A granted address, with the prefix length, gateway, and routes that the interface needs.
 *
 * <p>Thread safety: immutable.
 *
 * @param owner the owner that holds it
 * @param interfaceName the interface that it is for
 * @param pool the pool that it is from
 * @param address the address
 * @param prefixLength the length of the prefix of the pool's subnet, 0 to 32 or 128
 * @param gateway the pool's gateway
 * @param routes the routes of the pool, then the workload's own routes whose gateway is in the
 *     pool's subnet. No destination occurs twice on an interface, the default route included.
 * @param defaultRoute whether the interface gets a default route through the gateway; false without
 *     a gateway
 * @param generation the generation of the grant, compared only for equality
 */
public record Allocation(
        Owner owner,
        String interfaceName,
        String pool,
        Address address,
        int prefixLength,
        Optional<Address> gateway,
        List<Route> routes,
        boolean defaultRoute,
        long generation) {
    /** Copies the list. */
    public Allocation {
        requireNonNull(routes, "routes");
        requireNonNull(owner, "owner");
        requireNonNull(interfaceName, "interfaceName");
        requireNonNull(pool, "pool");
        requireNonNull(address, "address");
        requireNonNull(gateway, "gateway");
        routes = List.copyOf(routes);
        if (defaultRoute && gateway.isEmpty()) {
            throw new IllegalArgumentException("defaultRoute must be false without a gateway");
        }
    }

    /** {@return the family of the address} */
    public Family family() {
        return address.family();
    }

    /** {@return the address in the notation of interfaces: {@code 10.6.1.0/16}} */
    public String addressWithPrefix() {
        return address + "/" + prefixLength;
    }

    /** {@code eth0 10.6.1.0/16 gw 10.6.0.1 from blue-v4}. */
    @Override
    public String toString() {
        return interfaceName + " " + addressWithPrefix()
                + gateway.map(address -> " gw " + address).orElse("") + " from " + pool;
    }
}
