package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ipam.address.Family;
import io.ipam.golden.Check;
import io.ipam.golden.GoldenRun;
import io.ipam.pool.InvalidPatternException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Patterns for pool names. Differences: a malformed pattern never passes, names have a fixed order,
 * and each occurs once.
 */
class GoldenWildcardsTest {

    @Test
    void wildcards_goldenVectors_match() {
        GoldenRun.of("wildcards.json")
                .rule(
                        "malformed-pattern",
                        (input, expected) -> !expected.has("error") && isMalformed(input),
                        input -> assertTrue(isRefused(input)))
                .rule("each-name-once", GoldenWildcardsTest::hasRepeats, GoldenWildcardsTest::verifyNames)
                .rule("names-in-order", GoldenWildcardsTest::isUnsorted, GoldenWildcardsTest::verifyNames)
                .on(
                        "HasWildcardInStr",
                        Check.yields(input -> result(
                                PoolNamePattern.isPattern(input.get("str").textValue()))))
                .on("Match", GoldenWildcardsTest::checkMatch)
                .on("ParseWildcardPoolNameList", GoldenWildcardsTest::checkList)
                .run();
    }

    private static void checkMatch(JsonNode input, JsonNode expected) {
        assertEquals(expected.has("error"), isRefused(input));
        if (!expected.has("error")) {
            PoolNamePattern pattern = PoolNamePattern.parse(input.get("pattern").textValue());
            assertEquals(
                    expected.get("result").booleanValue(),
                    pattern.matches(input.get("name").textValue()));
        }
    }

    private static void checkList(JsonNode input, JsonNode expected) {
        assertEquals(expected.has("error"), isRefused(input));
        if (!expected.has("error")) {
            List<String> names = texts(input.get("names"));
            assertEquals(
                    expected.get("hasWildcard").booleanValue(), names.stream().anyMatch(PoolNamePattern::isPattern));
            assertEquals(poolsFirst(input, texts(expected.get("names"))), resolved(input));
        }
    }

    /** The candidates and the rejections for a pod that names the list. */
    private static List<String> resolved(JsonNode input) {
        List<String> names = new ArrayList<>();
        for (DemandResolution demand : resolve(input).demands()) {
            names.addAll(Requests.candidates(demand));
            names.addAll(Requests.rejected(demand));
        }
        return names;
    }

    private static Resolution resolve(JsonNode input) {
        PoolSelections selections = PoolSelections.none()
                .withPod(PoolNames.of(family(input), texts(input.get("names"))))
                .withMode(ReadingMode.COMPATIBLE);
        return Requests.RESOLVER.resolve(Requests.cart(), selections, catalog(input), UsageView.none());
    }

    /**
     * The recorded list is not split: here the existing pools of the family are first, as
     * candidates are.
     */
    private static List<String> poolsFirst(JsonNode input, List<String> names) {
        List<String> existing = catalog(input).pools(family(input)).stream()
                .map(Pool::name)
                .filter(names::contains)
                .toList();
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparing(name -> !existing.contains(name)));
        return sorted;
    }

    private static boolean isRefused(JsonNode input) {
        if (input.has("names")) {
            List<String> names = texts(input.get("names")).stream()
                    .map(name -> Problem.of(ProblemType.INVALID, "", name, "").offending())
                    .toList();
            return resolve(input).problems().stream().anyMatch(problem -> names.contains(problem.offending()));
        }
        try {
            PoolNamePattern.parse(input.get("pattern").textValue());
            return false;
        } catch (InvalidPatternException malformed) {
            return true;
        }
    }

    private static JsonNode result(boolean result) {
        return JsonNodeFactory.instance.objectNode().put("result", result);
    }

    private static Family family(JsonNode input) {
        return Family.ofNumber(input.get("ipVersion").intValue()).orElseThrow();
    }

    private static PoolCatalog catalog(JsonNode input) {
        List<Pool> pools = new ArrayList<>();
        for (JsonNode pool : input.path("pools")) {
            String name = pool.get("name").textValue();
            pools.add(family(pool) == Family.IPV4 ? v4(name, pools.size() + 1) : v6(name, pools.size() + 1));
        }
        return PoolCatalog.of(pools, List.of());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /**
     * A pattern that Go rejects if a name reaches the malformed part: it does not match its own
     * literal start either.
     */
    private static boolean isMalformed(JsonNode input) {
        if (input.has("pattern")) {
            return TrailingFault.isIn(input.get("pattern").textValue());
        }
        return input.has("names")
                && texts(input.get("names")).stream()
                        .anyMatch(name -> PoolNamePattern.isPattern(name) && TrailingFault.isIn(name));
    }

    private static boolean hasRepeats(JsonNode input, JsonNode expected) {
        List<String> names = texts(expected.path("names"));
        return new LinkedHashSet<>(names).size() < names.size();
    }

    /**
     * The reference system returns the matches of a pattern in the order of the listing, which is
     * not that of the names.
     */
    private static boolean isUnsorted(JsonNode input, JsonNode expected) {
        return input.has("names") && !expected.has("error") && !naive(input).equals(texts(expected.get("names")));
    }

    private static void verifyNames(JsonNode input) {
        assertEquals(poolsFirst(input, naive(input)), resolved(input));
    }

    /** Every pattern replaced by its matches sorted, each name once. */
    private static List<String> naive(JsonNode input) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String name : texts(input.get("names"))) {
            if (!PoolNamePattern.isPattern(name)) {
                names.add(name);
                continue;
            }
            PoolNamePattern pattern = PoolNamePattern.parse(name);
            List<String> matches = new ArrayList<>();
            for (JsonNode pool : input.path("pools")) {
                if (family(pool) == family(input)
                        && pattern.matches(pool.get("name").textValue())) {
                    matches.add(pool.get("name").textValue());
                }
            }
            names.addAll(matches.stream().sorted(PoolCatalog.nameOrder()).toList());
        }
        return List.copyOf(names);
    }

    /**
     * The parts of the grammar that this test implements itself: empty or open classes, and a lone
     * backslash.
     */
    private static final class TrailingFault {
        static boolean isIn(String pattern) {
            return !pattern.matches("(?s)(\\*|\\?|\\\\.|[^*?\\[\\\\]|\\[\\^?(RANGE)+\\])*"
                    .replace("RANGE", "(\\\\.|[^\\\\\\]-])(-(\\\\.|[^\\\\\\]-]))?"));
        }
    }
}
