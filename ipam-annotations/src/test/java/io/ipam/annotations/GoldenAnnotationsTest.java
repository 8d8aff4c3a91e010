package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.ipam.address.Family;
import io.ipam.golden.Check;
import io.ipam.golden.GoldenRun;
import io.ipam.golden.Json;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PodSelection.PerInterface;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import io.ipam.resolution.ResolverSettings;
import io.ipam.resolution.UsageView;
import io.ipam.resolution.Workload;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recorded annotations, read in COMPATIBLE mode. */
class GoldenAnnotationsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Reading READING = Reading.of(ReadingMode.COMPATIBLE);
    private static final AnnotationReader READER = AnnotationReader.compatible().withSpareAddresses(0);

    @Test
    void read_goldenVectors_matchSpiderpool() {
        GoldenRun.of("annotations.json")
                .rule(
                        "trailing-comma",
                        GoldenAnnotationsTest::isJsonButForATrailingComma,
                        input -> assertEquals(faults(clean(input)), faults(input)))
                .rule(
                        "repeated-key",
                        (input, expected) -> !Json.isError(expected) && hasRepeatedKey(input),
                        input -> assertTrue(
                                problems(input).stream().anyMatch(problem -> problem.type() == ProblemType.DUPLICATE)))
                .rule(
                        "route-mapped-address",
                        (input, expected) -> isMappedRoute(expected),
                        input -> assertEquals(
                                Set.of(ProblemType.INVALID),
                                problems(input).stream().map(Problem::type).collect(Collectors.toSet())))
                .rule(
                        "route-host-bits",
                        (input, expected) -> hasHostBits(expected),
                        input -> assertEquals(maskedDestinations(input), destinations(input)))
                .on("ippool", json(GoldenAnnotationsTest::pools))
                .on("ippools", json(GoldenAnnotationsTest::interfacePools))
                .on("routes", json(GoldenAnnotationsTest::routes))
                .on("ns-default", json(GoldenAnnotationsTest::namespacePools))
                .on("subnet", json(GoldenAnnotationsTest::subnets))
                .on("ip-number", json(GoldenAnnotationsTest::size))
                .run();
    }

    /** A result, or all problems by the invalid text. */
    private record Answer(JsonNode value, List<List<Problem>> refused) {
        static <T> Answer of(JsonResult<T> result, Function<T, JsonNode> value) {
            return result.problems().isEmpty()
                    ? new Answer(value.apply(result.value()), List.of())
                    : new Answer(NODES.nullNode(), List.of(result.problems()));
        }

        List<Problem> problems() {
            return refused.stream().flatMap(List::stream).toList();
        }

        /**
         * Whether some text is refused for this kind of error; the reference system stops at the
         * first text.
         */
        boolean isRefusedFor(String errorKind) {
            return refused.stream()
                    .anyMatch(problems -> errorKind.equals("json-syntax")
                            == problems.stream().anyMatch(problem -> problem.type() == ProblemType.MALFORMED));
        }
    }

    private static Check json(Function<JsonNode, Answer> answer) {
        return (input, expected) -> {
            Answer actual = answer.apply(input);
            assertEquals(Json.isError(expected), !actual.problems().isEmpty(), () -> "problems " + actual.problems());
            if (Json.isError(expected)) {
                assertTrue(
                        actual.isRefusedFor(expected.path("errorKind").asText()),
                        () -> "problems " + actual.problems());
            } else {
                assertTrue(Json.same(comparable(expected), actual.value()), () -> "answered " + actual.value());
            }
        };
    }

    /** The messages for single interfaces are human-readable; addresses are values, not text. */
    private static JsonNode comparable(JsonNode expected) {
        JsonNode copy = expected.deepCopy();
        for (JsonNode route : copy.path("routes")) {
            ObjectNode canonical = (ObjectNode) route;
            canonical.put("dst", address(route.get("dst").asText()).toCanonicalString());
            canonical.put("gw", address(route.get("gw").asText()).toCanonicalString());
        }
        for (JsonNode outcome : copy.path("validate")) {
            if (outcome.has("error")) {
                ((ObjectNode) outcome).put("error", "");
            }
        }
        return copy;
    }

    private static List<Problem> problems(JsonNode input) {
        return switch (input.get("kind").asText()) {
            case "ippool" -> pools(input).problems();
            case "ippools" -> interfacePools(input).problems();
            case "routes" -> routes(input).problems();
            case "ns-default" -> namespacePools(input).problems();
            case "subnet" -> subnets(input).problems();
            default -> size(input).problems();
        };
    }

    private static String value(JsonNode input) {
        return input.get("value").textValue();
    }

    private static ArrayNode list(List<String> names) {
        ArrayNode list = NODES.arrayNode();
        names.forEach(list::add);
        return list;
    }

    private static ObjectNode lists(PoolNames names) {
        ObjectNode lists = NODES.objectNode();
        for (Family family : Family.values()) {
            lists.set("ipv" + family.number(), list(names.names(family)));
        }
        return lists;
    }

    private static Answer pools(JsonNode input) {
        return Answer.of(
                JsonReader.read(value(input), READING.options(), in -> PoolsAnnotation.read(in, READING)),
                selection -> lists(((PodSelection.AllInterfaces) selection).pools()));
    }

    private static Answer interfacePools(JsonNode input) {
        return Answer.of(InterfacePoolsAnnotation.parse(value(input), READING), selection -> {
            ObjectNode answer = NODES.objectNode();
            ArrayNode items = answer.putArray("items");
            for (PodSelection.Item item : selection.items()) {
                items.add(lists(item.pools())
                        .put("interface", item.interfaceName().orElse(""))
                        .put("cleangateway", item.cleanGateway()));
            }
            answer.put("multipleNicWithNoName", selection.isPositional());
            assertEquals(
                    selection.problems().size(),
                    InterfacePoolsAnnotation.read(value(input), READING)
                            .problems()
                            .size());
            answer.set("validate", validation(selection, Json.strings(input.get("currentNICs"))));
            return answer;
        });
    }

    private static ObjectNode validation(PerInterface selection, List<String> interfaces) {
        ObjectNode validation = NODES.objectNode();
        for (String name : interfaces) {
            ObjectNode outcome = validation.putObject(name);
            if (serves(selection, name.isEmpty() ? "no such interface" : name)) {
                outcome.set("interfaces", list(selection.itemNames()));
            } else {
                outcome.put("error", "");
            }
        }
        return validation;
    }

    /**
     * Whether a request for the interfaces of the items and {@code name} finds an item for each.
     */
    private static boolean serves(PerInterface selection, String name) {
        Set<String> names = new LinkedHashSet<>();
        if (selection.isPositional()) {
            for (int position = 0; position < selection.items().size(); position++) {
                names.add(position == 0 ? "eth0" : "net" + position);
            }
        } else {
            names.addAll(selection.itemNames());
            names.add(name);
        }
        PoolSelections selections = PoolSelections.none().withPod(selection).withMode(ReadingMode.COMPATIBLE);
        if (!names.isEmpty()) {
            selections = selections.withInterfaces(
                    names.stream().map(InterfaceRequest::of).toList());
        }
        return PoolResolver.of(ResolverSettings.defaults())
                .resolve(
                        Workload.of(Owner.stateless("shop", "cart-0", "7f3c")),
                        selections,
                        PoolCatalog.of(),
                        UsageView.none())
                .problems()
                .stream()
                .noneMatch(problem -> problem.where().startsWith("pod"));
    }

    private static Answer routes(JsonNode input) {
        return Answer.of(
                JsonReader.read(value(input), READING.options(), in -> RoutesAnnotation.read(in, READING)), routes -> {
                    ArrayNode list = NODES.arrayNode();
                    for (Route route : routes) {
                        list.addObject()
                                .put("ifName", "")
                                .put("dst", route.destination().toString())
                                .put("gw", route.gateway().toString());
                    }
                    return NODES.objectNode().set("routes", list);
                });
    }

    private static Answer namespacePools(JsonNode input) {
        Map<String, String> annotations = new HashMap<>();
        for (Family family : Family.values()) {
            JsonNode text = input.path("v" + family.number());
            if (text.isTextual()) {
                annotations.put(NamespacePoolsAnnotation.key(family), text.textValue());
            }
        }
        return reading(Map.of(), annotations, selections -> lists(selections.namespaceDefaults()));
    }

    private static Answer subnets(JsonNode input) {
        return reading(strings(input.get("annotations")), Map.of(), selections -> {
            ObjectNode answer = NODES.objectNode();
            answer.set(
                    "config",
                    selections.subnet().map(GoldenAnnotationsTest::config).orElse(null));
            return answer;
        });
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().textValue()));
        return strings;
    }

    private static ObjectNode config(SubnetSelection subnet) {
        ObjectNode config = NODES.objectNode();
        boolean flexible = subnet.size().flexible();
        config.put("assignIPNum", flexible ? 0 : subnet.size().number());
        config.set("flexibleIPNum", flexible ? NODES.numberNode(subnet.size().number()) : NODES.nullNode());
        config.put("reclaimIPPool", subnet.reclaim());
        ArrayNode items = NODES.arrayNode();
        for (SubnetSelection.Item item : subnet.items()) {
            items.add(lists(new PoolNames(item.subnets())).put("interface", item.interfaceName()));
        }
        config.set("single", subnet.severalInterfaces() ? NODES.nullNode() : items.get(0));
        config.set("multiple", subnet.severalInterfaces() ? items : NODES.nullNode());
        return config;
    }

    /** The result of a whole reader, with every refusal of a request. */
    private static Answer reading(
            Map<String, String> pod, Map<String, String> namespace, Function<PoolSelections, JsonNode> value) {
        try {
            return new Answer(value.apply(READER.read(pod, namespace)), List.of());
        } catch (InvalidAnnotationException refused) {
            List<List<Problem>> problems = new ArrayList<>(List.of(refused.problems()));
            for (Throwable other : refused.getSuppressed()) {
                problems.add(((InvalidAnnotationException) other).problems());
            }
            return new Answer(NODES.nullNode(), problems);
        }
    }

    private static Answer size(JsonNode input) {
        return Answer.of(
                PoolSizeAnnotation.parse(value(input), READING),
                written ->
                        NODES.objectNode().put("flexible", written.flexible()).put("number", written.number()));
    }

    /** The texts that are read, by the depth at which their objects have known keys. */
    private static Map<String, Integer> texts(JsonNode input) {
        Map<String, Integer> texts = new HashMap<>();
        switch (input.get("kind").asText()) {
            case "ippool" -> texts.put(value(input), 1);
            case "ippools", "routes" -> texts.put(value(input), 2);
            case "ns-default" ->
                input.properties().forEach(entry -> {
                    if (!entry.getKey().equals("kind")) {
                        texts.put(entry.getValue().textValue(), 0);
                    }
                });
            case "subnet" -> {
                Map<String, String> annotations = strings(input.get("annotations"));
                if (annotations.containsKey(AnnotationKeys.SUBNETS)) {
                    texts.put(annotations.get(AnnotationKeys.SUBNETS), 2);
                } else if (annotations.containsKey(AnnotationKeys.SUBNET)) {
                    texts.put(annotations.get(AnnotationKeys.SUBNET), 1);
                }
            }
            default -> {}
        }
        return texts;
    }

    private static boolean hasRepeatedKey(JsonNode input) {
        return texts(input).entrySet().stream().anyMatch(text -> GoJson.hasRepeatedKey(text.getKey(), text.getValue()));
    }

    /**
     * The recording states that a text is not JSON, and all texts are JSON without trailing commas.
     * Then the library reads them as if the commas were absent.
     */
    private static boolean isJsonButForATrailingComma(JsonNode input, JsonNode expected) {
        return expected.path("errorKind").asText().equals("json-syntax")
                && texts(clean(input)).keySet().stream().allMatch(GoJson::isJson);
    }

    private static List<String> faults(JsonNode input) {
        return problems(input).stream()
                .map(problem -> problem.type() + " " + problem.where())
                .toList();
    }

    /** The input without trailing commas. */
    private static ObjectNode clean(JsonNode input) {
        ObjectNode cleaned = input.deepCopy();
        cleanTexts(cleaned);
        if (cleaned.get("annotations") instanceof ObjectNode annotations) {
            cleanTexts(annotations);
        }
        return cleaned;
    }

    private static void cleanTexts(ObjectNode texts) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(texts.properties())) {
            if (entry.getValue().isTextual()) {
                GoJson.withoutTrailingCommas(entry.getValue().textValue())
                        .ifPresent(cleaned -> texts.put(entry.getKey(), cleaned));
            }
        }
    }

    /**
     * Whether a route has IPv4-mapped text that the library refuses, or a gateway that is IPv4 only
     * to Go.
     */
    private static boolean isMappedRoute(JsonNode expected) {
        for (JsonNode route : expected.path("routes")) {
            String destination = route.get("dst").asText();
            String gateway = route.get("gw").asText();
            IPAddress prefix = address(destination);
            if (isMapped(destination) && (isDotted(destination) || prefix.getPrefixLength() >= 96)) {
                return true;
            }
            if (isMapped(gateway) && (isDotted(gateway) || prefix.isIPv4())) {
                return true;
            }
        }
        return false;
    }

    private static IPAddress address(String text) {
        return new IPAddressString(text).getAddress();
    }

    private static boolean isMapped(String text) {
        return address(text).isIPv6() && address(text).toIPv6().isIPv4Mapped();
    }

    private static boolean isDotted(String text) {
        return text.contains(".");
    }

    private static boolean hasHostBits(JsonNode expected) {
        for (JsonNode route : expected.path("routes")) {
            if (!address(route.get("dst").asText()).isPrefixBlock()) {
                return true;
            }
        }
        return false;
    }

    private static List<String> maskedDestinations(JsonNode input) throws Exception {
        List<String> masked = new ArrayList<>();
        for (JsonNode route : new com.fasterxml.jackson.databind.ObjectMapper().readTree(value(input))) {
            masked.add(address(route.get("dst").asText()).toPrefixBlock().toCanonicalString());
        }
        return masked;
    }

    private static List<String> destinations(JsonNode input) {
        List<String> destinations = new ArrayList<>();
        routes(input)
                .value()
                .path("routes")
                .forEach(route -> destinations.add(route.get("dst").asText()));
        return destinations;
    }
}
