package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the definition of a subnet, valid or not: the setters refuse only null. {@link
 * #problems()} lists all problems, and {@link #build()} throws them. The rules, including those for
 * texts, are those of a {@link PoolBuilder}. Thread safety: none.
 */
public final class SubnetBuilder {
    private final String name;
    private final PoolBuilder definition;

    SubnetBuilder(String name, String prefix) {
        this.name = requireNonNull(name, "name");
        this.definition = Pool.builder(name, requireNonNull(prefix, "prefix"));
    }

    /**
     * Sets the family, 4 or 6, like {@code spec.ipVersion}; otherwise the prefix determines it.
     *
     * @param ipVersion 4 or 6; any other number is a problem
     * @return this builder
     */
    public SubnetBuilder family(int ipVersion) {
        definition.family(ipVersion);
        return this;
    }

    /**
     * Makes CIDR text a problem among the texts of addresses, as in documents; the hint contains
     * the range.
     *
     * @return this builder
     */
    public SubnetBuilder rangesOnly() {
        definition.rangesOnly();
        return this;
    }

    /**
     * Adds addresses.
     *
     * @param ranges the texts
     * @return this builder
     */
    public SubnetBuilder ips(String... ranges) {
        requireNonNull(ranges, "ranges");
        definition.ips(ranges);
        return this;
    }

    /**
     * Adds addresses.
     *
     * @param ranges the texts
     * @return this builder
     */
    public SubnetBuilder ips(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        definition.ips(ranges);
        return this;
    }

    /**
     * Adds exclusions.
     *
     * @param ranges the texts
     * @return this builder
     */
    public SubnetBuilder excludeIps(String... ranges) {
        requireNonNull(ranges, "ranges");
        definition.excludeIps(ranges);
        return this;
    }

    /**
     * Adds exclusions.
     *
     * @param ranges the texts
     * @return this builder
     */
    public SubnetBuilder excludeIps(Collection<String> ranges) {
        requireNonNull(ranges, "ranges");
        definition.excludeIps(ranges);
        return this;
    }

    /**
     * Sets the gateway, which the pools of the subnet inherit.
     *
     * @param address the gateway
     * @return this builder
     */
    public SubnetBuilder gateway(String address) {
        definition.gateway(address);
        return this;
    }

    /**
     * Adds a route, which the pools of the subnet inherit; host bits of the destination are
     * cleared.
     *
     * @param destination the destination as a CIDR
     * @param gateway the next hop
     * @return this builder
     */
    public SubnetBuilder route(String destination, String gateway) {
        definition.route(destination, gateway);
        return this;
    }

    /**
     * Adds routes, which the pools of the subnet inherit.
     *
     * @param more the routes
     * @return this builder
     */
    public SubnetBuilder routes(Collection<Route> more) {
        requireNonNull(more, "more");
        definition.routes(more);
        return this;
    }

    /**
     * Adds labels; they replace labels with the same keys.
     *
     * @param labels the labels
     * @return this builder
     */
    public SubnetBuilder labels(Map<String, String> labels) {
        requireNonNull(labels, "labels");
        definition.labels(labels);
        return this;
    }

    /**
     * Sets the time at which the subnet's deletion began. Then no pool is created or grown from it.
     *
     * @param deletedAt the time
     * @return this builder
     */
    public SubnetBuilder terminating(Instant deletedAt) {
        definition.terminating(deletedAt);
        return this;
    }

    /**
     * Adds a problem that the caller found while reading the definition, to be reported with the
     * others.
     *
     * @param problem the problem, with its path
     * @return this builder
     */
    public SubnetBuilder problem(Problem problem) {
        definition.problem(problem);
        return this;
    }

    /** {@return all problems if both families are enabled; empty for a valid definition} */
    public List<Problem> problems() {
        return definition.problems();
    }

    /**
     * Builds the subnet.
     *
     * @throws InvalidSubnetException with all {@link #problems()}
     */
    public Subnet build() {
        return build(EnumSet.allOf(Family.class));
    }

    /**
     * Builds the subnet.
     *
     * @param enabled the families of the IP stack; a subnet of another one is refused
     * @throws InvalidSubnetException with all problems
     */
    public Subnet build(Set<Family> enabled) {
        requireNonNull(enabled, "enabled");
        List<Problem> problems = definition.problems(enabled);
        if (!problems.isEmpty()) {
            throw new InvalidSubnetException("subnet " + name, problems);
        }
        return new Subnet(definition.build(enabled));
    }
}
