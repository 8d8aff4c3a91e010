package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one interface wants in each family, with the names read. Thread safety: none; made for one request. */
final class InterfaceNeeds {
    private final InterfaceChoice choice;
    private final Map<Family, Naming> namings = new EnumMap<>(Family.class);
    private final Map<Family, SubnetOutcome> subnetOutcomes = new EnumMap<>(Family.class);

    private InterfaceNeeds(InterfaceChoice choice) {
        this.choice = choice;
    }

    /** Reads what a choice names in the enabled families. */
    static InterfaceNeeds read(
            InterfaceChoice choice,
            Workload workload,
            PoolSelections selections,
            PoolCatalog catalog,
            ResolverSettings settings) {
        InterfaceNeeds needs = new InterfaceNeeds(choice);
        Set<Family> families = settings.enabledFamilies();
        for (Family family : families) {
            List<String> names = choice.names().names(family);
            if (choice.source() == Source.CLUSTER_DEFAULT) {
                needs.namings.put(family, new Naming.Defaults(catalog, family));
            } else if (names.isEmpty()) {
                needs.namings.put(family, Naming.Nothing.NOTHING);
            } else if (choice.source() == Source.SUBNET) {
                SubnetOutcome outcome = SubnetOutcome.of(
                        choice, family, workload, selections.subnet().orElseThrow(), catalog, settings);
                needs.subnetOutcomes.put(family, outcome);
                needs.namings.put(family, outcome.naming());
            } else {
                needs.namings.put(family, Naming.Named.read(catalog, family, names, choice.path(family)));
            }
        }
        return needs;
    }

    InterfaceChoice choice() {
        return choice;
    }

    /** What the source names in a family; nothing in one that is not enabled. */
    Naming naming(Family family) {
        return namings.getOrDefault(family, Naming.Nothing.NOTHING);
    }

    /** The planner's word on a family of a pod that names subnets; null for other sources. */
    @Nullable
    SubnetOutcome subnetOutcome(Family family) {
        return subnetOutcomes.get(family);
    }

    /** Whether the source names the pool of something held. */
    boolean names(Holding holding) {
        return naming(holding.family()).names(holding.pool());
    }

    /** Whether something held may be kept: the source names its pool, or cannot say. */
    boolean mayKeep(Holding holding) {
        return naming(holding.family()).mayKeep(holding.pool());
    }

    /** The names that cannot be read. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(0);
        for (Naming naming : namings.values()) {
            if (naming instanceof Naming.Named named) {
                problems.addAll(named.problems());
            }
        }
        return problems;
    }

    /** The families that are named and not enabled. */
    List<Note> notes() {
        List<Note> notes = new ArrayList<>(0);
        choice.names().byFamily().forEach((family, names) -> {
            if (!namings.containsKey(family)) {
                notes.add(new Note.DisabledFamilyNamed(choice.request().name(), family, names));
            }
        });
        return notes;
    }
}
