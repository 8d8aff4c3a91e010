package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check that required addresses fit the demands. The allocation decides whether they are free.
 */
final class GivenAddressCheck {
    private GivenAddressCheck() {}

    static void check(PoolSelections selections, List<Demand> demands, List<Problem> problems) {
        if (selections.given().isEmpty()) {
            return;
        }
        Set<Object> taken = new HashSet<>();
        for (int index = 0; index < selections.given().size(); index++) {
            PoolSelections.GivenAddress given = selections.given().get(index);
            String where = "given[" + index + "]";
            Demand demand = demandOf(given, demands);
            if (!selections.hasInterface(given.interfaceName())) {
                if (selections.isPartial()) {
                    continue;
                }
                problems.add(problem(where, given, "the interface of a given address must be requested"));
            } else if (demand == null) {
                problems.add(problem(where, given, "the interface must request the family of a given address"));
            } else if (isRepeated(taken, demand, given)) {
                problems.add(
                        Problem.of(
                                ProblemType.DUPLICATE,
                                where,
                                given.address().toString(),
                                "an interface and family must have at most one given address, and no address may be given twice"));
            }
        }
    }

    /** The first address of a family that is required for an interface. */
    static Optional<Address> required(PoolSelections selections, String interfaceName, Family family) {
        return selections.given().stream()
                .filter(one -> one.interfaceName().equals(interfaceName)
                        && one.address().family() == family)
                .map(PoolSelections.GivenAddress::address)
                .findFirst();
    }

    /** Adds a note for each prefix length that is not the one of the pool with the address. */
    static void note(PoolSelections selections, PoolCatalog catalog, List<Note> notes) {
        for (PoolSelections.GivenAddress given : selections.given()) {
            if (given.prefixLength().isPresent()) {
                int stated = given.prefixLength().getAsInt();
                catalog.poolOf(given.address())
                        .filter(pool -> pool.subnet().length() != stated)
                        .ifPresent(pool -> notes.add(otherLength(given, stated, pool)));
            }
        }
    }

    private static Note otherLength(PoolSelections.GivenAddress given, int stated, Pool pool) {
        return new Note.OtherPrefixLength(
                given.interfaceName(),
                given.address(),
                stated,
                pool.name(),
                pool.subnet().length());
    }

    /** Adds both the demand and the address; returns whether one of them was present. */
    private static boolean isRepeated(Set<Object> taken, Demand demand, PoolSelections.GivenAddress given) {
        boolean demandRepeats = !taken.add(demand);
        boolean addressRepeats = !taken.add(given.address());
        return demandRepeats || addressRepeats;
    }

    private static @Nullable Demand demandOf(PoolSelections.GivenAddress given, List<Demand> demands) {
        for (Demand demand : demands) {
            if (demand.family() == given.address().family()
                    && demand.interfaceName().equals(given.interfaceName())) {
                return demand;
            }
        }
        return null;
    }

    private static Problem problem(String where, PoolSelections.GivenAddress given, String rule) {
        return Problem.of(ProblemType.INVALID, where, given.interfaceName() + " " + given.address(), rule);
    }
}
