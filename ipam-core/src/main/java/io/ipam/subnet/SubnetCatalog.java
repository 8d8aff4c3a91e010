package io.ipam.subnet;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All subnets at one moment. Their names are unique, and they are disjoint.
 *
 * <p>Cost: creation is O(n log n). A change creates a whole new catalog, because there are far
 * fewer subnets than pools. Thread safety: immutable.
 */
public final class SubnetCatalog {
    /** The catalog without subnets. */
    public static final SubnetCatalog EMPTY = of(List.of());

    /** The maximum number of problems of one kind that are listed. */
    private static final int LISTED = 1000;

    private final Map<String, Subnet> byName;

    private SubnetCatalog(Map<String, Subnet> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * {@return a catalog}
     *
     * @param subnets the subnets, in any order
     * @throws InvalidSubnetException with all conflicts between them
     */
    public static SubnetCatalog of(Subnet... subnets) {
        requireNonNull(subnets, "subnets");
        return of(List.of(subnets));
    }

    /**
     * {@return a catalog}
     *
     * @param subnets the subnets, in any order
     * @throws InvalidSubnetException with all conflicts between them
     */
    public static SubnetCatalog of(Collection<Subnet> subnets) {
        requireNonNull(subnets, "subnets");
        Map<String, Subnet> byName = new TreeMap<>(PoolCatalog.nameOrder());
        Set<String> repeated = new LinkedHashSet<>();
        for (Subnet subnet : subnets) {
            if (byName.put(subnet.name(), subnet) != null) {
                repeated.add(subnet.name());
            }
        }
        List<Problem> problems = new ArrayList<>();
        repeated.stream().limit(LISTED).forEach(name -> problems.add(sameName(name)));
        problems.addAll(overlaps(byName.values()));
        if (!problems.isEmpty()) {
            throw new InvalidSubnetException("subnets", problems);
        }
        return new SubnetCatalog(byName);
    }

    private static Problem sameName(String name) {
        String rule = "subnet names must be unique";
        return Problem.of(ProblemType.DUPLICATE, "metadata.name", name, rule, "rename or remove one of them")
                .withWhere(where(name));
    }

    /**
     * The path of a subnet in a collection of subnets. A name that is too long for a message, or
     * has invisible characters, is shortened or escaped.
     */
    private static String where(String name) {
        return "subnets[" + Problem.of(ProblemType.INVALID, "", name, "").offending() + "]";
    }

    /**
     * In order of their first addresses, a prefix overlaps another one if and only if it overlaps
     * the widest one that began before it.
     */
    private static List<Problem> overlaps(Collection<Subnet> subnets) {
        List<Subnet> sorted = new ArrayList<>(subnets);
        sorted.sort(Comparator.comparing((Subnet subnet) -> subnet.prefix().first())
                .thenComparing(subnet -> subnet.prefix().length()));
        List<Problem> problems = new ArrayList<>();
        Subnet widest = null;
        for (Subnet subnet : sorted) {
            if (problems.size() == LISTED) {
                return problems;
            }
            if (widest != null && widest.prefix().overlaps(subnet.prefix())) {
                problems.add(overlap(subnet, widest));
            } else {
                widest = subnet;
            }
        }
        return problems;
    }

    private static Problem overlap(Subnet subnet, Subnet other) {
        return Problem.of(
                        ProblemType.INVALID,
                        "spec.subnet",
                        subnet.prefix().toString(),
                        "two subnets must have no address in common; subnet " + other.name() + " has " + other.prefix(),
                        "change the CIDR of subnet " + subnet.name() + " or of subnet " + other.name())
                .withWhere(where(subnet.name()));
    }

    /** {@return all subnets, by name} */
    public List<Subnet> subnets() {
        return List.copyOf(byName.values());
    }

    /**
     * {@return the subnet of that name}
     *
     * @param name the name
     */
    public Optional<Subnet> subnet(String name) {
        requireNonNull(name, "name");
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * {@return the subnet that pools of that CIDR belong to}
     *
     * @param prefix the CIDR
     */
    public Optional<Subnet> subnet(Prefix prefix) {
        requireNonNull(prefix, "prefix");
        return byName.values().stream()
                .filter(subnet -> subnet.prefix().equals(prefix))
                .findFirst();
    }

    /**
     * {@return a catalog with a subnet; it replaces a subnet with the same name}
     *
     * @param subnet the subnet
     * @throws InvalidSubnetException if it overlaps another one
     */
    public SubnetCatalog with(Subnet subnet) {
        Map<String, Subnet> next = new TreeMap<>(byName);
        next.put(subnet.name(), subnet);
        return of(next.values());
    }

    /**
     * {@return a catalog without the subnet of that name}
     *
     * @param name the name
     */
    public SubnetCatalog without(String name) {
        requireNonNull(name, "name");
        return of(byName.values().stream()
                .filter(subnet -> !subnet.name().equals(name))
                .toList());
    }

    /**
     * {@return the addresses of a subnet by pool, and those that a pool can still get} Cost:
     * O(pools).
     *
     * @param subnet the subnet
     * @param pools all pools
     */
    public static SubnetUsage usage(Subnet subnet, PoolCatalog pools) {
        return usage(subnet, pools, HeldAddresses.none());
    }

    /**
     * {@return the addresses of a subnet by pool, and those that a pool can still get} Detached
     * pools are the last. Cost: O(pools).
     *
     * @param subnet the subnet
     * @param pools all pools
     * @param inUse the addresses in use, for the pools that were removed by force
     */
    public static SubnetUsage usage(Subnet subnet, PoolCatalog pools, HeldAddresses inUse) {
        List<SubnetUsage.Share> shares = new ArrayList<>();
        for (Pool pool : pools.pools(subnet.family())) {
            if (subnet.controls(pool)) {
                AddressSet addresses = pool.addresses().intersect(subnet.addresses());
                shares.add(new SubnetUsage.Share(pool.name(), ApplicationLabels.applicationOf(pool), addresses));
            }
        }
        shares.addAll(new HeldReader(inUse).sharesOf(subnet));
        AddressSet inNoPool = subnet.addresses()
                .minus(AddressSet.of(
                        subnet.family(),
                        shares.stream()
                                .flatMap(share -> share.addresses().ranges().stream())
                                .toList()));
        AddressSet reserved = inNoPool.intersect(pools.reserved(subnet.family()));
        return new SubnetUsage(subnet.name(), subnet.addresses(), inNoPool.minus(reserved), reserved, shares);
    }

    /** Equal subnets. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubnetCatalog that && byName.equals(that.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    /** {@code 2 subnets}. */
    @Override
    public String toString() {
        return byName.size() + (byName.size() == 1 ? " subnet" : " subnets");
    }
}
