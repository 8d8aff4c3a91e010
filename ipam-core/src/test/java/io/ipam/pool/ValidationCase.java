package io.ipam.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.address.Prefix;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs one case of validation.json on the catalog and the change plan. */
final class ValidationCase {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ValidationCase() {}

    static List<Problem> problems(JsonNode input) {
        PoolCatalog others = others(input);
        PoolBuilder definition = Documents.pool(input.get("pool"));
        List<Problem> problems = new ArrayList<>();
        if (input.get("op").textValue().equals("create")) {
            if (others.pool(definition.name).isPresent()) {
                problems.add(Problem.of(ProblemType.DUPLICATE, "metadata.name", definition.name, "exists"));
            }
            problems.addAll(others.problems(definition, enabled(input)));
        } else {
            Map<Address, Owner> held = held(input, problems);
            PoolCatalog catalog = others.with(Documents.pool(input.get("old")).build());
            problems.addAll(catalog.problems(definition, enabled(input), (pool, each) -> held.forEach(each)));
        }
        return problems;
    }

    private static PoolCatalog others(JsonNode input) {
        List<Pool> others = new ArrayList<>();
        for (JsonNode other : input.path("existing")) {
            ObjectNode stored = other.deepCopy();
            String subnet = stored.get("spec").get("subnet").textValue();
            ((ObjectNode) stored.get("spec"))
                    .put("subnet", Prefix.parseMasked(subnet).toString());
            others.add(Documents.pool(stored).build());
        }
        return PoolCatalog.of(others, List.of());
    }

    private static Set<Family> enabled(JsonNode input) {
        Set<Family> enabled = EnumSet.noneOf(Family.class);
        for (Family family : Family.values()) {
            if (input.path("enable" + family.label()).asBoolean(true)) {
                enabled.add(family);
            }
        }
        return enabled;
    }

    private static Map<Address, Owner> held(JsonNode input, List<Problem> problems) {
        Map<Address, Owner> held = new TreeMap<>();
        JsonNode text = input.get("pool").path("status").path("allocatedIPs");
        if (text.isTextual()) {
            try {
                JsonNode records = MAPPER.readTree(text.textValue());
                check(records.isObject() || records.isNull(), records);
                for (Map.Entry<String, JsonNode> entry : records.properties()) {
                    JsonNode record = entry.getValue();
                    check(record.isObject() || record.isNull(), record);
                    check(isTextOrNothing(record.path("pod")) && isTextOrNothing(record.path("podUid")), record);
                    held.put(
                            Address.parse(entry.getKey()),
                            ownerOf(record.path("pod").asText()));
                }
            } catch (JsonProcessingException | IllegalArgumentException | InvalidAddressException e) {
                String rule = "the status is an object of records";
                problems.add(Problem.of(ProblemType.MALFORMED, "status.allocatedIPs", text.textValue(), rule));
            }
        }
        return held;
    }

    private static Owner ownerOf(String pod) {
        return Owner.stateful("", pod.isEmpty() ? "unknown" : pod, "");
    }

    private static boolean isTextOrNothing(JsonNode node) {
        return node.isTextual() || node.isNull() || node.isMissingNode();
    }

    private static void check(boolean good, JsonNode node) {
        if (!good) {
            throw new IllegalArgumentException(node.toString());
        }
    }
}
