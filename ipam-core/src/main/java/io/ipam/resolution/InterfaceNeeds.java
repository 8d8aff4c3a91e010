package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.problem.Problem;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pools that the source of one interface names in each family. A family that is not enabled may
 * be named but is not requested. Thread safety: none; used for one request.
 */
final class InterfaceNeeds {
    private static final Family[] FAMILIES = Family.values();

    private final InterfaceChoice choice;
    private final RequestInputs inputs;
    private final EnumMap<Family, PoolReference> references = new EnumMap<>(Family.class);
    /** Null for other sources than subnets. */
    private @Nullable EnumMap<Family, SubnetOutcome> subnetOutcomes;

    private InterfaceNeeds(InterfaceChoice choice, RequestInputs inputs) {
        this.choice = choice;
        this.inputs = inputs;
    }

    /** Reads the names of a choice. */
    static InterfaceNeeds read(InterfaceChoice choice, RequestInputs inputs, PoolReferences references) {
        InterfaceNeeds needs = new InterfaceNeeds(choice, inputs);
        for (Family family : FAMILIES) {
            needs.references.put(family, needs.reference(family, references));
        }
        return needs;
    }

    private PoolReference reference(Family family, PoolReferences all) {
        List<String> names = choice.names().names(family);
        if (choice.source() == Source.CLUSTER_DEFAULT) {
            return all.defaults(family);
        }
        if (names.isEmpty()) {
            return PoolReference.Nothing.NOTHING;
        }
        return choice.source() == Source.SUBNET ? ofSubnets(family, all) : all.of(family, names);
    }

    /**
     * A planner is not called for a family that is not enabled; the pools of the subnets stay
     * unknown.
     */
    private PoolReference ofSubnets(Family family, PoolReferences all) {
        if (!isEnabled(family)) {
            return PoolReference.Unanswered.UNANSWERED;
        }
        SubnetOutcome outcome = SubnetOutcome.of(choice, family, inputs, all);
        if (subnetOutcomes == null) {
            subnetOutcomes = new EnumMap<>(Family.class);
        }
        subnetOutcomes.put(family, outcome);
        return outcome.reference();
    }

    private boolean isEnabled(Family family) {
        return inputs.settings().enabledFamilies().contains(family);
    }

    InterfaceChoice choice() {
        return choice;
    }

    /** The pools that the source names in a family, enabled or not. */
    PoolReference reference(Family family) {
        PoolReference reference = references.get(family);
        return reference == null ? PoolReference.Nothing.NOTHING : reference;
    }

    /** Whether the interface requests an address of the family. */
    boolean isWanted(Family family) {
        return isEnabled(family) && reference(family).isWanted();
    }

    /**
     * The outcome of the planner for a family of a pod that names subnets; null for other sources.
     */
    @Nullable
    SubnetOutcome subnetOutcome(Family family) {
        return subnetOutcomes == null ? null : subnetOutcomes.get(family);
    }

    /** Whether the source names the pool of a holding. */
    boolean names(Holding holding) {
        return reference(holding.family()).names(holding.pool());
    }

    /**
     * Whether a holding may be kept: the source names its pool, or the pools of the source are
     * unknown.
     */
    boolean mayKeep(Holding holding) {
        return reference(holding.family()).mayKeep(holding.pool());
    }

    /** Adds the problems of names, and notes the families that are named and not enabled. */
    void report(List<Problem> problems, List<Note> notes) {
        for (Family family : FAMILIES) {
            List<String> names = choice.names().names(family);
            if (isEnabled(family)) {
                for (Problem problem : reference(family).problems()) {
                    problems.add(problem.withWhere(choice.path(family)));
                }
            } else if (!names.isEmpty()) {
                notes.add(new Note.DisabledFamilyNamed(choice.request().name(), family, names));
            }
        }
    }
}
