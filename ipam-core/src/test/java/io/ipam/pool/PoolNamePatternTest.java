package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PoolNamePatternTest {

    /** If every name is ASCII, Go's rules and plain backtracking over characters agree. */
    @Property(tries = 5000)
    void matches_asciiNames_agreesWithBacktracking(@ForAll("patterns") String text, @ForAll("names") String name) {
        PoolNamePattern pattern;
        try {
            pattern = PoolNamePattern.parse(text);
        } catch (InvalidPatternException malformed) {
            assertEquals(text, malformed.problems().get(0).offending());
            return;
        }
        assertEquals(Backtracking.matches(text, 0, name, 0), pattern.matches(name));
        if (pattern.matches(name)) {
            assertTrue(name.startsWith(pattern.literalPrefix()));
        }
    }

    /** Matches pattern and name, trying every length for each star. */
    private static final class Backtracking {
        static boolean matches(String pattern, int p, String name, int n) {
            if (p == pattern.length()) {
                return n == name.length();
            }
            char c = pattern.charAt(p);
            if (c == '*') {
                return matches(pattern, p + 1, name, n)
                        || (n < name.length() && name.charAt(n) != '/' && matches(pattern, p, name, n + 1));
            }
            if (n == name.length()) {
                return false;
            }
            char here = name.charAt(n);
            if (c == '?') {
                return here != '/' && matches(pattern, p + 1, name, n + 1);
            }
            if (c == '[') {
                return matchesClass(pattern, p + 1, name, n);
            }
            int literal = c == '\\' ? p + 1 : p;
            return pattern.charAt(literal) == here && matches(pattern, literal + 1, name, n + 1);
        }

        private static boolean matchesClass(String pattern, int start, String name, int n) {
            boolean negated = pattern.charAt(start) == '^';
            int p = negated ? start + 1 : start;
            boolean found = false;
            while (pattern.charAt(p) != ']') {
                p += pattern.charAt(p) == '\\' ? 1 : 0;
                char low = pattern.charAt(p++);
                char high = low;
                if (pattern.charAt(p) == '-') {
                    p += pattern.charAt(p + 1) == '\\' ? 2 : 1;
                    high = pattern.charAt(p++);
                }
                found |= low <= name.charAt(n) && name.charAt(n) <= high;
            }
            return found != negated && matches(pattern, p + 1, name, n + 1);
        }
    }

    @Property
    void matches_escapedText_matchesOnlyItself(@ForAll String name, @ForAll("names") String other) {
        StringBuilder escaped = new StringBuilder();
        name.codePoints().forEach(point -> escaped.append('\\').appendCodePoint(point));
        PoolNamePattern pattern = PoolNamePattern.parse(escaped.toString());
        assertTrue(pattern.matches(name));
        assertEquals(name.equals(other), pattern.matches(other));
    }

    @Property
    void matches_star_matchesNamesWithoutSlash(@ForAll String name) {
        assertEquals(!name.contains("/"), PoolNamePattern.parse("*").matches(name));
    }

    /**
     * The last and the first character of each length in UTF-8, and the neighbours of the
     * surrogates.
     */
    private static final List<Integer> EDGES = List.of(
            0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xfffe, 0xffff, 0x10000, 0x3ffff, 0x40000,
            0x10ffff);

    @Example
    void matches_class_matchesItsCharacters() {
        for (int low : EDGES) {
            for (int high : EDGES) {
                PoolNamePattern pattern =
                        PoolNamePattern.parse("[" + Character.toString(low) + "-" + Character.toString(high) + "]");
                for (int point : EDGES) {
                    assertEquals(low <= point && point <= high, pattern.matches(Character.toString(point)));
                }
            }
        }
    }

    @Example
    void matches_questionMark_matchesOneCharacter() {
        for (int point : EDGES) {
            String name = Character.toString(point);
            assertTrue(PoolNamePattern.parse("?").matches(name));
            assertTrue(PoolNamePattern.parse("?x").matches(name + "x"));
            assertFalse(PoolNamePattern.parse("??").matches(name));
        }
    }

    @Example
    void matches_nonAsciiCharacter_countsOnce() {
        assertTrue(PoolNamePattern.parse("?").matches("\ud83d\ude00"));
        assertFalse(PoolNamePattern.parse("??").matches("\u6c60"));
        assertTrue(PoolNamePattern.parse("[\u4e00-\u9fa5]x").matches("\u6c60x"));
        assertTrue(PoolNamePattern.parse("[^a]").matches("\ud83d\ude00"));
        assertTrue(PoolNamePattern.parse("*\u00e9").matches("caf\u00e9"));
    }

    /** Unlike in Go, where a name is read as bytes after a star. */
    @Example
    void matches_starBeforeQuestionMarks_countsCodePoints() {
        for (String character : List.of("a", "\u6c60", "\ud83d\ude00")) {
            assertFalse(PoolNamePattern.parse("*??").matches(character));
            assertTrue(PoolNamePattern.parse("*??").matches(character + character));
            assertFalse(PoolNamePattern.parse("*[^" + character + "]").matches(character));
        }
    }

    @Example
    void matches_loneSurrogate_isReplacementCharacter() {
        for (String lone : List.of("\ud800", "\udbff", "\udc00", "\udfff")) {
            assertTrue(PoolNamePattern.parse("a" + lone).matches("a\ufffd"));
            assertTrue(PoolNamePattern.parse("a\ufffd").matches("a" + lone));
            assertTrue(PoolNamePattern.parse("[\ud800]").matches(lone));
            assertTrue(PoolNamePattern.parse("[" + lone + "]").matches("\ufffd"));
            for (String neighbour : List.of("\ud7ff", "\ue000")) {
                assertTrue(PoolNamePattern.parse(neighbour + "\ufffd").matches(neighbour + lone));
                assertFalse(PoolNamePattern.parse("[" + neighbour + "]").matches(lone));
            }
        }
        assertFalse(PoolNamePattern.parse("a\ud800").matches("ab"));
    }

    @Example
    void isPattern_wildcards_isTrue() {
        List<String> texts = List.of("");
        for (int length = 0; length <= 3; length++) {
            for (String text : texts) {
                boolean bothBrackets = text.contains("[") && text.contains("]");
                assertEquals(
                        text.contains("*") || text.contains("?") || bothBrackets,
                        PoolNamePattern.isPattern(text),
                        text);
            }
            texts = texts.stream()
                    .flatMap(text -> Stream.of("a", "*", "?", "[", "]").map(c -> text + c))
                    .toList();
        }
    }

    @Example
    void parse_malformedPart_isFound() {
        for (String text :
                new String[] {"[", "[]", "[^]", "[a", "[a-", "[a-]", "[-a]", "x[", "*\\", "a\\", "[]a]", "x*y[z"}) {
            InvalidPatternException thrown =
                    assertThrows(InvalidPatternException.class, () -> PoolNamePattern.parse(text), text);
            assertTrue(thrown.problems().get(0).position() != null, text);
        }
        assertThrows(NullPointerException.class, () -> PoolNamePattern.parse(null));
    }

    @Example
    void equals_equalTexts_isTrue() {
        assertEquals(PoolNamePattern.parse("a*"), PoolNamePattern.parse("a*"));
        assertEquals(
                PoolNamePattern.parse("a*").hashCode(),
                PoolNamePattern.parse("a*").hashCode());
        assertNotEquals(PoolNamePattern.parse("a*"), PoolNamePattern.parse("a?"));
        assertEquals("a*", PoolNamePattern.parse("a*").toString());
        assertEquals("rack-", PoolNamePattern.parse("rack-[ab]*").literalPrefix());
        assertEquals("a*b", PoolNamePattern.parse("a\\*b*").literalPrefix());
    }

    @Example
    void matches_hugePatternAndName_terminates() {
        String stars = "*a".repeat(2_000);
        String name = "a".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            assertTrue(PoolNamePattern.parse(stars).matches(name));
            assertFalse(PoolNamePattern.parse(stars + "b").matches(name));
            assertTrue(PoolNamePattern.parse("[" + "a-b".repeat(100_000) + "]").matches("a"));
        });
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab-^*?[]\\/").ofMaxLength(9);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab-^]/").ofMaxLength(6);
    }
}
