package io.ipam.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.ipam.problem.TextPosition;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explaining scanner refuses exactly what the reader refuses; Jackson alone is the oracle. */
class JsonSyntaxTest {
    private static final JsonOptions PLAIN = JsonOptions.compatible(1 << 20);
    private static final JsonOptions COMMA = PLAIN.withTrailingComma();
    private static final JsonFactory ORACLE = new JsonFactory();
    private static final JsonFactory COMMA_ORACLE = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final String VALID =
            "{\"ipv4\": [\"a\\u00e9\\n\", null, -0.5e+7, 12],\r\n \"x\": {\"y\": true, \"z\": {}}, \"e\": []}";

    @Property(tries = 3000)
    void agreesOnTextsOfJsonPieces(@ForAll @From("pieces") String text) {
        agrees(text);
    }

    @Test
    void agreesOnEveryTruncation() {
        for (int end = 0; end <= VALID.length(); end++) {
            agrees(VALID.substring(0, end));
        }
    }

    @Test
    void agreesOnEveryChangeOfOneCharacter() {
        for (int index = 0; index < VALID.length(); index++) {
            for (char unit : "{}[],:\"\\ \n\0tfn+-.0e9x'/\uFEFF\u00A0\uD83D".toCharArray()) {
                agrees(VALID.substring(0, index) + unit + VALID.substring(index + 1));
                agrees(VALID.substring(0, index) + unit + VALID.substring(index));
            }
            agrees(VALID.substring(0, index) + VALID.substring(index + 1));
        }
    }

    @Test
    void agreesAtTheDeepestNesting() {
        assertNull(JsonSyntax.find(nested(JsonOptions.DEEPEST), PLAIN));
        assertTrue(JsonReader.read(nested(JsonOptions.DEEPEST), PLAIN, in -> "")
                .problems()
                .isEmpty());
        JsonSyntax.Fault fault = JsonSyntax.find(nested(JsonOptions.DEEPEST + 1), PLAIN);
        assertNotNull(fault);
        assertEquals("lists and objects nest at most 10000 deep", fault.rule());
        assertEquals(
                fault.rule(),
                JsonReader.read(nested(JsonOptions.DEEPEST + 1), PLAIN, in -> "")
                        .problems()
                        .get(0)
                        .rule());
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static void agrees(String text) {
        assertEquals(isJson(text, ORACLE), JsonSyntax.find(text, PLAIN) == null, () -> "plain: " + text);
        assertEquals(isJson(text, COMMA_ORACLE), JsonSyntax.find(text, COMMA) == null, () -> "comma: " + text);
        boolean read = JsonReader.read(text, PLAIN, in -> "").problems().stream()
                .noneMatch(problem -> problem.type() == io.ipam.problem.ProblemType.MALFORMED);
        assertEquals(read, JsonSyntax.find(text, PLAIN) == null, () -> "reader: " + text);
    }

    private static boolean isJson(String text, JsonFactory oracle) {
        try (JsonParser parser = oracle.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                parser.getText();
            } while (parser.nextToken() != null && depth > 0);
            return parser.currentToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"",
                        "\\",
                        "1",
                        "-",
                        "0",
                        ".5",
                        "e",
                        "true",
                        "null",
                        "nul",
                        " ",
                        "\n",
                        "\u00A0",
                        "x",
                        "{\"a\":1}",
                        "[1]",
                        "\\u12",
                        "\t")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"ipv4":["a"],}      | 1:14 | a comma stands between two values only            | remove the last comma
            {'ipv4':["a"]}       | 1:2  | a key in double quotes stands here                | JSON has double quotes only
            {ipv4:["a"]}         | 1:2  | a key in double quotes stands here                | write "ipv4"
            {"ipv4":[a]}         | 1:10 | a JSON value stands here: a string, a list, an object, a number, true, false or null | write "a"
            {"ipv4":[rack-*]}    | 1:10 | a JSON value stands here: a string, a list, an object, a number, true, false or null | write "rack-*"
            {"dst":fd00::/8}     | 1:8  | a JSON value stands here: a string, a list, an object, a number, true, false or null | write "fd00::/8"
            {"dst":10.0.0.0/8}   | 1:8  | a JSON value stands here: a string, a list, an object, a number, true, false or null | write "10.0.0.0/8"
            {net:"a"}            | 1:2  | a key in double quotes stands here                | write "net"
            {"ipv4":["a" "b"]}   | 1:14 | a comma or ] follows an element                   | a comma is missing
            {"ipv4":["a"}        | 1:13 | a comma or ] follows an element                   | the list is not closed: ] is missing
            {"ipv4":["a"]        | 1:14 | a comma or } follows a member                     | the text ends too early: } is missing
            {"ipv4"=["a"]}       | 1:8  | a colon follows a key                             | write : instead of =
            {"ipv4":["a]}        | 1:10 | a string ends with a double quote                 | the text ends before this string does
            {"x":True}           | 1:6  | a JSON value stands here: a string, a list, an object, a number, true, false or null | write true
            [01]                 | 1:2  | a number has no leading zero                      | a name or an address stands in double quotes
            [1]//c               | 1:4  | nothing follows the value                         | JSON has no comments
            [1],[2]              | 1:4  | nothing follows the value                         | put several values into one list: [ ]
            [“a”]                | 1:2  | a JSON value stands here: a string, a list, an object, a number, true, false or null | these are typographic quotes: write "
            """)
    void tellsWhereAndWhatToDo(String text, String place, String rule, String hint) {
        JsonSyntax.Fault fault = JsonSyntax.find(text, PLAIN);
        assertNotNull(fault);
        TextPosition position = TextPlaces.of(text, fault.from());
        assertEquals(place, position.line() + ":" + position.column());
        assertEquals(rule, fault.rule());
        assertEquals(hint, fault.hint());
    }
}
