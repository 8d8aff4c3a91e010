package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.address.Family;
import io.ipam.golden.Check;
import io.ipam.golden.GoldenRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patterns for pool names. Differences: a malformed pattern never passes, names come in a fixed order, and each counts once. */
class GoldenWildcardsTest {
    private static final String MALFORMED = "docs/decisions/0025-malformed-patterns.md";
    private static final String NAMES = "docs/decisions/0026-names-once-and-in-order.md";

    @Test
    void patternsMatchAsInGo() {
        GoldenRun.of("wildcards.json")
                .rule(
                        "malformed-pattern",
                        MALFORMED,
                        (input, expected) -> !expected.has("error") && isMalformed(input),
                        input -> assertThrows(InvalidPatternException.class, () -> answer(input)))
                .rule("each-name-once", NAMES, GoldenWildcardsTest::hasRepeats, GoldenWildcardsTest::verifyNames)
                .rule("names-in-order", NAMES, GoldenWildcardsTest::isUnsorted, GoldenWildcardsTest::verifyNames)
                .on(
                        "HasWildcardInStr",
                        Check.yields(input -> result(
                                PoolNamePattern.isPattern(input.get("str").textValue()))))
                .on("Match", GoldenWildcardsTest::check)
                .on("ParseWildcardPoolNameList", GoldenWildcardsTest::check)
                .run();
    }

    private static void check(JsonNode input, JsonNode expected) throws Exception {
        if (expected.has("error")) {
            assertThrows(InvalidPatternException.class, () -> answer(input));
        } else {
            Check.yields(GoldenWildcardsTest::answer).check(input, expected);
        }
    }

    private static JsonNode answer(JsonNode input) {
        if (input.has("pattern")) {
            PoolNamePattern pattern = PoolNamePattern.parse(input.get("pattern").textValue());
            return result(pattern.matches(input.get("name").textValue()));
        }
        List<String> names = Documents.texts(input.get("names"));
        ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
        catalog(input).expand(names, family(input)).names().forEach(expanded::add);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("hasWildcard", names.stream().anyMatch(PoolNamePattern::isPattern));
        answer.set("names", expanded);
        return answer;
    }

    private static JsonNode result(boolean result) {
        return JsonNodeFactory.instance.objectNode().put("result", result);
    }

    private static Family family(JsonNode input) {
        return Family.ofNumber(input.get("ipVersion").intValue()).orElseThrow();
    }

    private static PoolCatalog catalog(JsonNode input) {
        List<Pool> pools = new ArrayList<>();
        for (JsonNode pool : input.get("pools")) {
            String subnet = family(pool) == Family.IPV4 ? "10.0.0.0/8" : "fd00::/8";
            pools.add(Pool.builder(pool.get("name").textValue(), subnet).build());
        }
        return PoolCatalog.of(pools, List.of());
    }

    /** A pattern that Go refuses wherever a name gets that far: it does not match its own literal start either. */
    private static boolean isMalformed(JsonNode input) {
        if (input.has("pattern")) {
            return TrailingFault.isIn(input.get("pattern").textValue());
        }
        return input.has("names")
                && Documents.texts(input.get("names")).stream()
                        .anyMatch(name -> PoolNamePattern.isPattern(name) && TrailingFault.isIn(name));
    }

    private static boolean hasRepeats(JsonNode input, JsonNode expected) {
        List<String> names = Documents.texts(expected.path("names"));
        return new LinkedHashSet<>(names).size() < names.size();
    }

    /** The reference system gives the matches of some pattern in the order of the listing, which is not that of the names. */
    private static boolean isUnsorted(JsonNode input, JsonNode expected) {
        return input.has("names")
                && !expected.has("error")
                && !naive(input).equals(Documents.texts(expected.get("names")));
    }

    private static void verifyNames(JsonNode input) {
        assertEquals(naive(input), Documents.texts(answer(input).get("names")));
    }

    /** Every pattern replaced by its matches sorted, each name once. */
    private static List<String> naive(JsonNode input) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String name : Documents.texts(input.get("names"))) {
            if (!PoolNamePattern.isPattern(name)) {
                names.add(name);
                continue;
            }
            PoolNamePattern pattern = PoolNamePattern.parse(name);
            List<String> matches = new ArrayList<>();
            for (JsonNode pool : input.get("pools")) {
                if (family(pool) == family(input)
                        && pattern.matches(pool.get("name").textValue())) {
                    matches.add(pool.get("name").textValue());
                }
            }
            names.addAll(matches.stream().sorted(PoolCatalog.nameOrder()).toList());
        }
        return List.copyOf(names);
    }

    /** The parts of the grammar that this test needs to know on its own: classes that are empty or open, and a lone backslash. */
    private static final class TrailingFault {
        static boolean isIn(String pattern) {
            return !pattern.matches("(?s)(\\*|\\?|\\\\.|[^*?\\[\\\\]|\\[\\^?(RANGE)+\\])*"
                    .replace("RANGE", "(\\\\.|[^\\\\\\]-])(-(\\\\.|[^\\\\\\]-]))?"));
        }
    }
}
