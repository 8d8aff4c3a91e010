package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.problem.Problem;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The problem of a refused text: place, offending text, rule, and hint. */
class RefusalTest {
    /**
     * Names of columns: the annotation's last part, text, mode both or strict, position, path,
     * offending text, words of rule and hint.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            ippool          | [{"ipv4":["a"]}]                         | both   | 1:1  |               | [{"ipv4":["a"]}]       | an object with lists      | ipam.spidernet.io/ippools
            ippool          | "blue"                                   | both   | 1:1  |               | blue                   | an object with lists      | {"ipv4":["blue-v4"]}
            ippool          | blue-v4                                  | both   | 1:1  |               | blue-v4                | must be a JSON value  | a string needs double quotes: "blue-v4"
            ippool          | {"ipv4":blue-v4}                         | both   | 1:9  |               | blue-v4                | must be a JSON value  | a string needs double quotes: "blue-v4"
            ippool          | {"ipv4":[blue-v4]}                       | both   | 1:10 |               | blue-v4                | must be a JSON value  | a string needs double quotes: "blue-v4"
            ippools         | eth0                                     | both   | 1:1  |               | eth0                   | must be a JSON value  | a string needs double quotes: "eth0"
            default-ipv4-ippool | blue-v4                              | both   | 1:1  |               | blue-v4                | must be a JSON value  | a string needs double quotes: "blue-v4"
            subnet          | subnet-v4                                | both   | 1:1  |               | subnet-v4              | must be a JSON value  | a string needs double quotes: "subnet-v4"
            ippool          | {"ipv4":"blue"}                          | both   | 1:9  | ipv4          | blue                   | a list of names           | put the name into a list: ["blue-v4"]
            ippool          | {"ipv6":{"name":"a"}}                    | both   | 1:9  | ipv6          | {"name":"a"}           | a list of names           | write ["blue-v6"]
            ippool          | {"ipv4":["a",5]}                         | both   | 1:14 | ipv4[1]       | 5                      | a name must be a string   | double quotes
            ippool          | {"ipv4":[["a"]]}                         | both   | 1:10 | ipv4[0]       | ["a"]                  | a name must be a string   | one list
            ippool          | {"IPv4":["a"]}                           | strict | 1:2  | IPv4          | IPv4                   | case-sensitive            | write "ipv4"
            ippool          | {"ipv4":["a"],"ipv5":["b"]}              | strict | 1:15 | ipv5          | ipv5                   | the keys of this object are ipv4, ipv6 | remove
            ippool          | {"ipv4":["a"],"ip_v6":["b"]}             | strict | 1:15 | ip_v6         | ip_v6                  | the keys of this object   | did you mean "ipv6"?
            ippool          | {}                                       | strict | 1:1  |               | {}                     | at least one pool         | write {"ipv4":["blue-v4"]}
            ippool          | {"ipv4":[]}                              | strict | 1:1  |               | {}                     | at least one pool         | write {"ipv4":["blue-v4"]}
            ippool          | null                                     | strict | 1:1  |               | null                   | at least one pool         | remove the annotation
            ippool          | {"ipv4":[""]}                            | strict | 1:10 | ipv4[0]       |                        | a name must not be empty  | write a name
            ippool          | {"ipv4":["a",null]}                      | strict | 1:14 | ipv4[1]       | null                   | a name must not be empty  | write a name
            ippool          | {"ipv4":["a"],"ipv4":["b"]}              | both   | 1:15 | ipv4          | ipv4                   | a key must occur only once         | remove one
            ippools         | {"interface":"eth0","ipv4":["a"]}        | both   | 1:1  |               | {"interface":"eth0","ipv4":["a"]} | a list of objects | put the object into a list
            ippools         | ["eth0"]                                 | both   | 1:2  | [0]           | eth0                   | an element must be an object   | "interface":"eth0"
            ippools         | []                                       | both   | 1:1  |               | []                     | at least one item         | add an item
            ippools         | [{"interface":"eth0","ipv4":["a"]},{"ipv4":["b"]}] | both | 1:36 | [1].interface |             | all items must name their interface or none | name the interface
            ippools         | [{"interface":"a","ipv4":["a"]},{"interface":"a","ipv4":["b"]}] | both | 1:33 | [1].interface | a | an interface must have only one item | one item
            ippools         | [{"interface":"eth0","ipv4":["a"],"cleangateway":"true"}] | both | 1:50 | [0].cleangateway | true | true or false | without quotes
            ippools         | [{"interface":"eth0","ipv4":["a"],"clean_gateway":true}] | strict | 1:35 | [0].clean_gateway | clean_gateway | the keys | did you mean "cleangateway"?
            ippools         | [{"interface":"eth0"}]                   | strict | 1:2  | [0]           | eth0                   | at least one pool         | write "ipv4"
            ippools         | [{"interface":"","ipv4":["a"]}]          | strict | 1:15 | [0].interface |                        | must not be empty         | remove the key
            ippools         | [null]                                   | strict | 1:2  | [0]           | null                   | at least one pool         | remove
            routes          | {"dst":"10.0.0.0/8","gw":"10.0.0.1"}     | both   | 1:1  |               | {"dst":"10.0.0.0/8","gw":"10.0.0.1"} | a list of routes | put the route into a list
            routes          | [{"dst":"10.0.0.0/33","gw":"10.0.0.1"}]  | both   | 1:9  | [0].dst       | 10.0.0.0/33            | 32                        |
            routes          | [{"dst":"10.0.0.0/8"}]                   | both   | 1:2  | [0].gw        |                        | a route must have a gateway     | write "gw":"10.71.0.1"
            routes          | [{"dst":"10.0.0.0/8","gw":"10.0.0.1"},{"dst":"10.9.0.0/8","gw":"10.0.0.2"}] | strict | 1:39 | [1] | 10.0.0.0/8 via 10.0.0.2 | one gateway | remove one of the two routes
            routes          | [{"dst":"fd00::/8"}]                     | both   | 1:2  | [0].gw        |                        | a route must have a gateway     | write "gw":"fd71::1"
            routes          | [{"gw":"fd00::1"}]                       | both   | 1:2  | [0].dst       |                        | a route must have a destination | write "dst":"fd70::/64"
            routes          | [{"dst":null,"gw":"10.0.0.1"}]           | both   | 1:2  | [0].dst       |                        | a route must have a destination | write "dst"
            routes          | [{"dst":"10.0.0.0/8","gw":"fd00::1"}]    | both   | 1:2  | [0]           | 10.0.0.0/8 via fd00::1 | one family                | IPv4
            routes          | [{"dst":"10.0.0.0/8","gw":"10.0.0.1","via":"10.0.0.1"}] | strict | 1:38 | [0].via | via | the keys of this object are dst, gw | did you mean "gw"?
            routes          | [{"dst":"10.0.0.0/8","gw":"10.0.0.1","next_hop":"10.0.0.1"}] | strict | 1:38 | [0].next_hop | next_hop | the keys of this object are dst, gw | did you mean "gw"?
            routes          | [{"dst":"10.0.0.0/8","gw":"10.0.0.1","to":"10.0.0.1"}] | strict | 1:38 | [0].to | to | the keys of this object are dst, gw | did you mean "dst"?
            ippools         | [{"interface":"eth0","ipv4":["a"],"nic":"net1"}] | strict | 1:35 | [0].nic | nic | the keys | did you mean "interface"?
            routes          | [null]                                   | both   | 1:2  | [0]           | null                   | a route must be an object      | remove
            default-ipv4-ippool | {"ipv4":["a"]}                       | both   | 1:1  |               | {"ipv4":["a"]}         | a list of names           | its own annotation
            default-ipv6-ippool | "a"                                  | both   | 1:1  |               | a                      | a list of names           | put the name into a list
            subnet          | [{"ipv4":["s"]}]                         | both   | 1:1  |               | [{"ipv4":["s"]}]       | the value must be an object    | ipam.spidernet.io/subnets
            subnet          | {}                                       | both   | 1:1  |               |                        | a subnet in at least one family | write
            subnet          | null                                     | both   | 1:1  |               | null                   | the value must be an object    | remove
            subnet          | {"ipv4":[""]}                            | both   | 1:10 | ipv4[0]       |                        | a name must not be empty  | write a name
            subnet          | {"ipv4":["a","b"]}                       | strict | 1:17 | ipv4          | b                      | one subnet per family     | keep only "a"
            subnets         | []                                       | both   | 1:2  |               | []                     | at least one item         | remove
            subnets         | [{"ipv4":["a"]}]                         | strict | 1:2  | [0].interface |                        | must name its interface       | write "interface":"eth0"
            subnets         | [{"interface":"a","ipv4":["s"]},{"interface":"b","ipv4":["s"]}] | both | 1:33 | [1] | s     | a subnet must serve only one interface | another subnet
            subnets         | [{"interface":"a","ipv4":["s"]},{"interface":"a","ipv4":["t"]}] | both | 1:33 | [1] | a     | an interface must have only one item | different interface
            ippool-ip-number | 5+6                                     | strict | 1:1  |               | 5+6                    | digits                    | write +2
            ippool-ip-number | x                                       | both   | 1:1  |               | x                      | digits                    | write 5
            ippool-ip-number | 99999999999999999999                    | both   | 1:1  |               | 99999999999999999999   | at most                   |
            ippool-ip-number | -1                                      | both   | 1:1  |               | -1                     |                           |
            ippool-reclaim  | yes                                      | both   | 1:1  |               | yes                    | true or false             | write true or false
            """)
    void read_invalidText_reportsPlaceRuleAndHint(
            String annotation,
            String text,
            String modes,
            String position,
            String path,
            String offending,
            String rule,
            String hint) {
        String key = "ipam.spidernet.io/" + annotation;
        if (modes.equals("both")) {
            check(key, text, ReadingMode.COMPATIBLE, position, path, offending, rule, hint);
        } else {
            Examples.read(key, text, ReadingMode.COMPATIBLE);
        }
        check(key, text, ReadingMode.STRICT, position, path, offending, rule, hint);
    }

    /** The first two columns of the table. */
    static List<Examples.Example> texts() {
        CsvSource table = Stream.of(RefusalTest.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("read_invalidText_reportsPlaceRuleAndHint"))
                .findFirst()
                .orElseThrow()
                .getAnnotation(CsvSource.class);
        return table.textBlock()
                .lines()
                .map(line -> line.split("\\|"))
                .map(cells -> new Examples.Example("ipam.spidernet.io/" + cells[0].strip(), cells[1].strip()))
                .toList();
    }

