package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.UsageView;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.subnet.SubnetSelection;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one interface wants in each family, with the names read. Thread safety: none; made for one request. */
final class InterfaceNeeds {
    private final InterfaceChoice choice;
    /** Without the families that are not enabled. */
    private final EnumMap<Family, Naming> namings = new EnumMap<>(Family.class);
    /** Null for other sources than subnets. */
    private @Nullable EnumMap<Family, SubnetOutcome> subnetOutcomes;

    private InterfaceNeeds(InterfaceChoice choice) {
        this.choice = choice;
    }

    /** Reads what a choice names in the enabled families. */
    static InterfaceNeeds read(
            InterfaceChoice choice,
            Workload workload,
            PoolSelections selections,
            PoolCatalog catalog,
            UsageView usage,
            ResolverSettings settings) {
        InterfaceNeeds needs = new InterfaceNeeds(choice);
        for (Family family : RequestResolver.FAMILIES) {
            if (!settings.enabledFamilies().contains(family)) {
                continue;
            }
            List<String> names = choice.names().names(family);
            if (choice.source() == Source.CLUSTER_DEFAULT) {
                needs.set(family, new Naming.Defaults(catalog, family));
            } else if (names.isEmpty()) {
                needs.set(family, Naming.Nothing.NOTHING);
            } else if (choice.source() == Source.SUBNET) {
                SubnetSelection subnets = selections.subnet().orElseThrow();
                needs.set(family, SubnetOutcome.of(choice, family, workload, subnets, catalog, usage, settings));
            } else {
                needs.set(family, Naming.Named.read(catalog, family, names, choice));
            }
        }
        return needs;
    }

    private void set(Family family, Naming naming) {
        namings.put(family, naming);
    }

    private void set(Family family, SubnetOutcome outcome) {
        if (subnetOutcomes == null) {
            subnetOutcomes = new EnumMap<>(Family.class);
        }
        subnetOutcomes.put(family, outcome);
        set(family, outcome.naming());
    }

    InterfaceChoice choice() {
        return choice;
    }

    /** What the source names in a family; nothing in one that is not enabled. */
    Naming naming(Family family) {
        Naming naming = namings.get(family);
        return naming == null ? Naming.Nothing.NOTHING : naming;
    }

    /** The planner's word on a family of a pod that names subnets; null for other sources. */
    @Nullable
    SubnetOutcome subnetOutcome(Family family) {
        return subnetOutcomes == null ? null : subnetOutcomes.get(family);
    }

    /** Whether the source names the pool of something held. */
    boolean names(Holding holding) {
        return naming(holding.family()).names(holding.pool());
    }

    /** Whether something held may be kept: the source names its pool, or cannot say. */
    boolean mayKeep(Holding holding) {
        return naming(holding.family()).mayKeep(holding.pool());
    }

    /** Adds the names that cannot be read, and notes the families that are named and not enabled. */
    void report(List<Problem> problems, List<Note> notes) {
        for (Family family : RequestResolver.FAMILIES) {
            Naming naming = namings.get(family);
            if (naming instanceof Naming.Named named) {
                problems.addAll(named.problems());
            }
            if (naming == null && !choice.names().names(family).isEmpty()) {
                notes.add(new Note.DisabledFamilyNamed(
                        choice.request().name(), family, choice.names().names(family)));
            }
        }
    }
}
