package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.labels;
import static io.ipam.resolution.Requests.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Candidates and rejections of random requests against a plain model, and the laws that users rely
 * on.
 */
class ResolutionPropertyTest {
    private static final List<String> NAMES = List.of("a1", "a2", "a3", "b1", "b2", "b3");
    private static final Workload WORKLOAD = Workload.builder(CART)
            .labels(labels("app", "cart"))
            .node("node-a", labels("zone", "a"))
            .namespaceLabels(labels("team", "web"))
            .build();

    /** Whether a part of a pool is unset, fits the workload, or does not. */
    enum Part {
        UNSET,
        FITS,
        MISSES
    }

    /** The traits of one pool. */
    record Traits(boolean six, boolean broken, boolean isDefault, List<Part> parts) {

        private String pick(int part, String fits) {
            return parts.get(part) == Part.FITS ? fits : "other";
        }

        Pool pool(String name, int net) {
            PoolAffinity affinity = PoolAffinity.none();
            if (parts.get(0) != Part.UNSET) {
                affinity = affinity.withPod(LabelSelector.of(Map.of("app", pick(0, "cart"))));
            }
            if (parts.get(1) != Part.UNSET) {
                affinity = affinity.withNodeNames(List.of("node-z", pick(1, "node-a")));
            }
            if (parts.get(2) != Part.UNSET) {
                affinity = affinity.withNode(LabelSelector.of(Map.of("zone", pick(2, "a"))));
            }
            if (parts.get(3) != Part.UNSET) {
                affinity = affinity.withNamespaceNames(List.of(pick(3, "shop")));
            }
            if (parts.get(4) != Part.UNSET) {
                affinity = affinity.withNamespace(LabelSelector.of(Map.of("team", pick(4, "web"))));
            }
            if (parts.get(5) != Part.UNSET) {
                affinity = affinity.withAttachments(List.of(pick(5, "blue")));
            }
            Pool base = six ? v6(name, net) : v4(name, net);
            PoolBuilder builder =
                    base.toBuilder().affinity(affinity).defaultPool(isDefault).disabled(broken && net % 2 == 0);
            return (broken && net % 2 == 1 ? builder.terminating(Instant.EPOCH) : builder).build();
        }

        /** The model of the filters: a name list beats the selector of its kind. */
        boolean serves(Family family) {
            boolean node = parts.get(1) == Part.UNSET ? parts.get(2) != Part.MISSES : parts.get(1) == Part.FITS;
            boolean namespace = parts.get(3) == Part.UNSET ? parts.get(4) != Part.MISSES : parts.get(3) == Part.FITS;
            return !broken
                    && six == (family == Family.IPV6)
                    && node
                    && namespace
                    && parts.get(0) != Part.MISSES
                    && parts.get(5) != Part.MISSES;
        }
    }

    record Case(List<Traits> traits, List<String> v4, List<String> v6) {
        PoolCatalog catalog() {
            List<Pool> pools = new ArrayList<>();
            for (String name : NAMES) {
                pools.add(pool(name));
            }
            return PoolCatalog.of(pools, List.of());
        }

        Pool pool(String name) {
            return traits(name).pool(name, NAMES.indexOf(name) + 1);
        }

        Traits traits(String name) {
            return traits.get(NAMES.indexOf(name));
        }

        List<String> named(Family family) {
            return family == Family.IPV4 ? v4 : v6;
        }

        PoolSelections selections() {
            return PoolSelections.none()
                    .withInterfaces(List.of(InterfaceRequest.of("eth0").withAttachment("kube-system/blue")))
                    .withPod(Requests.names(v4, v6));
        }

        Resolution resolve() {
            return resolve(selections(), catalog(), UsageView.none());
        }

        Resolution resolve(PoolSelections selections, PoolCatalog catalog, UsageView usage) {
            return Requests.RESOLVER.resolve(WORKLOAD, selections, catalog, usage);
        }

        /** The names, with patterns replaced by their matches, each once. */
        List<String> expanded(Family family) {
            Set<String> names = new LinkedHashSet<>();
            for (String name : named(family)) {
                if (PoolNamePattern.isPattern(name)) {
                    NAMES.stream()
                            .filter(other -> traits(other).six == (family == Family.IPV6))
                            .filter(PoolNamePattern.parse(name)::matches)
                            .forEach(names::add);
                } else {
                    names.add(name);
                }
            }
            return List.copyOf(names);
        }

