package io.ipam.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private static final JsonOptions STRICT = JsonOptions.strict(1 << 20);
    private static final JsonOptions COMPATIBLE = JsonOptions.compatible(1 << 20);
    private static final JsonKeys KEYS = JsonKeys.of("name", "list", "flag", "size", "sub");
    private static final Expected ANY = Expected.of("the rule");

    /** Records the values that it reads. */
    private static String shape(JsonReader in) {
        JsonMembers members = in.members(KEYS, ANY);
        if (members == null) {
            return "-";
        }
        StringBuilder seen = new StringBuilder();
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            seen.append(KEYS.names().get(key)).append('=');
            switch (key) {
                case 0 -> seen.append(in.string(ANY));
                case 1 -> seen.append(list(in));
                case 2 -> seen.append(in.bool(ANY, false));
                case 3 -> seen.append(in.whole(ANY, 0, 9, -1));
                default -> seen.append('(').append(shape(in)).append(')');
            }
            seen.append(' ');
        }
        return seen.toString().trim();
    }

    private static List<String> list(JsonReader in) {
        List<String> elements = new ArrayList<>();
        if (in.beginArray(ANY)) {
            while (in.nextElement()) {
                elements.add(String.valueOf(in.string(ANY)));
            }
        }
        return elements;
    }

    private static String good(String text, JsonOptions options) {
        JsonResult<String> result = JsonReader.read(text, options, JsonReaderTest::shape);
        assertEquals(List.of(), result.problems());
        return result.orElseThrow(problems -> new IllegalStateException());
    }

    private static List<String> problems(String text, JsonOptions options) {
        return JsonReader.read(text, options, JsonReaderTest::shape).problems().stream()
                .map(problem ->
                        problem.type() + " " + problem.where() + " " + place(problem) + " " + problem.offending())
                .toList();
    }

    private static String place(Problem problem) {
        Problem.Position position = problem.position();
        return position == null ? "-" : position.line() + ":" + position.column();
    }

    @Test
    void read_everyKind_returnsValues() {
        assertEquals(
                "name=a list=[x, null] flag=true size=7 sub=(name=b)",
                good(
                        "{\"name\":\"a\",\"list\":[\"x\",null],\"flag\":true,\"size\":7,\"sub\":{\"name\":\"b\"}}",
                        STRICT));
        assertEquals(
                "name=null flag=false size=-1 sub=(-)",
                good("{\"name\":null,\"flag\":null,\"size\":null,\"sub\":null}", STRICT));
        assertEquals("-", good("null", STRICT));
    }

    @Test
    void members_foldedKeys_matchAsInGo() {
        assertEquals("size=1 flag=true", good("{\"\u017FIZE\":1,\"FLAG\":true,\"other\":[{}]}", COMPATIBLE));
        assertEquals("", good("{\"l\u0131st\":[]}", COMPATIBLE));
    }

    @Test
    void members_variantOrUnknownKeyIfStrict_isRefusedWithHint() {
        assertEquals(
                List.of("NOT_SUPPORTED Name 1:2 Name", "NOT_SUPPORTED sub.flags 2:10 flags"),
                problems("{\"Name\":\"a\",\n \"sub\": {\"flags\":[1,2]}}", STRICT));
        List<Problem> problems = JsonReader.read("{\"Name\":1,\"flags\":true,\"q\":1}", STRICT, JsonReaderTest::shape)
                .problems();
        assertEquals(
                List.of("write \"name\"", "write it in double quotes", "did you mean \"flag\"?", "remove this one"),
                problems.stream().map(Problem::hint).toList());
    }

    @Test
    void members_openObject_skipsUnknownKeysOnly() {
        JsonKeys open = KEYS.open();
        assertEquals(
                List.of("Name"),
                JsonReader.read("{\"x\":1,\"Name\":\"a\"}", STRICT, in -> {
                            JsonMembers members = in.members(open, ANY);
                            while (members.next() != JsonReader.END) {}
                            return "";
                        })
                        .problems()
                        .stream()
                        .map(Problem::offending)
                        .toList());
    }

    @Test
    void read_repeatedKey_isRefusedEverywhere() {
        assertEquals(List.of("DUPLICATE Name 1:13 Name"), problems("{\"name\":\"a\",\"Name\":\"b\"}", COMPATIBLE));
        assertEquals(List.of("DUPLICATE x 1:8 x"), problems("{\"x\":1,\"x\":2}", COMPATIBLE));
        assertEquals(List.of("DUPLICATE X 1:8 X"), problems("{\"x\":1,\"X\":2}", COMPATIBLE));
        assertEquals(List.of("DUPLICATE x[1].y 1:16 y"), problems("{\"x\":[1,{\"y\":1,\"y\":2}]}", COMPATIBLE));
        assertEquals("", good("{\"x\":[{\"y\":1},{\"y\":1,\"Y\":2},{\"z\":{\"y\":1}}]}", COMPATIBLE));
    }

    @Test
    void read_severalProblems_reportsAllUpToTheFault() {
        String text = "{\"name\":7,\n \"list\": [\"\",{\"a\":1}],\n\"flag\":\"true\",\n\"size\":10,\n x}";
        List<String> problems = problems(text, STRICT);
        assertEquals("INVALID name 1:9 7", problems.get(0));
        assertEquals("INVALID list[1] 2:14 {\"a\":1}", problems.get(1));
        assertEquals(
                List.of("INVALID flag 3:8 true", "INVALID size 4:8 10", "MALFORMED  5:2 x"),
                problems.subList(2, problems.size()));
    }

    @Test
    void read_textTooLong_isRefusedUnread() {
        assertEquals(List.of("FORBIDDEN  - [1,2,3]"), problems("[1,2,3]", JsonOptions.strict(6)));
        assertThrows(IllegalArgumentException.class, () -> JsonOptions.strict(0));
    }

    @Test
    void sourceFrom_anyValue_isItsText() {
        List<String> values = List.of(
                "7", "-1.5e3", "null", "true", "\"a\\u003c\\\"\"", "[1, [ ] ]", "{ \"a\" : {\"a\":1} }", "\"\"");
        String text = "[ " + String.join(" , ", values) + " ]";
        List<String> sources = new ArrayList<>();
        JsonReader.read(text, STRICT, reader -> {
            reader.beginArray(Expected.of("a list"));
            while (reader.nextElement()) {
                sources.add(reader.sourceFrom(reader.start()));
            }
            return true;
        });
        assertEquals(values, sources);
    }

    @Test
    void read_manyProblems_countsTheRest() {
        String text = "{\"list\":[" + "1,".repeat(99) + "1]}";
        List<Problem> problems = JsonReader.read(text, STRICT.withCountOfRest(), JsonReaderTest::shape)
                .problems();
        assertEquals(JsonProblems.MOST + 1, problems.size());
        assertEquals(
                "\"50\": more problems are not listed",
                problems.get(JsonProblems.MOST).message());
    }

    @Test
    void read_manyProblems_keepsTheFirstAndTheLast() {
        String text = "{\"list\":[" + "1,".repeat(200_000) + "x";
        List<Problem> problems =
                JsonReader.read(text, STRICT, JsonReaderTest::shape).problems();
        assertEquals(JsonProblems.MOST + 1, problems.size());
        assertEquals(ProblemType.MALFORMED, problems.get(JsonProblems.MOST).type());
    }

    @Test
    void string_surrogateWithoutPartner_isReplaced() {
        assertEquals("name=\uFFFDA", good("{\"name\":\"\\ud83d\\u0041\"}", STRICT));
        assertEquals("name=\uD83D\uDE00", good("{\"name\":\"\\ud83d\\ude00\"}", STRICT));
        assertEquals("name=\uFFFD", good("{\"name\":\"\uDE00\"}", STRICT));
    }

    @Test
    void members_surrogateWithoutPartnerInName_isReplaced() {
        assertEquals(List.of("a\uFFFDb"), names("{\"a\\ud800b\":1}"));
        assertEquals(List.of("\uFFFDA", "\uFFFD"), names("{\"\\uD83D\\u0041\":1,\"\\udE00\":2}"));
        assertEquals(List.of("\uFFFD\uD83D\uDE00\uFFFD"), names("{\"\\ud83d\\uD83D\\uDE00\\ude00\":1}"));
        assertEquals(List.of("\\ud800", "\\\uFFFD"), names("{\"\\\\ud800\":1,\"\\\\\\ud800\":2}"));
        assertTrue(problems("{\"\\ud800\":1,\"\\ud801\":2}", STRICT).stream()
                .anyMatch(problem -> problem.startsWith("DUPLICATE")));
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        JsonReader.read(text, STRICT, in -> {
            JsonEntries entries = in.entries(ANY);
            for (String key = entries.next(); key != null; key = entries.next()) {
                names.add(key);
            }
            return "";
        });
        return names;
    }

    @Test
    void read_trailingComma_acceptedOnlyByOption() {
        assertEquals("list=[a]", good("{\"list\":[\"a\",],}", STRICT.withTrailingComma()));
        assertEquals(
                1, problems("{\"list\":[\"a\",,]}", STRICT.withTrailingComma()).size());
        assertEquals(1, problems("{,}", STRICT.withTrailingComma()).size());
        assertEquals(1, problems("{\"list\":[\"a\",]}", STRICT).size());
    }

    @Test
    void entries_problemAtDataKey_reportsPath() {
        List<String> paths = new ArrayList<>();
        JsonReader.read("{\"a/b\":[0,{\"c\":1}],\"d\":2,\"d\":3}", STRICT, in -> {
            JsonEntries entries = in.entries(ANY);
            for (String key = entries.next(); key != null; key = entries.next()) {
                paths.add(in.path());
            }
            return "";
        });
        assertEquals(List.of("[\"a/b\"]", "d", "d"), paths);
    }

    @Property
    void read_problem_hasPositionOfItsCharacter(@ForAll("spaces") String space) {
        String text = "[" + space + "1" + space + "," + space + "true]";
        List<Problem.Position> found = new ArrayList<>();
        JsonReader.read(text, STRICT, in -> {
            in.beginArray(ANY);
            while (in.nextElement()) {
                found.add(in.position());
            }
            return "";
        });
        assertEquals(List.of(place(text, text.indexOf('1')), place(text, text.indexOf('t'))), found);
    }

    /** Counts the line ends before a character: LF, CR or CRLF. */
    private static Problem.Position place(String text, int index) {
        String[] lines = text.substring(0, index).split("\r\n|\r|\n", -1);
        return new Problem.Position(lines.length, lines[lines.length - 1].length() + 1);
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> spaces() {
        return net.jqwik.api.Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(6);
    }

    @Test
    void orElseThrow_textWithProblems_throws() {
        JsonResult<String> result = JsonReader.read("[1", STRICT, in -> "value");
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> result.orElseThrow(problems -> new IllegalStateException(problems.toString())));
        assertTrue(thrown.getMessage().contains("] is missing"));
    }
}
