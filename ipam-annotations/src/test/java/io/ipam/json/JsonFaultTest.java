package io.ipam.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The place, the rule, and the hint of a text that is not JSON. Jackson's own parser is the oracle.
 */
class JsonFaultTest {
    private static final JsonOptions PLAIN = JsonOptions.compatible(1 << 20);
    private static final JsonOptions COMMA = PLAIN.withTrailingComma();
    private static final JsonFactory ORACLE = new JsonFactory();
    private static final JsonFactory COMMA_ORACLE = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final String VALID =
            "{\"ipv4\": [\"a\\u00e9\\n\", null, -0.5e+7, 12],\r\n \"x\": {\"y\": true, \"z\": {}}, \"e\": []}";

    @Property(tries = 3000)
    void read_textOfJsonPieces_agreesWithTheOracle(@ForAll @From("pieces") String text) {
        agrees(text);
    }

    @Test
    void read_everyTruncation_agreesWithTheOracle() {
        for (int end = 0; end <= VALID.length(); end++) {
            agrees(VALID.substring(0, end));
        }
    }

    @Test
    void read_everyChangeOfOneCharacter_agreesWithTheOracle() {
        for (int index = 0; index < VALID.length(); index++) {
            for (char unit : "{}[],:\"\\ \n\0tfn+-.0e9x'/\uFEFF\u00A0\uD83D".toCharArray()) {
                agrees(VALID.substring(0, index) + unit + VALID.substring(index + 1));
                agrees(VALID.substring(0, index) + unit + VALID.substring(index));
            }
            agrees(VALID.substring(0, index) + VALID.substring(index + 1));
        }
    }

    @Test
    void read_deepestNesting_acceptsItAndRefusesOneLevelMore() {
        assertEquals(List.of(), problems(nested(JsonOptions.DEEPEST), PLAIN));
        Problem problem = problems(nested(JsonOptions.DEEPEST + 1), PLAIN).get(0);
        assertEquals("lists and objects must be nested at most 10000 deep", problem.rule());
        assertEquals(Problem.Position.ofIndex(JsonOptions.DEEPEST), problem.position());
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static List<Problem> problems(String text, JsonOptions options) {
        return JsonReader.read(text, options, in -> "").problems().stream()
                .filter(problem -> problem.type() == ProblemType.MALFORMED)
                .toList();
    }

    private static void agrees(String text) {
        assertEquals(isJson(text, ORACLE), problems(text, PLAIN).isEmpty(), () -> "plain: " + text);
        assertEquals(isJson(text, COMMA_ORACLE), problems(text, COMMA).isEmpty(), () -> "comma: " + text);
        for (Problem problem : problems(text, COMMA)) {
            String line = text.split("\r\n|\r|\n", -1)[problem.position().line() - 1];
            assertFalse(problem.position().column() > line.length() + 1, problem::toString);
        }
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
            {"ipv4":["a"],}      | 1:15 | }     | a comma must be between two values            | remove the comma before it
            {'ipv4':["a"]}       | 1:2  | '     | must be a key in double quotes                | JSON requires double quotes
            {ipv4:["a"]}         | 1:2  | ipv4  | must be a key in double quotes                | a string needs double quotes: "ipv4"
            {"ipv4":[a]}         | 1:10 | a     | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "a"
            {"ipv4":[rack-*]}    | 1:10 | rack-* | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "rack-*"
            {"dst":fd00::/8}     | 1:8  | fd00::/8 | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "fd00::/8"
            {"dst":10.0.0.0/8}   | 1:8  | 10.0.0.0/8 | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "10.0.0.0/8"
            {net:"a"}            | 1:2  | net   | must be a key in double quotes                | a string needs double quotes: "net"
            {"ipv4":["a" "b"]}   | 1:14 | `"`   | a comma or ] must follow an element                   | a comma is missing
            {"a":1 "b":2}        | 1:8  | `"`   | a comma or } must follow a member                     | a comma is missing
            {"ipv4":["a"}        | 1:13 | }     | a comma or ] must follow an element                   | the list is not closed: ] is missing
            {"ipv4":1]           | 1:10 | ]     | a comma or } must follow a member                     | the object is not closed: } is missing
            {"ipv4":["a"]        | 1:14 | ``    | a comma or } must follow a member                     | the text ends too early: } is missing
            {"ipv4"=["a"]}       | 1:8  | =     | a colon must follow a key                             | write : instead of =
            {"ipv4":["a]}        | 1:10 | `"a]}` | a string must end with a double quote                | the text ends within this string
            {"x":True}           | 1:6  | True  | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "True"
            {"x":NaN}            | 1:6  | NaN   | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "NaN"
            {"x":}               | 1:6  | }     | must be a JSON value: a string, a list, an object, a number, true, false or null | a value is missing
            [01]                 | 1:2  | 01    | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "01"
            [-]                  | 1:2  | -     | must be a JSON value: a string, a list, an object, a number, true, false or null | a string needs double quotes: "-"
            ["\\x"]              | 1:3  | \\x   | the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits | ``
            ["\\u12G4"]          | 1:3  | \\u12G | the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits | ``
            [1]//c               | 1:4  | //c   | no text may follow the value                         | JSON does not permit comments
            [1],[2]              | 1:4  | `,`   | no text may follow the value                         | there is one comma too many
            [1] [2]              | 1:5  | [     | no text may follow the value                         | put several values into one list: [ ]
            [1]]                 | 1:4  | ]     | no text may follow the value                         | there is one closing bracket too many
            [1,,2]               | 1:4  | `,`   | must be a JSON value: a string, a list, an object, a number, true, false or null | there is one comma too many
            [“a”]                | 1:2  | “     | must be a JSON value: a string, a list, an object, a number, true, false or null | these are typographic quotes: write "
            """)
    void read_textThatIsNotJson_reportsPlaceRuleAndHint(
            String text, String place, String offending, String rule, String hint) {
        Problem problem = problems(text, PLAIN).get(0);
        Problem.Position position = problem.position();
        assertEquals(place, position.line() + ":" + position.column());
        assertEquals(offending, problem.offending());
        assertEquals(rule, problem.rule());
        assertEquals(hint, problem.hint());
    }

    @Test
    void read_faultOnALaterLine_reportsLineAndColumn() {
        assertEquals(
                new Problem.Position(3, 2),
                problems("[1,\r\n2,\n blue-v4]", PLAIN).get(0).position());
    }

    @Test
    void read_lineEndInAString_suggestsTheMissingQuote() {
        Problem problem = problems("[\"a\n]", PLAIN).get(0);
        assertEquals(new Problem.Position(1, 4), problem.position());
        assertEquals("a string must end on its line: is a double quote missing?", problem.hint());
    }
}