        /** The candidates by class, in the order of their names in the source within a class. */
        List<String> candidatesByModel(Family family) {
            List<String> serving = new ArrayList<>(expanded(family));
            serving.removeIf(name -> !NAMES.contains(name) || !traits(name).serves(family));
            serving.sort(Comparator.comparing(this::classText));
            return serving;
        }

        /** One letter per part: "a" set, "b" unset; earlier letters weigh more. */
        private String classText(String name) {
            StringBuilder text = new StringBuilder();
            traits(name).parts.forEach(part -> text.append(part == Part.UNSET ? 'b' : 'a'));
            return text.toString();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Part> part = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Part.UNSET)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Part.FITS)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Part.MISSES)));
        Arbitrary<Boolean> seldom = Arbitraries.of(true, false, false, false, false);
        Arbitrary<Traits> traits = Combinators.combine(
                        seldom, seldom, seldom, part.list().ofSize(6))
                .as(Traits::new);
        Arbitrary<List<String>> names = Arbitraries.of("a1", "a2", "a3", "b1", "b2", "b3", "zz", "a*", "?2", "*", "q*")
                .list()
                .ofMaxSize(5);
        return Combinators.combine(traits.list().ofSize(NAMES.size()), names, names)
                .as(Case::new)
                .withoutEdgeCases();
    }

    @Property
    void candidates_anyRequest_agreeWithModel(@ForAll("cases") Case given) {
        Resolution resolution = given.resolve();
        List<Family> wanted = new ArrayList<>();
        for (DemandResolution demand : resolution.demands()) {
            wanted.add(demand.family());
            List<String> expected = given.candidatesByModel(demand.family());
            assertEquals(expected, candidates(demand), resolution::explain);
            assertEquals(expected.isEmpty(), demand instanceof DemandResolution.Unserved);
        }
        List<Family> named = new ArrayList<>(List.of(Family.values()));
        named.removeIf(family -> given.named(family).isEmpty());
        assertEquals(named, wanted);
        boolean served = !named.isEmpty()
                && named.stream()
                        .noneMatch(family -> given.candidatesByModel(family).isEmpty());
        assertEquals(served, resolution.servable());
        assertEquals(
                served, resolution.remedies().isEmpty() && resolution.problems().isEmpty() && served);
    }

    @Property
    void namedPools_anyRequest_areCandidateOrRejectedOnce(@ForAll("cases") Case given) {
        for (DemandResolution demand : given.resolve().demands()) {
            List<String> all = new ArrayList<>(candidates(demand));
            all.addAll(rejected(demand));
            assertEquals(all.size(), new HashSet<>(all).size(), "once");
            assertEquals(new HashSet<>(given.expanded(demand.family())), new HashSet<>(all));
            List<String> order = new ArrayList<>(given.expanded(demand.family()));
            order.retainAll(rejected(demand));
            assertEquals(order, rejected(demand), "rejections in the order named");
        }
    }

    @Property
    void resolve_unnamedPool_hasNoEffect(@ForAll("cases") Case given) {
        Case narrow = new Case(given.traits, without(given.v4, "*"), without(given.v6, "*"));
        PoolCatalog more = narrow.catalog().with(v4("unrelated", 99));
        Resolution before = narrow.resolve();
        Resolution after = narrow.resolve(narrow.selections(), more, UsageView.none());
        assertEquals(before.demands(), after.demands());
        assertEquals(before.problems(), after.problems());
        assertEquals(before.notes(), after.notes());
    }

    private static List<String> without(List<String> names, String name) {
        return names.stream().filter(other -> !other.equals(name)).toList();
    }

    @Property
    void resolve_permutedNames_permutesOnlyEqualCandidates(@ForAll("cases") Case given, @ForAll Random random) {
        List<String> literal = new ArrayList<>(given.expanded(Family.IPV4));
        Case before = new Case(given.traits, List.copyOf(literal), List.of());
        Collections.shuffle(literal, random);
        Case after = new Case(given.traits, literal, List.of());
        for (int index = 0; index < before.resolve().demands().size(); index++) {
            List<String> one = candidates(before.resolve().demands().get(index));
            List<String> other = candidates(after.resolve().demands().get(index));
            assertEquals(new HashSet<>(one), new HashSet<>(other));
            for (int at = 0; at < one.size(); at++) {
                String classHere = given.classText(one.get(at));
                assertEquals(classHere, given.classText(other.get(at)), "classes stay where they are");
                List<String> equals = new ArrayList<>(other);
                equals.removeIf(name -> !given.classText(name).equals(classHere));
                List<String> named = new ArrayList<>(literal);
                named.retainAll(equals);
                assertEquals(named, equals, "equals as named");
            }
        }
    }

    @Property
    void resolve_fullPool_addsOnlyANote(@ForAll("cases") Case given) {
        Resolution free = given.resolve();
        Resolution full =
                given.resolve(given.selections(), given.catalog(), Requests.full(NAMES.toArray(String[]::new)));
        for (int index = 0; index < free.demands().size(); index++) {
            DemandResolution demand = full.demands().get(index);
            assertEquals(candidates(free.demands().get(index)), candidates(demand));
            assertEquals(free.demands().get(index).rejections(), demand.rejections());
            List<String> noted = demand.notes().stream()
                    .filter(Note.FullNow.class::isInstance)
                    .map(note -> ((Note.FullNow) note).pool())
                    .toList();
            assertEquals(candidates(demand), noted);
        }
        assertEquals(free.servable(), full.servable());
    }

    @Property
    void resolve_equalInputs_isEqual(@ForAll("cases") Case given) {
        Resolution one = given.resolve();
        Resolution other = given.resolve();
        assertEquals(one.demands(), other.demands());
        assertEquals(one.problems(), other.problems());
        assertEquals(one.notes(), other.notes());
        assertEquals(one.explain(), other.explain());
        assertEquals(one.remedies(), other.remedies());
    }

    @Property
    void remedy_followed_serves(@ForAll("cases") Case given) {
        Resolution resolution = given.resolve();
        for (Remedy way : resolution.remedies()) {
            assertTrue(resolution.explain().contains(way.text()));
            if (!way.named()) {
                PoolSelections named = given.selections().withPod(PoolNames.of(way.family(), way.pool()));
                Resolution after = given.resolve(named, given.catalog(), UsageView.none());
                assertTrue(after.servable(), after::explain);
            } else if (!NAMES.contains(way.pool())) {
                Optional<String> nearest = given.catalog().nearestName(way.pool());
                assertEquals(List.of(new Rejection.UnknownPool(way.pool(), nearest)), way.obstacles());
            }
        }
    }

    @Property
    void resolve_noNames_usesDefaultPools(@ForAll("cases") Case given) {
        PoolSelections nothing = PoolSelections.none()
                .withInterfaces(List.of(InterfaceRequest.of("eth0").withAttachment("kube-system/blue")));
        Resolution resolution = given.resolve(nothing, given.catalog(), UsageView.none());
        List<String> seen = new ArrayList<>();
        for (DemandResolution demand : resolution.demands()) {
            assertEquals(Source.CLUSTER_DEFAULT, demand.source());
            seen.addAll(candidates(demand));
            seen.addAll(rejected(demand));
        }
        List<String> defaults = new ArrayList<>(NAMES);
        defaults.removeIf(name -> !given.traits(name).isDefault);
        assertEquals(new HashSet<>(defaults), new HashSet<>(seen));
        assertEquals(defaults.size(), seen.size());
    }

    @Property
    void resolve_malformedPattern_isAnError(@ForAll("cases") Case given) {
        List<String> names = new ArrayList<>(given.v4);
        names.add("[a-]");
        PoolSelections selections = given.selections().withPod(Requests.names(names, given.v6));
        for (PoolCatalog catalog : List.of(given.catalog(), PoolCatalog.EMPTY)) {
            Resolution resolution = given.resolve(selections, catalog, UsageView.none());
            assertEquals(1, resolution.problems().size());
            assertEquals(
                    "pod.ipv4[" + given.v4.size() + "]",
                    resolution.problems().get(0).where());
            assertEquals(false, resolution.servable());
        }
        assertInstanceOf(
                DemandResolution.class,
                given.resolve(selections, given.catalog(), UsageView.none())
                        .demands()
                        .get(0));
    }

    @Property
    void resolve_longList_isDeduplicatedLikeShortOne(@ForAll("cases") Case given) {
        List<String> many = new ArrayList<>();
        for (int copy = 0; copy < 40; copy++) {
            many.add("m" + copy);
            many.addAll(given.v4);
            many.addAll(given.v4);
        }
        Case longer = new Case(given.traits, many, List.of());
        DemandResolution demand = longer.resolve().demands().get(0);
        assertEquals(longer.candidatesByModel(Family.IPV4), candidates(demand));
        assertEquals(
                longer.expanded(Family.IPV4).size(),
                candidates(demand).size() + rejected(demand).size());
    }
}
