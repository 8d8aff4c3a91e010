package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys and values against the regular expressions in the error messages of Kubernetes. */
class LabelSyntaxTest {
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @Property(tries = 2000)
    void isKey_anyText_agreesWithKubernetes(@ForAll("texts") String key) {
        assertEquals(isKey(key), check(key, true).isEmpty());
    }

    @Property(tries = 2000)
    void isValue_anyText_agreesWithKubernetes(@ForAll("texts") String value) {
        assertEquals(value.isEmpty() || isName(value), check(value, false).isEmpty());
    }

    @Example
    void syntax_everyAsciiCharacter_agreesWithKubernetes() {
        for (char c = 0; c < 128; c++) {
            for (String text : List.of("" + c, c + "a", "a" + c, "a" + c + "a")) {
                check(text);
            }
        }
    }

    @Example
    void syntax_everyShortText_agreesWithKubernetes() {
        List<String> texts = List.of("");
        for (int length = 1; length <= 5; length++) {
            texts = texts.stream()
                    .flatMap(text -> Stream.of("a", "Z", "-", "_", ".").map(c -> text + c))
                    .toList();
            texts.forEach(LabelSyntaxTest::check);
        }
    }

    /** A text as a value, as a name, and as a prefix. */
    private static void check(String text) {
        assertEquals(isName(text), check(text, false).isEmpty(), text);
        assertEquals(isKey(text), check(text, true).isEmpty(), text);
        assertEquals(isKey(text + "/n"), check(text + "/n", true).isEmpty(), text);
    }

    @Example
    void syntax_longText_isRejected() {
        for (int length : new int[] {1, 62, 63, 64, 252, 253, 254}) {
            String text = "a".repeat(length);
            assertEquals(length <= 63, check(text, false).isEmpty());
            assertEquals(length <= 63, check("p/" + text, true).isEmpty());
            assertEquals(length <= 253, check(text + "/n", true).isEmpty());
        }
    }

    private static boolean isKey(String key) {
        String[] parts = key.split("/", -1);
        return switch (parts.length) {
            case 1 -> isName(key);
            case 2 -> parts[0].length() <= 253 && PREFIX.matcher(parts[0]).matches() && isName(parts[1]);
            default -> false;
        };
    }

    private static boolean isName(String name) {
        return name.length() <= 63 && NAME.matcher(name).matches();
    }

    private static List<Problem> check(String text, boolean key) {
        List<Problem> found = new ArrayList<>();
        if (key) {
            LabelSyntax.checkKey(text, "", found);
        } else {
            LabelSyntax.checkValue(text, "", found);
        }
        return found;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> near = Arbitraries.strings().withChars("aZ0-_./").ofMaxLength(8);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(6);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, near), net.jqwik.api.Tuple.of(1, any));
    }
}
