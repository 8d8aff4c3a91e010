package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LabelSelectorTest {

    /** The definition of matching, requirement by requirement, on the uncompiled parts. */
    @Property(tries = 1000)
    void matches_anySelector_ifEveryRequirementHolds(
            @ForAll("labels") Map<String, String> pairs,
            @ForAll("requirements") List<LabelRequirement> requirements,
            @ForAll("labels") Map<String, String> labels) {
        LabelSelector selector = LabelSelector.of(pairs, requirements);
        boolean expected = labels.entrySet().containsAll(pairs.entrySet())
                && requirements.stream().allMatch(requirement -> holds(requirement, labels));
        assertEquals(expected, selector.matches(labels));
        assertEquals(expected, LabelSelector.presentAndMatches(selector, labels));
        assertEquals(expected, selector.firstUnmet(labels).isEmpty());
        selector.firstUnmet(labels).ifPresent(unmet -> assertFalse(holds(unmet, labels)));
    }

    private static boolean holds(LabelRequirement requirement, Map<String, String> labels) {
        boolean present = labels.containsKey(requirement.key());
        boolean listed = present && requirement.values().contains(labels.get(requirement.key()));
        return switch (requirement.operator()) {
            case IN -> listed;
            case NOT_IN -> !listed;
            case EXISTS -> present;
            case DOES_NOT_EXIST -> !present;
        };
    }

    @Property
    void equals_equalParts_isTrue(
            @ForAll("labels") Map<String, String> pairs, @ForAll("requirements") List<LabelRequirement> requirements) {
        LabelSelector one = LabelSelector.of(pairs, requirements);
        LabelSelector other = LabelSelector.of(new HashMap<>(pairs), new ArrayList<>(requirements));
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertEquals(one.toString(), other.toString());
        assertEquals(pairs, one.matchLabels());
        assertEquals(requirements, one.matchExpressions());
        assertEquals(pairs.isEmpty() && requirements.isEmpty(), one.isEmpty());
        assertEquals(one.isEmpty(), one.equals(LabelSelector.everything()));
    }

    @Example
    void matches_absentOrEmptySelector_nothingOrEverything() {
        assertFalse(LabelSelector.presentAndMatches(null, Map.of("app", "web")));
        assertTrue(LabelSelector.everything().matches(Map.of()));
        assertEquals("", LabelSelector.everything().toString());
    }

    @Example
    void problems_invalidSelector_haveTheirPaths() {
        LabelSelector.Builder builder = LabelSelector.builder()
                .matchLabel("bad key", "bad value")
                .matchExpression("app", "in", List.of("x"))
                .matchExpression("a/b/c", "In", List.of())
                .matchExpression("app", "Exists", List.of("x"))
                .matchExpression("app", "NotIn", List.of("ok", "not ok"));
        List<String> expected = List.of(
                "matchLabels",
                "matchLabels",
                "matchExpressions[0].operator",
                "matchExpressions[1].key",
                "matchExpressions[1].values",
                "matchExpressions[2].values",
                "matchExpressions[3].values[1]");
        assertEquals(expected, builder.problems().stream().map(p -> p.where()).toList());
        assertEquals("write In", builder.problems().get(2).hint());
        InvalidPoolException thrown = assertThrows(InvalidPoolException.class, builder::build);
        assertEquals(builder.problems(), thrown.problems());
    }

    @Example
    void requirement_invalidValues_throws() {
        assertThrows(InvalidPoolException.class, () -> new LabelRequirement("app", Operator.IN, List.of()));
        assertThrows(InvalidPoolException.class, () -> new LabelRequirement("app", Operator.EXISTS, List.of("x")));
        assertThrows(InvalidPoolException.class, () -> new LabelRequirement("", Operator.EXISTS, List.of()));
        assertThrows(NullPointerException.class, () -> new LabelRequirement(null, Operator.EXISTS, List.of()));
        assertThrows(
                NullPointerException.class, () -> new LabelRequirement("app", Operator.IN, Arrays.asList("x", null)));
        LabelRequirement invalid = new LabelRequirement("app", Operator.IN, List.of("not ok"));
        assertThrows(InvalidPoolException.class, () -> LabelSelector.of(Map.of(), List.of(invalid)));
    }

    @Example
    void of_laterChangeOfSource_hasNoEffect() {
        Map<String, String> pairs = new HashMap<>(Map.of("app", "web"));
        List<String> values = new ArrayList<>(List.of("a"));
        LabelSelector.Builder builder =
                LabelSelector.builder().matchLabels(pairs).matchExpression("tier", "In", values);
        LabelSelector built = builder.build();
        LabelSelector same = LabelSelector.of(pairs, List.of(new LabelRequirement("tier", Operator.IN, values)));
        pairs.put("zone", "z");
        values.add("b");
        builder.matchLabel("late", "x");
        assertEquals("app=web,tier in (a)", built.toString());
        assertEquals(built, same);
        assertNotEquals(built, builder.build());
        assertThrows(
                UnsupportedOperationException.class, () -> built.matchLabels().put("x", "y"));
    }

    @Example
    void of_null_throws() {
        LabelSelector.Builder builder = LabelSelector.builder();
        assertThrows(NullPointerException.class, () -> builder.matchLabel(null, "x"));
        assertThrows(NullPointerException.class, () -> builder.matchLabel("app", null));
        assertThrows(NullPointerException.class, () -> builder.matchExpression("app", null, List.of()));
        assertThrows(NullPointerException.class, () -> builder.matchExpression("app", "In", Arrays.asList("x", null)));
        assertEquals(List.of(), builder.problems());
    }

    @Example
    void anyValues_longValue_matches() {
        String longName = "n".repeat(253);
        LabelSelector selector = LabelSelector.builder()
                .anyValues()
                .matchLabel(Application.NAME_KEY, longName)
                .build();
        assertTrue(selector.matches(Map.of(Application.NAME_KEY, longName)));
        assertEquals(
                longName, selector.firstUnmet(Map.of()).orElseThrow().values().get(0));
        assertThrows(InvalidPoolException.class, () -> LabelSelector.of(Map.of(Application.NAME_KEY, longName)));
    }

    @Example
    void matches_manyValues_usesLookup() {
        List<String> values = IntStream.range(0, 100_000).mapToObj(i -> "v" + i).toList();
        LabelSelector selector =
                LabelSelector.builder().matchExpression("app", "NotIn", values).build();
        for (int i = 0; i < 10_000; i++) {
            assertFalse(selector.matches(Map.of("app", "v99999")));
        }
        assertTrue(selector.matches(Map.of("app", "other")));
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        return Arbitraries.maps(keys(), values()).ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<LabelRequirement>> requirements() {
        return Combinators.combine(
                        keys(),
                        Arbitraries.of(Operator.class),
                        values().list().ofMinSize(1).ofMaxSize(3))
                .as((key, operator, values) ->
                        new LabelRequirement(key, operator, operator.takesValues() ? values : List.of()))
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.of("app", "tier", "example.com/zone");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.of("", "a", "b", "c");
    }
}
