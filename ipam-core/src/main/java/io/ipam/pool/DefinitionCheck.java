package io.ipam.pool;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks one definition against the other pools of a catalog. Thread safety: immutable. */
final class DefinitionCheck {
    private final PoolCatalog catalog;
    private final FamilyParts others;

    /**
     * Creates a check against the pools with other names.
     *
     * @param catalog the catalog
     * @param others the parts of the catalog without the pool that the definition replaces
     */
    DefinitionCheck(PoolCatalog catalog, FamilyParts others) {
        this.catalog = catalog;
        this.others = others;
    }

    /** The problems of the definition itself, then the collisions of its readable parts. */
    List<Problem> problems(PoolBuilder definition, Set<Family> enabled) {
        return problems(definition, new PoolReading(definition, enabled));
    }

    /** The same problems, then those of replacing the pool with its name, if there is one. */
    List<Problem> problems(PoolBuilder definition, Set<Family> enabled, HeldAddresses inUse) {
        PoolReading reading = new PoolReading(definition, enabled);
        List<Problem> problems = new ArrayList<>(problems(definition, reading));
        List<ChangePlan.Blocker> blockers = new ArrayList<>();
        catalog.pool(definition.name)
                .ifPresent(before -> reading.checkAgainst(new Replacement(before, inUse, blockers)));
        blockers.forEach(blocker -> problems.add(blocker.problem()));
        return List.copyOf(problems);
    }

    private List<Problem> problems(PoolBuilder definition, PoolReading reading) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (reading.hasSubnet()) {
            problems.addAll(collisions(definition.name, reading.subnet(), reading.readable()));
        }
        return List.copyOf(problems);
    }

    /** Every collision of a subnet and addresses with the other pools. */
    List<Problem> collisions(String name, Prefix subnet, AddressSet addresses) {
        AddressIndex index = others.get(subnet.family()).index();
        return Collision.all(name, subnet, addresses, index.overlapping(subnet, addresses), catalog);
    }
}