    private static void check(
            String key,
            String text,
            ReadingMode mode,
            String position,
            String path,
            String offending,
            String rule,
            String hint) {
        InvalidAnnotationException refused =
                assertThrows(InvalidAnnotationException.class, () -> Examples.read(key, text, mode));
        assertEquals(key, refused.key());
        Problem problem = refused.problems().get(0);
        assertEquals(
                position, problem.position().line() + ":" + problem.position().column());
        assertEquals(path == null ? "" : path, problem.where());
        assertEquals(offending == null ? "" : offending, problem.offending());
        assertTrue(rule == null || problem.rule().contains(rule), problem::rule);
        assertTrue(hint == null || problem.hint().contains(hint), problem::hint);
        assertEquals(1, refused.problems().size(), refused::getMessage);
    }

    @ParameterizedTest
    @EnumSource
    void read_severalProblems_reportsAll(ReadingMode mode) {
        String text = """
                [{"interface": 0, "ipv4": "blue"},
                 {"interface": "net1", "ipv6": [1, "a", true], "ipv6": null},
                 "net2"
                """;
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class, () -> Examples.read(AnnotationKeys.INTERFACE_POOLS, text, mode));
        assertEquals(
                List.of(
                        "[0].interface 1:16 0",
                        "[0].ipv4 1:27 blue",
                        "[1].ipv6[0] 2:33 1",
                        "[1].ipv6[2] 2:41 true",
                        "[1].ipv6 2:48 ipv6",
                        "[2] 3:2 net2",
                        " 4:1 "),
                refused.problems().stream()
                        .map(problem ->
                                problem.where() + " " + problem.position().line() + ":"
                                        + problem.position().column() + " " + problem.offending())
                        .toList());
    }

    @Test
    void message_invalidText_statesTheFix() {
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.strict().read(Map.of(AnnotationKeys.POOLS, "{\"ipv4\":\"blue\"}"), Map.of()));
        assertEquals(
                "invalid annotation ipam.spidernet.io/ippool: ipv4, column 9: \"blue\": the IPv4 pools must be a list of names,"
                        + " such as [\"blue-v4\"]; put the name into a list: [\"blue-v4\"]",
                refused.getMessage());
    }
}
