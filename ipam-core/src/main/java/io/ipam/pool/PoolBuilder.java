package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import inet.ipaddr.IPAddress;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the definition of a pool, valid or not: the setters refuse only null. {@link
 * #problems()} lists all problems, and {@link #build()} throws them.
 *
 * <p>A text of addresses is {@code a}, {@code a-b}, or CIDR text with zero host bits for all
 * addresses of the prefix. Texts may overlap. Cost: O(texts). Thread safety: none.
 */
public final class PoolBuilder {
    final String name;
    final String subnet;
    final Map<String, String> labels = new TreeMap<>();
    final List<String> ips = new ArrayList<>();
    final List<String> excludeIps = new ArrayList<>();
    final List<String> staticIps = new ArrayList<>();
    final List<String> drainingIps = new ArrayList<>();
    final List<RouteText> routes = new ArrayList<>();
    final List<Problem> found = new ArrayList<>();

    @Nullable
    Integer ipVersion;

    @Nullable
    String gateway;

    PoolAffinity affinity = PoolAffinity.none();
    boolean rangesOnly;
    boolean defaultPool;
    boolean disabled;

    @Nullable
    Instant deletedAt;

    PoolBuilder(String name, String subnet) {
        this.name = name;
        this.subnet = subnet;
    }

    /** A route as given. */
    record RouteText(String destination, String gateway) {
        RouteText {
            requireNonNull(destination, "destination");
            requireNonNull(gateway, "gateway");
        }
    }

    /** Sets the family; otherwise the subnet determines it. */
    public PoolBuilder family(Family family) {
        requireNonNull(family, "family");
        return family(family.number());
    }

    /**
     * Sets the family, 4 or 6, like {@code spec.ipVersion}; otherwise the subnet determines it.
     *
     * @param ipVersion 4 or 6; any other number is a problem
     * @return this builder
     */
    public PoolBuilder family(int ipVersion) {
        this.ipVersion = ipVersion;
        return this;
    }

    /**
     * Makes CIDR text a problem among the texts of addresses, as in documents; the hint contains
     * the range.
     */
    public PoolBuilder rangesOnly() {
        rangesOnly = true;
        return this;
    }

    /**
     * Adds addresses.
     *
     * @param ranges the texts
     * @return this builder
     */
    public PoolBuilder ips(String... ranges) {
        requireNonNull(ranges, "ranges");
        return ips(List.of(ranges));
    }

    /** As {@link #ips(String...)}. */
    public PoolBuilder ips(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        ips.addAll(List.copyOf(ranges));
        return this;
    }

    /** Adds all addresses of a prefix. */
    public PoolBuilder ips(Prefix prefix) {
        requireNonNull(prefix, "prefix");
        return ips(prefix.range().toString());
    }

    /** Adds the addresses of a set. */
    public PoolBuilder ips(AddressSet addresses) {
        requireNonNull(addresses, "addresses");
        return ips(addresses.texts());
    }

    /**
     * Adds exclusions.
     *
     * @param ranges the texts
     * @return this builder
     */
    public PoolBuilder excludeIps(String... ranges) {
        requireNonNull(ranges, "ranges");
        return excludeIps(List.of(ranges));
    }

    /** As {@link #excludeIps(String...)}. */
    public PoolBuilder excludeIps(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        excludeIps.addAll(List.copyOf(ranges));
        return this;
    }

    /** Adds the addresses of a set to the exclusions. */
    public PoolBuilder excludeIps(AddressSet addresses) {
        requireNonNull(addresses, "addresses");
        return excludeIps(addresses.texts());
    }

    /**
     * Adds static ranges. See {@link Pool#staticAddresses()}.
     *
     * @param ranges the texts; all their addresses must be listed and not excluded
     * @return this builder
     */
    public PoolBuilder staticIps(String... ranges) {
        requireNonNull(ranges, "ranges");
        return staticIps(List.of(ranges));
    }

    /** As {@link #staticIps(String...)}. */
    public PoolBuilder staticIps(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        staticIps.addAll(List.copyOf(ranges));
        return this;
    }

    /**
     * Adds draining addresses, each {@code a} or {@code a-b}. See {@link Pool#drainingAddresses()}.
     *
     * @param ranges the texts; none of their addresses may be listed and not excluded
     * @return this builder
     */
    public PoolBuilder drainingIps(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        drainingIps.addAll(List.copyOf(ranges));
        return this;
    }

    /**
     * Sets the gateway.
     *
     * @param address the gateway
     * @return this builder
     */
    public PoolBuilder gateway(String address) {
        gateway = requireNonNull(address, "address");
        return this;
    }

    /**
     * Sets the gateway.
     *
     * @param address the gateway
     * @return this builder
     */
    public PoolBuilder gateway(Address address) {
        requireNonNull(address, "address");
        return gateway(address.toString());
    }

    /**
     * Sets the gateway, without its prefix length.
     *
     * @param address the gateway
     * @return this builder
     * @throws io.ipam.address.InvalidAddressException if the object has a zone or is not a single
     *     address
     */
    public PoolBuilder gateway(IPAddress address) {
        requireNonNull(address, "address");
        return gateway(Address.of(address));
    }

    /**
     * Adds a route; host bits of the destination are cleared.
     *
     * @param destination the destination as a CIDR
     * @param gateway the next hop
     * @return this builder
     */
    public PoolBuilder route(String destination, String gateway) {
        routes.add(new RouteText(destination, gateway));
        return this;
    }

    /**
     * Adds routes.
     *
     * @param more the routes
     * @return this builder
     */
    public PoolBuilder routes(Collection<Route> more) {
        requireNonNull(more, "more");
        more.forEach(
                route -> route(route.destination().toString(), route.gateway().toString()));
        return this;
    }

    /**
     * Sets the workloads and interfaces that the pool serves.
     *
     * @param affinity the affinity
     * @return this builder
     */
    public PoolBuilder affinity(PoolAffinity affinity) {
        this.affinity = requireNonNull(affinity, "affinity");
        return this;
    }

    /**
     * Adds labels, which replace labels with the same keys.
     *
     * @param labels the labels
     * @return this builder
     */
    public PoolBuilder labels(Map<String, String> labels) {
        requireNonNull(labels, "labels");
        labels.forEach((key, value) ->
                this.labels.put(requireNonNull(key, "key of labels"), requireNonNull(value, "value of labels")));
        return this;
    }

    /**
     * Sets whether the pool serves demands for which no other source names a pool.
     *
     * @param isDefault whether it is a default pool
     * @return this builder
     */
    public PoolBuilder defaultPool(boolean isDefault) {
        defaultPool = isDefault;
        return this;
    }

    /**
     * Sets whether the pool allocates no address.
     *
     * @param isDisabled whether it is disabled
     * @return this builder
     */
    public PoolBuilder disabled(boolean isDisabled) {
        disabled = isDisabled;
        return this;
    }

    /**
     * Sets the time at which the pool's deletion began.
     *
     * @param deletedAt the time
     * @return this builder
     */
    public PoolBuilder terminating(Instant deletedAt) {
        this.deletedAt = requireNonNull(deletedAt, "deletedAt");
        return this;
    }

    /**
     * Adds a problem that the caller found while reading the definition, to be reported with the
     * others.
     *
     * @param problem the problem, with its path
     * @return this builder
     */
    public PoolBuilder problem(Problem problem) {
        found.add(requireNonNull(problem, "problem"));
        return this;
    }

    /** {@return all problems if both families are enabled; empty for a valid definition} */
    public List<Problem> problems() {
        return problems(EnumSet.allOf(Family.class));
    }

    /**
     * {@return all problems}
     *
     * @param enabled the families of the IP stack; a pool of another one is refused
     */
    public List<Problem> problems(Set<Family> enabled) {
        requireNonNull(enabled, "enabled");
        return new PoolReading(this, enabled).problems();
    }

    /**
     * Builds the pool.
     *
     * @throws InvalidPoolException with all {@link #problems()}
     */
    public Pool build() {
        return build(EnumSet.allOf(Family.class));
    }

    /**
     * Builds the pool.
     *
     * @param enabled the families of the IP stack
     * @throws InvalidPoolException with all {@link #problems(Set)}
     */
    public Pool build(Set<Family> enabled) {
        PoolReading reading = new PoolReading(this, requireNonNull(enabled, "enabled"));
        if (!reading.problems().isEmpty()) {
            throw new InvalidPoolException(("pool " + Collision.shown(name)).strip(), reading.problems());
        }
        return new Pool(this, reading);
    }
}
