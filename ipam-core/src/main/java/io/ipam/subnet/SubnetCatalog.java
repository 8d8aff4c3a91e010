package io.ipam.subnet;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All subnets at one moment; names differ, and no two have an address in common.
 *
 * <p>Cost: made in O(n log n); a change makes the catalog anew, since there are few subnets where there are many pools.
 * Thread safety: immutable.
 */
public final class SubnetCatalog {
    /** The catalog without subnets. */
    public static final SubnetCatalog EMPTY = of(List.of());

    private final Map<String, Subnet> byName;

    private SubnetCatalog(Map<String, Subnet> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * {@return a catalog}
     *
     * @param subnets the subnets, in any order
     * @throws InvalidSubnetException with everything that keeps them from fitting together
     */
    public static SubnetCatalog of(Subnet... subnets) {
        return of(List.of(subnets));
    }

    /**
     * {@return a catalog}
     *
     * @param subnets the subnets, in any order
     * @throws InvalidSubnetException with everything that keeps them from fitting together
     */
    public static SubnetCatalog of(Collection<Subnet> subnets) {
        Map<String, Subnet> byName = new TreeMap<>(PoolCatalog.nameOrder());
        List<Problem> problems = new ArrayList<>();
        for (Subnet subnet : subnets) {
            if (byName.put(subnet.name(), subnet) != null) {
                problems.add(Problem.of(
                        ProblemType.DUPLICATE, "metadata.name", subnet.name(), "a name stands for one subnet"));
            }
        }
        problems.addAll(overlaps(byName.values()));
        if (!problems.isEmpty()) {
            throw new InvalidSubnetException("subnets", problems);
        }
        return new SubnetCatalog(byName);
    }

    /** Sorted by first address, a prefix overlaps another one exactly if it overlaps the widest one begun before it. */
    private static List<Problem> overlaps(Collection<Subnet> subnets) {
        List<Subnet> sorted = new ArrayList<>(subnets);
        sorted.sort(Comparator.comparing((Subnet subnet) -> subnet.prefix().first())
                .thenComparing(subnet -> subnet.prefix().length()));
        List<Problem> problems = new ArrayList<>();
        Subnet widest = null;
        for (Subnet subnet : sorted) {
            if (widest != null && widest.prefix().overlaps(subnet.prefix())) {
                problems.add(Problem.of(
                        ProblemType.INVALID,
                        "spec.subnet",
                        subnet.prefix().toString(),
                        "two subnets have no address in common; subnet " + widest.name() + " has " + widest.prefix(),
                        "change the CIDR of subnet " + subnet.name() + " or of subnet " + widest.name()));
            } else {
                widest = subnet;
            }
        }
        return problems;
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
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * {@return the subnet that pools of that CIDR belong to}
     *
     * @param prefix the CIDR
     */
    public Optional<Subnet> subnet(Prefix prefix) {
        return byName.values().stream()
                .filter(subnet -> subnet.prefix().equals(prefix))
                .findFirst();
    }

    /**
     * {@return a catalog with a subnet more, in place of the one with the same name}
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
        return of(byName.values().stream()
                .filter(subnet -> !subnet.name().equals(name))
                .toList());
    }

    /**
     * {@return which pools hold what of a subnet} Cost: O(pools).
     *
     * @param subnet the subnet
     * @param pools all pools
     */
    public static SubnetUsage usage(Subnet subnet, PoolCatalog pools) {
        List<SubnetUsage.Share> controlled = new ArrayList<>();
        List<AddressSet> held = new ArrayList<>();
        for (Pool pool : pools.pools(subnet.family())) {
            if (subnet.controls(pool)) {
                AddressSet addresses = pool.addresses().intersect(subnet.addresses());
                controlled.add(new SubnetUsage.Share(pool.name(), ApplicationLabels.applicationOf(pool), addresses));
                held.add(addresses);
            }
        }
        AddressSet free = subnet.addresses().minus(unionOf(subnet, held));
        return new SubnetUsage(subnet.name(), subnet.addresses(), free, controlled);
    }

    private static AddressSet unionOf(Subnet subnet, List<AddressSet> sets) {
        return AddressSet.of(
                subnet.family(),
                sets.stream().flatMap(set -> set.ranges().stream()).toList());
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
