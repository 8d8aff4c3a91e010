package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.UsageView;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * The resolution of one request: settle the sources, deal out what is held, then look at the pools of every other demand.
 * Thread safety: none.
 */
final class RequestResolver {
    /** Every family, in order. */
    static final Family[] FAMILIES = Family.values();

    private final ResolverSettings settings;
    private final Workload workload;
    private final PoolSelections selections;
    private final PoolCatalog catalog;
    private final UsageView usage;
    private final List<Problem> problems = new ArrayList<>(0);
    private final List<Note> notes = new ArrayList<>(0);

    RequestResolver(
            ResolverSettings settings,
            Workload workload,
            PoolSelections selections,
            PoolCatalog catalog,
            UsageView usage) {
        this.settings = settings;
        this.workload = requireNonNull(workload, "workload");
        this.selections = requireNonNull(selections, "selections");
        this.catalog = requireNonNull(catalog, "catalog");
        this.usage = requireNonNull(usage, "usage");
    }

    Resolution resolve() {
        List<InterfaceChoice> choices = SourceChooser.choose(selections, problems);
        HeldAddresses held = HeldAddresses.of(workload.owner(), usage.heldBy(workload.owner()));
        List<Demand> demands = new ArrayList<>(2 * choices.size());
        for (InterfaceChoice choice : choices) {
            addDemands(choice, held, demands);
        }
        for (Holding record : held.adopt(demands, selections.given())) {
            notes.add(new Note.RecordNotAdopted(record));
        }
        GivenAddressCheck.check(selections, demands, problems);
        List<DemandResolution> resolved = new ArrayList<>(demands.size());
        for (Demand demand : demands) {
            resolved.add(resolve(demand));
        }
        noteLostRoutes(resolved);
        return new Resolution(
                workload, selections, catalog, settings, resolved, frozen(problems), frozen(notes), held.releases());
    }

    /** Nearly always empty, and then no object is made: {@link List#copyOf} makes an array to find that out. */
    private static <T> List<T> frozen(List<T> list) {
        return list.isEmpty() ? List.of() : List.copyOf(list);
    }

    private void addDemands(InterfaceChoice choice, HeldAddresses held, List<Demand> demands) {
        InterfaceNeeds needs = InterfaceNeeds.read(choice, workload, selections, catalog, usage, settings);
        needs.report(problems, notes);
        List<Holding> kept = held.settle(needs);
        int before = demands.size();
        for (Family family : FAMILIES) {
            List<Holding> keptHere = HeldAddresses.ofFamily(kept, family);
            if (!keptHere.isEmpty() || needs.naming(family).isWanted()) {
                demands.add(new Demand(needs, family, keptHere));
            }
        }
        if (demands.size() == before) {
            problems.add(nothingWanted(choice));
        }
    }

    private Problem nothingWanted(InterfaceChoice choice) {
        StringBuilder families = new StringBuilder();
        for (Family family : settings.enabledFamilies()) {
            families.append(families.isEmpty() ? "" : " or ").append(family.label());
        }
        String hint = choice.source() == Source.CLUSTER_DEFAULT
                ? "no source names a pool: name one, or make a pool of " + families + " a default pool"
                : "the " + choice.title() + " decides, and names none of " + families;
        return Problem.of(
                ProblemType.REQUIRED,
                "interface " + choice.request().name(),
                choice.request().name(),
                "an interface wants at least one enabled family",
                hint);
    }

    private DemandResolution resolve(Demand demand) {
        InterfaceChoice choice = demand.choice();
        String name = demand.interfaceName();
        if (!demand.held().isEmpty()) {
            return new DemandResolution.Held(
                    name, demand.family(), choice.source(), choice.cleanGateway(), demand.held());
        }
        SubnetOutcome subnet = demand.needs().subnetOutcome(demand.family());
        if (subnet != null && subnet.plan().isPresent()) {
            return new DemandResolution.PoolToCreate(
                    name,
                    demand.family(),
                    choice.source(),
                    choice.cleanGateway(),
                    subnet.plan().get());
        }
        return look(demand, subnet == null ? List.of() : subnet.problems());
    }

    private DemandResolution look(Demand demand, List<Problem> reasons) {
        InterfaceChoice choice = demand.choice();
        CustomRules custom = settings.filters().isEmpty() && settings.order().isEmpty()
                ? CustomRules.NONE
                : CustomRules.of(settings, new DemandContext(workload, choice.request(), choice.source(), usage));
        PoolScout scout =
                new PoolScout(PoolChecks.of(workload, choice.request(), demand.family(), catalog, settings, custom));
        demand.needs().naming(demand.family()).visit(scout);
        List<Pool> ordered = custom.order(PoolPreference.sorted(scout.passed), scout.rejections);
        if (ordered.isEmpty()) {
            return new DemandResolution.Unserved(
                    demand.interfaceName(),
                    demand.family(),
                    choice.source(),
                    choice.cleanGateway(),
                    scout.rejections,
                    scout.notes,
                    reasons);
        }
        return new DemandResolution.Candidates(
                demand.interfaceName(),
                demand.family(),
                choice.source(),
                choice.cleanGateway(),
                candidates(ordered, choice.cleanGateway(), scout.notes),
                frozen(scout.rejections),
                frozen(scout.notes));
    }

    private List<Candidate> candidates(List<Pool> ordered, boolean cleanGateway, List<Note> demandNotes) {
        if (ordered.size() == 1) {
            return List.of(candidate(ordered.get(0), cleanGateway, demandNotes));
        }
        List<Candidate> candidates = new ArrayList<>(ordered.size());
        for (Pool pool : ordered) {
            candidates.add(candidate(pool, cleanGateway, demandNotes));
        }
        return candidates;
    }

    private Candidate candidate(Pool pool, boolean cleanGateway, List<Note> demandNotes) {
        if (usage.isFull(pool.name())) {
            demandNotes.add(fullNow(pool.name()));
        }
        return new Candidate(pool, !cleanGateway && pool.gateway().isPresent());
    }

    /** With the counts, unless they have changed since the pool was said to be full. */
    private Note fullNow(String pool) {
        return new Note.FullNow(pool, usage.usage(pool).filter(PoolUsage::isExhausted));
    }

    /**
     * Notes custom routes that cannot fit: every demand is known, and no pool that may serve one has a fitting subnet.
     */
    private void noteLostRoutes(List<DemandResolution> resolved) {
        for (Route route : selections.customRoutes()) {
            if (resolved.stream().noneMatch(demand -> mayTake(demand, route))) {
                notes.add(new Note.RouteWithoutInterface(route));
            }
        }
    }

    private boolean mayTake(DemandResolution demand, Route route) {
        if (demand instanceof DemandResolution.Candidates candidates) {
            return candidates.candidates().stream()
                    .anyMatch(candidate -> candidate.pool().subnet().contains(route.gateway()));
        }
        if (demand instanceof DemandResolution.Held held) {
            return held.holdings().stream()
                    .anyMatch(holding -> catalog.pool(holding.pool())
                            .map(pool -> pool.subnet().contains(route.gateway()))
                            .orElse(true));
        }
        return demand instanceof DemandResolution.PoolToCreate create
                && create.plan().pool().subnet().contains(route.gateway());
    }
}
