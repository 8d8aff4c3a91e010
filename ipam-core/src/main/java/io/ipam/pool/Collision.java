package io.ipam.pool;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** The texts of conflicts between pools. The paths are those of the pool that is named first. */
final class Collision {
    /**
     * The maximum number of listed problems of one kind; another one states that there are more.
     */
    static final int LISTED = 1000;

    private Collision() {}

    /** All collisions of a pool with the others of a catalog. */
    static List<Problem> all(
            String name, Prefix subnet, AddressSet addresses, AddressIndex.Collisions found, PoolCatalog catalog) {
        List<Problem> problems = new ArrayList<>();
        found.subnets().stream()
                .limit(LISTED)
                .forEach(other -> problems.add(subnets(subnet, other, exampleIn(other, name, catalog))));
        if (found.subnets().size() > LISTED) {
            problems.add(more("spec.subnet"));
        }
        found.pools().stream()
                .sorted(NameOrder.BY_CODE_POINT)
                .limit(LISTED)
                .forEach(other ->
                        problems.add(addresses(addresses, catalog.pool(other).orElseThrow())));
        if (found.pools().size() > LISTED) {
            problems.add(more("spec.ips"));
        }
        return problems;
    }

    /** The name of any pool of that subnet. */
    private static String exampleIn(Prefix subnet, String except, PoolCatalog catalog) {
        return catalog.pools().stream()
                .filter(pool -> pool.subnet().equals(subnet) && !pool.name().equals(except))
                .findFirst()
                .map(Pool::name)
                .orElseThrow();
    }

    /** Two pools have one name. */
    static Problem sameName(String name) {
        String rule = "pool names must be unique";
        return Problem.of(ProblemType.DUPLICATE, "metadata.name", name, rule, "rename or remove one of them");
    }

    /** Two reserved ranges have one name. */
    static Problem sameReservedName(String name) {
        String rule = "names of reserved ranges must be unique";
        return Problem.of(ProblemType.DUPLICATE, "metadata.name", name, rule, "rename or remove one of them")
                .withWhere("reserved[" + shown(name) + "]");
    }

    /** A pool's subnet overlaps another one, that of the pool {@code example}. */
    static Problem subnets(Prefix subnet, Prefix other, String example) {
        return Problem.of(
                ProblemType.INVALID,
                "spec.subnet",
                subnet.toString(),
                "two subnets must be equal or disjoint; pool " + shown(example) + " has " + other,
                "use " + other + ", or a disjoint subnet");
    }

    /** A pool has addresses in common with another one. */
    static Problem addresses(AddressSet addresses, Pool other) {
        AddressSet common = addresses.intersect(other.addresses());
        return Problem.of(
                ProblemType.FORBIDDEN,
                "spec.ips",
                String.join(",", common.texts()),
                "an address must be in one pool only; pool " + shown(other.name()) + " has " + common + " too",
                "take them out of spec.ips, or add them to spec.excludeIPs, in one of the two");
    }

    /** There are more problems than are listed. */
    static Problem more(String where) {
        String rule = "only the first " + LISTED + " problems of this kind are listed";
        return Problem.of(ProblemType.INVALID, where, "", rule, "correct these first");
    }

    /** The path of a pool in a collection of pools. */
    static String where(String name) {
        return "pools[" + shown(name) + "]";
    }

    /** A name in a form for messages: short, and without invisible characters. */
    static String shown(String name) {
        return Problem.of(ProblemType.INVALID, "", name, "").offending();
    }
}
