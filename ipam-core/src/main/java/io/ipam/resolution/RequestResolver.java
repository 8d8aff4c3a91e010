package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.PoolPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The resolution of one request: settle the sources, assign the holdings, then check the pools of
 * every other demand. Thread safety: none.
 */
final class RequestResolver {
    private static final Family[] FAMILIES = Family.values();

    private final RequestInputs inputs;
    private final PoolReferences references;
    private final CandidateFinder finder;
    private final List<Problem> problems = new ArrayList<>(0);
    private final List<Note> notes = new ArrayList<>(0);

    RequestResolver(RequestInputs inputs) {
        this.inputs = inputs;
        this.references = new PoolReferences(inputs.settings(), inputs.catalog());
        this.finder = new CandidateFinder(inputs);
    }

    Resolution resolve() {
        return new Resolution(inputs, findings());
    }

    private Findings findings() {
        PoolSelections selections = inputs.selections();
        int limit = inputs.settings().maxInterfaces();
        if (selections.interfaces().size() > limit) {
            return Findings.refused(Problem.of(
                    ProblemType.FORBIDDEN,
                    "interfaces",
                    Integer.toString(selections.interfaces().size()),
                    "a request must have at most " + limit + " interfaces",
                    "request fewer interfaces, or raise maxInterfaces in the resolver's settings"));
        }
        HeldAddresses held = HeldAddresses.of(owner(), inputs.usage().heldBy(owner()));
        List<Demand> demands = demands(held);
        for (Holding record : held.adopt(demands, selections.given(), inputs.catalog())) {
            notes.add(new Note.RecordNotAdopted(record));
        }
        GivenAddressCheck.check(selections, demands, problems);
        GivenAddressCheck.note(selections, inputs.catalog(), notes);
        List<DemandResolution> resolved = new ArrayList<>(demands.size());
        for (Demand demand : demands) {
            resolved.add(resolve(demand));
        }
        CustomRouteCheck.check(selections, problems, notes);
        MasterSubnetCheck.check(selections, resolved, problems, notes);
        LostRoutes.note(inputs, resolved, notes);
        return new Findings(resolved, reported(), notes, held.releases());
    }

    private Owner owner() {
        return inputs.workload().owner();
    }

    private List<Demand> demands(HeldAddresses held) {
        List<InterfaceChoice> choices = SourceChooser.choose(inputs.selections(), problems);
        List<Demand> demands = new ArrayList<>(2 * choices.size());
        for (InterfaceChoice choice : choices) {
            addDemands(choice, held, demands);
        }
        return demands;
    }

    private void addDemands(InterfaceChoice choice, HeldAddresses held, List<Demand> demands) {
        InterfaceNeeds needs = InterfaceNeeds.read(choice, inputs, references);
        needs.report(problems, notes);
        List<Holding> kept = held.settle(needs);
        int before = demands.size();
        for (Family family : FAMILIES) {
            List<Holding> keptHere = HeldAddresses.ofFamily(kept, family);
            if (!keptHere.isEmpty() || needs.isWanted(family)) {
                demands.add(demand(needs, family, keptHere, held));
            }
        }
        if (demands.size() == before) {
            problems.add(nothingWanted(choice));
        }
    }

    private Demand demand(InterfaceNeeds needs, Family family, List<Holding> kept, HeldAddresses held) {
        if (kept.isEmpty()) {
            return new Demand(needs, family, kept);
        }
        Address given = givenTo(needs.choice().request().name(), family).orElse(null);
        return given != null && needs.isWanted(family) && held.giveUpFor(given, kept)
                ? Demand.moving(needs, family, given)
                : new Demand(needs, family, kept);
    }

    private Problem nothingWanted(InterfaceChoice choice) {
        StringBuilder families = new StringBuilder();
        for (Family family : inputs.settings().enabledFamilies()) {
            families.append(families.isEmpty() ? "" : " or ").append(family.label());
        }
        String hint = choice.source() == Source.CLUSTER_DEFAULT
                ? "no source names a pool: name one, or make a pool of " + families + " a default pool"
                : "the " + choice.title() + " decides, and names none of " + families;
        return Problem.of(
                ProblemType.REQUIRED,
                "interface " + choice.request().name(),
                choice.request().name(),
                "an interface must request at least one enabled family",
                hint);
    }

    /** The problems, each once, and at most as many as the settings allow. */
    private List<Problem> reported() {
        Problem excess = references.excess();
        if (problems.isEmpty() && excess == null) {
            return List.of();
        }
        LinkedHashSet<Problem> distinct = new LinkedHashSet<>(problems);
        if (excess != null) {
            distinct.add(excess);
        }
        int limit = inputs.settings().maxProblems();
        if (distinct.size() <= limit) {
            return List.copyOf(distinct);
        }
        List<Problem> first = new ArrayList<>(distinct.stream().limit(limit).toList());
        String more = Integer.toString(distinct.size() - limit);
        first.add(Problem.of(
                ProblemType.INVALID, "", more, "only the first " + limit + " problems are listed, not these " + more));
        return first;
    }

    private DemandResolution resolve(Demand demand) {
        InterfaceChoice choice = demand.choice();
        SubnetOutcome subnet = demand.needs().subnetOutcome(demand.family());
        if (!demand.held().isEmpty()) {
            return new DemandResolution.Held(
                    demand.interfaceName(),
                    demand.family(),
                    choice.source(),
                    choice.title(demand.family()),
                    choice.cleanGateway(),
                    demand.held(),
                    givenTo(demand));
        }
        if (subnet != null && subnet.plan().isPresent()) {
            return toCreate(demand, subnet.plan().get());
        }
        CandidateSet found = finder.find(demand);
        return found.pools().isEmpty()
                ? unserved(demand, found, subnet == null ? List.of() : subnet.problems())
                : candidates(demand, found);
    }

    private DemandResolution toCreate(Demand demand, PoolPlan plan) {
        InterfaceChoice choice = demand.choice();
        PoolNetworks networks = PoolNetworks.of(choice.request(), inputs);
        if (!networks.mayServe(plan.pool())) {
            return unserved(
                    demand, new CandidateSet(List.of(), networks.rejections(plan.pool()), List.of()), List.of());
        }
        return new DemandResolution.PoolToCreate(
                demand.interfaceName(),
                demand.family(),
                choice.source(),
                choice.title(demand.family()),
                choice.cleanGateway(),
                plan);
    }

    private static DemandResolution unserved(Demand demand, CandidateSet found, List<Problem> reasons) {
        InterfaceChoice choice = demand.choice();
        return new DemandResolution.Unserved(
                demand.interfaceName(),
                demand.family(),
                choice.source(),
                choice.title(demand.family()),
                choice.cleanGateway(),
                found.rejections(),
                found.notes(),
                reasons);
    }

    private DemandResolution candidates(Demand demand, CandidateSet found) {
        InterfaceChoice choice = demand.choice();
        return new DemandResolution.Candidates(
                demand.interfaceName(),
                demand.family(),
                choice.source(),
                choice.title(demand.family()),
                choice.cleanGateway(),
                found.pools(),
                givenTo(demand),
                found.rejections(),
                found.notes());
    }

    private Optional<Address> givenTo(Demand demand) {
        return givenTo(demand.interfaceName(), demand.family());
    }

    private Optional<Address> givenTo(String interfaceName, Family family) {
        return GivenAddressCheck.required(inputs.selections(), interfaceName, family);
    }
}
