package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.ReadingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text that follows the proposal of a hint is not refused again at that place. */
class HintsTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "5",
            "0.5",
            "\"\"",
            "\"x\"",
            "\"10.0.0.5/8\"",
            "\"::ffff:10.0.0.1\"",
            "\"10.0.0.1\"",
            "[]",
            "[null]",
            "[\"x\"]",
            "[\"\"]",
            "[5]",
            "[[\"x\"]]",
            "{}",
            "{\"name\":\"x\"}",
            "[{}]",
            "[[]]",
            "{\"ipv4\":[\"x\"]}",
            "[{\"ipv4\":[\"x\"]}]");
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "x",
            "blue-v4",
            "blue-v4,red-v4",
            "True",
            "null",
            "None",
            "5",
            "-1",
            "5+6",
            "+ 2",
            "10.70.0.0/16",
            "fd00::1",
            "yes",
            "rack-*",
            "'x'",
            "a@eth0",
            "A");
    private static final List<String> KEYS =
            List.of("X", "ip_v4", "IPv6", "via", "to", "nic", "Interface", "iface", "interfaces");

    @ParameterizedTest
    @EnumSource
    void hint_obeyed_isAccepted(ReadingMode mode) throws JsonProcessingException {
        Set<String> wrong = new TreeSet<>();
        Set<String> unheeded = new TreeSet<>();
        int tried = 0;
        for (Examples.Example refused : corpus()) {
            List<Problem> problems = problems(refused.key(), refused.text(), mode);
            if (problems.size() != 1) {
                continue;
            }
            Problem problem = problems.get(0);
            Obedience obedience = Obedience.to(refused.key(), refused.text(), problem);
            for (String corrected : obedience.corrected()) {
                tried++;
                problems(refused.key(), corrected, mode).stream()
                        .filter(again -> isAtPlaceOf(problem, again))
                        .forEach(again -> wrong.add(
                                "\n" + refused.text() + "\n    " + problem + "\n    " + corrected + "\n    " + again));
            }
            obedience.explanations().stream()
                    .filter(part -> part.startsWith("write ") || part.startsWith("add ") || part.contains("\":"))
                    .forEach(unheeded::add);
        }
        assertEquals(Set.of(), wrong);
        assertEquals(EXPLANATIONS, unheeded);
        assertTrue(tried > 500, "proposals " + tried);
    }

    /** The texts of the table of refusals, and many that are nearly valid. */
    private static List<Examples.Example> corpus() throws JsonProcessingException {
        List<Examples.Example> corpus = new ArrayList<>(RefusalTest.texts());
        for (Examples.Example example : Examples.VALID) {
            mutants(example.text()).forEach(text -> corpus.add(new Examples.Example(example.key(), text)));
        }
        return corpus;
    }

    /** Hints that begin like a proposal but leave the text to the reader. */
    private static final Set<String> EXPLANATIONS = Set.of(
            "add an item for each interface",
            "write a CIDR in double quotes",
            "write a name",
            "write a name in double quotes",
            "write an address in double quotes");

    /**
     * Whether the new value at the place of a problem is refused again: as a whole or, if the hint
     * has changed it, inside.
     */
    private static boolean isAtPlaceOf(Problem problem, Problem again) {
        return problem.type() == ProblemType.MALFORMED
                ? problem.position().equals(again.position())
                : problem.hint().contains("...")
                        ? again.where().equals(problem.where())
                        : again.where().startsWith(problem.where());
    }

    private static List<Problem> problems(String key, String text, ReadingMode mode) {
        try {
            Examples.read(key, text, mode);
            return List.of();
        } catch (InvalidAnnotationException refused) {
            return refused.problems();
        }
    }

    private static Set<String> mutants(String text) throws JsonProcessingException {
        Set<String> mutants = new LinkedHashSet<>(WORDS);
        mutants.addAll(VALUES);
        Matcher string = Pattern.compile("\"([^\"]*)\"").matcher(text);
        while (string.find()) {
            for (String word : List.of(string.group(1), "True", "blue-v4", "10.0.0.1")) {
                mutants.add(text.substring(0, string.start()) + word + text.substring(string.end()));
            }
        }
        for (int index = 0; index < text.length(); index++) {
            mutants.add(text.substring(0, index) + text.substring(index + 1));
        }
        if (text.strip().startsWith("{") || text.strip().startsWith("[")) {
            places(JSON.readTree(text), change -> mutants.add(change));
        }
        return mutants;
    }

    /** Every tree with one value replaced, one member renamed, or one part removed. */
    private static void places(JsonNode tree, Consumer<String> sink) throws JsonProcessingException {
        List<JsonNode> parents = new ArrayList<>();
        collect(tree, parents);
        for (JsonNode parent : parents) {
            if (parent instanceof ArrayNode array) {
                changeElements(tree, array, sink);
            } else if (parent instanceof ObjectNode object) {
                changeMembers(tree, object, sink);
            }
        }
    }

    private static void changeElements(JsonNode tree, ArrayNode array, Consumer<String> sink)
            throws JsonProcessingException {
        for (int index = 0; index < array.size(); index++) {
            JsonNode before = array.get(index);
            for (String value : VALUES) {
                array.set(index, JSON.readTree(value));
                sink.accept(tree.toString());
            }
            array.set(index, before);
        }
    }

    private static void changeMembers(JsonNode tree, ObjectNode object, Consumer<String> sink)
            throws JsonProcessingException {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode before = object.get(name);
            for (String value : VALUES) {
                object.set(name, JSON.readTree(value));
                sink.accept(tree.toString());
            }
            object.remove(name);
            sink.accept(tree.toString());
            for (String other : KEYS) {
                if (!object.has(other)) {
                    object.set(other, before);
                    sink.accept(tree.toString());
                    object.remove(other);
                }
            }
            object.set(name, before);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> sink) {
        sink.add(node);
        node.forEach(child -> collect(child, sink));
    }
}
