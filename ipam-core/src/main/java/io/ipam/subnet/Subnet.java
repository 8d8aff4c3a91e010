package io.ipam.subnet;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a subnet (SpiderSubnet): addresses that a platform team owns and from which
 * applications get their own pools. Every instance is valid; the rules are those of a {@link Pool}.
 * A pool belongs to the subnet with the same CIDR.
 *
 * <p>Cost: the sets need O(ranges) memory, not O(addresses). Thread safety: immutable.
 */
public final class Subnet {
    /** The same fields with the same rules: a subnet is defined like a pool without affinity. */
    private final Pool definition;

    Subnet(Pool definition) {
        this.definition = definition;
    }

    /**
     * Starts a definition.
     *
     * @param name the subnet's name
     * @param prefix the CIDR of the addresses, in canonical form
     * @return the builder
     */
    public static SubnetBuilder builder(String name, String prefix) {
        return new SubnetBuilder(name, prefix);
    }

    /** {@return a builder that makes an equal subnet} */
    public SubnetBuilder toBuilder() {
        SubnetBuilder builder = builder(name(), prefix().toString())
                .labels(labels())
                .ips(ipTexts())
                .excludeIps(excludeIpTexts())
                .routes(routes());
        gateway().ifPresent(address -> builder.gateway(address.toString()));
        deletedAt().ifPresent(builder::terminating);
        return builder;
    }

    /** {@return the name; never empty} */
    public String name() {
        return definition.name();
    }

    /** {@return the labels, by key} */
    public Map<String, String> labels() {
        return definition.labels();
    }

    /** {@return the family of everything in the subnet} */
    public Family family() {
        return definition.family();
    }

    /** {@return the network; pools with the same CIDR belong to this subnet} */
    public Prefix prefix() {
        return definition.subnet();
    }

    /** {@return the texts of {@code spec.ips}, as given; of CIDR text, its range} */
    public List<String> ipTexts() {
        return definition.ipTexts();
    }

    /** {@return the texts of {@code spec.excludeIPs}, as given; of CIDR text, its range} */
    public List<String> excludeIpTexts() {
        return definition.excludeIpTexts();
    }

    /**
     * {@return the addresses that pools can get: listed and not excluded} Their number is the
     * subnet's total.
     */
    public AddressSet addresses() {
        return definition.addresses();
    }

    /** {@return the gateway that its pools inherit} */
    public Optional<Address> gateway() {
        return definition.gateway();
    }

    /** {@return the routes that its pools inherit} */
    public List<Route> routes() {
        return definition.routes();
    }

    /** {@return the time at which its deletion began} */
    public Optional<Instant> deletedAt() {
        return definition.deletedAt();
    }

    /**
     * {@return whether its deletion has begun} Then no pool is created or grown from it; existing
     * pools may shrink.
     */
    public boolean isTerminating() {
        return definition.isTerminating();
    }

    /**
     * {@return whether a pool belongs to this subnet: whether it has the same CIDR; false for the
     * other family}
     *
     * @param pool the pool
     */
    public boolean controls(Pool pool) {
        return prefix().equals(pool.subnet());
    }

    /** Whether every field is equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Subnet that && definition.equals(that.definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    /** {@code subnet blue (10.6.0.0/16, [10.6.1.0-10.6.1.255])}. */
    @Override
    public String toString() {
        return "subnet " + name() + " (" + prefix() + ", " + addresses() + ")";
    }
}
