package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text results in selections or the documented exception, in bounded time. */
class HostileTextTest {
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String CHARACTERS =
            "{}[],:\"'\\/ \t\n\r\0\u001F0123456789+-.eEtfnuabIi_*@\u007F\u00A0\u017F\u212A\uFEFF\uFFFF\uD83D\uDE00池";

    static List<Examples.Example> examples() {
        return Examples.VALID;
    }

    /** Reads in both modes. COMPATIBLE reads each text that STRICT accepts in the same way. */
    private static void survives(String key, String text) {
        PoolSelections strict = readOrNull(key, text, ReadingMode.STRICT);
        PoolSelections compatible = readOrNull(key, text, ReadingMode.COMPATIBLE);
        if (strict != null) {
            assertEquals(strict.withMode(ReadingMode.COMPATIBLE), compatible, text);
        }
    }

    private static PoolSelections readOrNull(String key, String text, ReadingMode mode) {
        try {
            return Examples.read(key, text, mode);
        } catch (InvalidAnnotationException refused) {
            assertFalse(refused.problems().isEmpty());
            for (Problem problem : refused.problems()) {
                assertTrue(
                        problem.offending()
                                        .codePointCount(0, problem.offending().length())
                                <= 64,
                        problem::message);
                assertFalse(problem.rule().isEmpty());
                assertTrue(problem.position() != null || problem.type() == ProblemType.FORBIDDEN, problem::message);
            }
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void read_truncatedText_returnsOrRefuses(Examples.Example example) {
        for (int end = 0; end < example.text().length(); end++) {
            survives(example.key(), example.text().substring(0, end));
            survives(example.key(), example.text().substring(end));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void read_oneCharacterChanged_returnsOrRefuses(Examples.Example example) {
        String text = example.text();
        for (int index = 0; index < text.length(); index++) {
            survives(example.key(), text.substring(0, index) + text.substring(index + 1));
            for (char unit : CHARACTERS.toCharArray()) {
                survives(example.key(), text.substring(0, index) + unit + text.substring(index + 1));
                survives(example.key(), text.substring(0, index) + unit + text.substring(index));
            }
        }
    }

    @Property(tries = 2000)
    void read_anyText_returnsOrRefuses(@ForAll("keys") String key, @ForAll String text) {
        survives(key, text);
    }

    @Property(tries = 3000)
    void read_anyTokens_returnsOrRefuses(@ForAll("keys") String key, @ForAll("tokens") String text) {
        survives(key, text);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                Examples.VALID.stream().map(Examples.Example::key).distinct().toList());
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ",",
                        ":",
                        ":",
                        "\"ipv4\"",
                        "\"ipv6\"",
                        "\"interface\"",
                        "\"dst\"",
                        "\"gw\"",
                        "\"ipam\"",
                        "\"plugins\"",
                        "\"name\"",
                        "\"eth0\"",
                        "\"10.0.0.1\"",
                        "\"10.0.0.0/8\"",
                        "\"\"",
                        "null",
                        "true",
                        "1",
                        "-1e9",
                        "\"\\ud800\"",
                        "[\"a\"]",
                        "{\"ipv4\":[\"a\"]}",
                        " ",
                        "+")
                .list()
                .ofMaxSize(12)
                .map(list -> String.join("", list));
    }

    @ParameterizedTest
    @MethodSource("largeTexts")
    void read_largeText_returnsOrRefusesSoon(String key, String name, String text) {
        assertTimeoutPreemptively(BOUND, () -> survives(key, text), name);
    }

    @ParameterizedTest
    @MethodSource("hugeTexts")
    @Tag("stress")
    void read_hugeText_returnsOrRefusesSoon(String key, String name, String text) {
        assertTimeoutPreemptively(BOUND, () -> survives(key, text), name);
    }

    static List<Arguments> largeTexts() {
        return texts(100_000);
    }

    static List<Arguments> hugeTexts() {
        return texts(1_000_000);
    }

    /** Each shape for each key; most texts have about the given number of characters. */
    private static List<Arguments> texts(int length) {
        List<Arguments> cases = new ArrayList<>();
        List<UnaryOperator<String>> shapes = List.of(
                key -> "[".repeat(length),
                key -> "{\"a\":".repeat(length / 5),
                key -> "[".repeat(length / 2) + "]".repeat(length / 2),
                key -> "{\"ipv4\":[\"" + "n".repeat(10 * length) + "\"]}",
                key -> "{\"ipv4\":[\"" + "n".repeat(length) + "\"]}",
                key -> "{\"ipv4\":[" + "\"a\",".repeat(length / 4) + "]}",
                key -> "{\"ipv4\":[" + "1,".repeat(length / 2) + "1]}",
                key -> "[" + "\"\",".repeat(length / 3) + "\"a\"]",
                key -> "[" + "{},".repeat(length / 3) + "{}]",
                key -> "[" + "{\"ipv4\":[\"a\"]},".repeat(length / 16) + "null]",
                key -> "{" + "\"a\":1,".repeat(length / 6) + "\"a\":1}",
                key -> "{\"x\":" + "{\"x\":1,\"x\":".repeat(9_000) + "1" + "}".repeat(9_001),
                key -> "1".repeat(length),
                key -> "-".repeat(length),
                key -> "\\".repeat(length),
                key -> "\"" + "\\ud800".repeat(length / 6) + "\"",
                key -> "\0".repeat(length),
                key -> "\uFEFF".repeat(length),
                key -> "\n".repeat(length) + "x",
                key -> ",".repeat(length),
                key -> "a/b@c,".repeat(length / 6),
                key -> "{\"ipv4\":[" + collidingNames() + "\"a\"]}",
                key -> "{" + collidingKeys() + "\"a\":1}");
        for (String key : List.of(
                AnnotationKeys.POOLS,
                AnnotationKeys.INTERFACE_POOLS,
                AnnotationKeys.ROUTES,
                AnnotationKeys.DEFAULT_IPV4_POOLS,
                AnnotationKeys.SUBNETS,
                AnnotationKeys.SUBNET,
                AnnotationKeys.POOL_SIZE,
                AnnotationKeys.RECLAIM,
                AnnotationKeys.NETWORKS,
                Examples.CNI)) {
            for (int shape = 0; shape < shapes.size(); shape++) {
                cases.add(Arguments.of(key, "shape " + shape, shapes.get(shape).apply(key)));
            }
        }
        return cases;
    }

    /** Strings that all have the same hash code. */
    private static String collidingKeys() {
        StringBuilder keys = new StringBuilder();
        for (int number = 0; number < 1 << 14; number++) {
            keys.append('"').append(colliding(number)).append("\":1,");
        }
        return keys.toString();
    }

    private static String collidingNames() {
        StringBuilder names = new StringBuilder();
        for (int number = 0; number < 1 << 14; number++) {
            names.append('"').append(colliding(number)).append("\",");
        }
        return names.toString();
    }

    private static String colliding(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 14; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    @Test
    void read_nestingBeyondLimit_isRefused() {
        String deep = "{\"x\":" + "[".repeat(9_999) + "]".repeat(9_999) + ",\"ipv4\":[\"a\"]}";
        assertEquals(
                1,
                ((PodSelection.AllInterfaces) Examples.read(AnnotationKeys.POOLS, deep, ReadingMode.COMPATIBLE)
                                .pod()
                                .orElseThrow())
                        .pools()
                        .byFamily()
                        .size());
        String deeper = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"ipv4\":[\"a\"]}";
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> Examples.read(AnnotationKeys.POOLS, deeper, ReadingMode.COMPATIBLE));
        assertEquals(
                "lists and objects must be nested at most 10000 deep",
                refused.problems().get(0).rule());
    }

    @Test
    void read_afterRefusal_isUnaffected() {
        Examples.Example good = Examples.VALID.get(0);
        PoolSelections before = good.read(ReadingMode.STRICT);
        for (String bad : List.of("[".repeat(200_000), "{\"ipv4\":[\"a", "\0")) {
            try {
                Examples.read(AnnotationKeys.POOLS, bad, ReadingMode.STRICT);
                fail(bad);
            } catch (InvalidAnnotationException expected) {
                assertEquals(before, good.read(ReadingMode.STRICT));
            }
        }
    }
}
