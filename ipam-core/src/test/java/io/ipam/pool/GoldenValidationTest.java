package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.golden.GoldenRun;
import io.ipam.golden.Rule;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The webhook's checks. The same definitions are accepted. Of a refused definition, ipam reports at
 * least the recorded types and fields; the reference system stops at its first error.
 */
class GoldenValidationTest {

    @Test
    void validation_goldenVectors_match() {
        GoldenRun.of("validation.json")
                .rule("any-size", Recorded::isFailure, ValidationCase::problems)
                .ruleElsewhere(new Rule(
                        "canonical-in-force",
                        Recorded::replacesInvalid,
                        input -> assertThrows(InvalidPoolException.class, () -> ValidationCase.problems(input))))
                .ruleElsewhere(new Rule("stray-record", Recorded::isBlockedByStray, GoldenValidationTest::isNotBlocked))
                .rule("no-internal-error", Recorded::isInternalError, GoldenValidationTest::isRefused)
                .rule("derived-family", Recorded::wantsFamily, GoldenValidationTest::hasFamily)
                .rule("reversed-range", Recorded::takesReversed, GoldenValidationTest::refusesReversed)
                .rule("mapped-text", Recorded::takesMapped, GoldenValidationTest::refusesMapped)
                .rule("merged-entries", Recorded::refusesOverlap, GoldenValidationTest::listIsFine)
                .rule("path-of-the-entry", Recorded::isAtSubnet, GoldenValidationTest::isAtAnEntry)
                .rule("index-as-written", Recorded::isAtMergedIndex, GoldenValidationTest::isAtOwnIndex)
                .rule("canonical-before-fixed", Recorded::isRewrittenSubnet, GoldenValidationTest::asksForCanonical)
                .rule("compared-as-numbers", Recorded::comparesTexts, GoldenValidationTest::spellingIsNothing)
                .run(GoldenValidationTest::check);
    }

    private static void check(JsonNode input, JsonNode expected) {
        Set<String> ours = outcome(input);
        if (expected.get("accepted").booleanValue()) {
            assertEquals(Set.of(), ours);
        } else {
            Set<String> recorded = new TreeSet<>();
            expected.get("errors")
                    .forEach(error -> recorded.add(error.get("type").textValue() + " "
                            + error.get("field").textValue()));
            assertTrue(ours.containsAll(recorded), () -> "answered " + ours);
        }
    }

    private static Set<String> outcome(JsonNode input) {
        return ValidationCase.problems(input).stream()
                .map(problem -> typeName(problem) + " " + problem.where())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String typeName(Problem problem) {
        return switch (problem.type()) {
            case REQUIRED -> "FieldValueRequired";
            case INVALID -> "FieldValueInvalid";
            case DUPLICATE -> "FieldValueDuplicate";
            case FORBIDDEN -> "FieldValueForbidden";
            case NOT_SUPPORTED -> "FieldValueNotSupported";
            case MALFORMED -> "Malformed";
        };
    }

    private static void isRefused(JsonNode input) {
        assertFalse(outcome(input).isEmpty());
    }

    private static void hasFamily(JsonNode input) {
        assertFalse(outcome(input).stream().anyMatch(entry -> entry.equals("FieldValueInvalid spec.ipVersion")));
    }

    private static void isNotBlocked(JsonNode input) {
        assertFalse(outcome(input).contains("FieldValueForbidden spec.ips"), () -> "answered " + outcome(input));
    }

    private static void refusesReversed(JsonNode input) {
        Recorded.Entry entry = Recorded.reversed(input).get(0);
        assertTrue(outcome(input).contains("FieldValueInvalid " + entry.where()));
    }

    private static void refusesMapped(JsonNode input) {
        for (Recorded.Entry entry : Recorded.mapped(input)) {
            Problem problem = ValidationCase.problems(input).stream()
                    .filter(found -> found.where().equals(entry.where()))
                    .findFirst()
                    .orElseThrow();
            assertFalse(problem.hint().isEmpty());
        }
    }

    private static void listIsFine(JsonNode input) {
        Set<String> ours = outcome(input);
        assertFalse(ours.stream().anyMatch(entry -> entry.endsWith(" spec.subnet")), () -> "answered " + ours);
    }

    private static void isAtAnEntry(JsonNode input) {
        Set<String> ours = outcome(input);
        assertTrue(
                ours.stream().anyMatch(entry -> entry.matches("FieldValueInvalid spec\\.(ips|excludeIPs)\\[\\d+]")),
                () -> "answered " + ours);
        assertFalse(ours.stream().anyMatch(entry -> entry.endsWith(" spec.subnet")));
    }

    private static void isAtOwnIndex(JsonNode input) {
        for (Recorded.Entry entry : Recorded.withGateway(input)) {
            assertTrue(outcome(input).contains("FieldValueInvalid " + entry.where()));
        }
    }

    private static void asksForCanonical(JsonNode input) {
        assertTrue(outcome(input).contains("FieldValueInvalid spec.subnet"));
    }

    /** The result is that for the same document with every address in canonical form. */
    private static void spellingIsNothing(JsonNode input) {
        assertEquals(outcome(Recorded.canonical(input)), outcome(input));
    }

    @Test
    void problems_goldenVectors_haveHints() {
        for (Problem problem : List.of(
                Pool.builder("p", "10.80.0.1/24").problems().get(0),
                Pool.builder("p", "10.80.0.0/24")
                        .ips("10.80.0.9-10.80.0.5")
                        .problems()
                        .get(0))) {
            assertFalse(problem.hint().isEmpty(), problem::message);
        }
    }
}
