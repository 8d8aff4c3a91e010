package io.ipam.annotations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a text exactly as the hint of a problem states. */
final class Obedience {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)\\]|\\.?([^.\\[]+)|\\[(\".*?\")\\]");
    private static final Pattern MEMBER = Pattern.compile("write \"(\\w+)\":(.+)");
    private static final Pattern VALUE =
            Pattern.compile("(?:all names belong in one list: )?(?:write|put the name into a list:)"
                    + "(?: only the name, such as)? ([\\[{\"].*|true|false|null)");
    private static final Pattern KEY = Pattern.compile("(?:write|did you mean) \"([^\"]*)\"\\??");
    private static final Pattern ALONE = Pattern.compile("keep only (\".*\")");
    private static final Pattern BARE = Pattern.compile("write ([-+.:/\\w]*\\d[-+.:/\\w]*)(?: for .*)?");

    private final boolean json;
    private final String text;
    private final Problem problem;
    private final List<String> corrected = new ArrayList<>();
    /** Parts of the hint that propose nothing. */
    private final List<String> explanations = new ArrayList<>();

    private Obedience(String key, String text, Problem problem) {
        json = !List.of(AnnotationKeys.POOL_SIZE, AnnotationKeys.RECLAIM).contains(key)
                && (text.startsWith("[") || text.startsWith("{"));
        this.text = text;
        this.problem = problem;
    }

    static Obedience to(String key, String text, Problem problem) throws JsonProcessingException {
        Obedience obedience = new Obedience(key, text, problem);
        for (String part : problem.hint().split("; |, or |(?<=addresses), ")) {
            obedience.obey(part.strip());
        }
        return obedience;
    }

    /** The resulting texts, one for each proposal. */
    List<String> corrected() {
        return corrected;
    }

    List<String> explanations() {
        return explanations;
    }

    private void obey(String part) throws JsonProcessingException {
        Matcher member = MEMBER.matcher(part);
        Matcher value = VALUE.matcher(part);
        Matcher key = KEY.matcher(part);
        Matcher alone = ALONE.matcher(part);
        Matcher bare = BARE.matcher(part);
        if (part.startsWith("write true or false")) {
            replace("true");
            replace("false");
        } else if (member.matches()) {
            setMember(member.group(1), JSON.readTree(member.group(2)));
        } else if (problem.type() == ProblemType.NOT_SUPPORTED && key.matches()) {
            rename(key.group(1));
        } else if (value.matches()) {
            replace(value.group(1));
        } else if (alone.matches()) {
            replace("[" + alone.group(1) + "]");
        } else if (part.equals("write it in double quotes")) {
            replace('"' + problem.offending() + '"');
        } else if (part.startsWith("put the") && part.endsWith("into a list: [{...}]")) {
            replace("[" + at(JSON.readTree(text), steps()) + "]");
        } else if (part.equals("put the plugins into an object: {\"plugins\":[...]}")) {
            replace("{\"plugins\":" + text + "}");
        } else if (part.equals("write kube-system/macvlan")) {
            int column = problem.position().column() - 1;
            int comma = text.indexOf(',', column);
            corrected.add(text.substring(0, column) + "kube-system/macvlan" + (comma < 0 ? "" : text.substring(comma)));
        } else if (bare.matches()) {
            replace(json ? '"' + bare.group(1) + '"' : bare.group(1));
        } else {
            explanations.add(part);
        }
    }

    /** Replaces the offending value. */
    private void replace(String value) throws JsonProcessingException {
        if (problem.type() == ProblemType.MALFORMED) {
            int start = 0;
            for (int line = 1; line < problem.position().line(); line++) {
                start = text.indexOf('\n', start) + 1;
            }
            start += problem.position().column() - 1;
            corrected.add(text.substring(0, start)
                    + value
                    + text.substring(start + problem.offending().length()));
        } else if (problem.where().isEmpty()) {
            corrected.add(value);
        } else {
            JsonNode tree = JSON.readTree(text);
            List<String> steps = steps();
            set(at(tree, steps.subList(0, steps.size() - 1)), steps.get(steps.size() - 1), JSON.readTree(value));
            corrected.add(tree.toString());
        }
    }

    private static void set(JsonNode parent, String step, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(step), value);
        } else {
            ((ObjectNode) parent).set(step, value);
        }
    }

    private void setMember(String key, JsonNode value) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(text);
        List<String> steps = steps();
        boolean atMember = !steps.isEmpty() && steps.get(steps.size() - 1).equals(key);
        ((ObjectNode) at(tree, atMember ? steps.subList(0, steps.size() - 1) : steps)).set(key, value);
        corrected.add(tree.toString());
    }

    private void rename(String known) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(text);
        List<String> steps = steps();
        ObjectNode object = (ObjectNode) at(tree, steps.subList(0, steps.size() - 1));
        object.set(known, object.remove(steps.get(steps.size() - 1)));
        corrected.add(tree.toString());
    }

    private static JsonNode at(JsonNode tree, List<String> steps) {
        JsonNode node = tree;
        for (String step : steps) {
            node = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }

    private List<String> steps() throws JsonProcessingException {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(problem.where());
        while (step.find()) {
            steps.add(
                    step.group(1) != null
                            ? step.group(1)
                            : step.group(2) != null ? step.group(2) : JSON.readValue(step.group(3), String.class));
        }
        return steps;
    }
}
