package io.ipam.resolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.golden.GoldenRun;
import io.ipam.golden.Json;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The library's order against the recorded classes; equal pools keep the order of their names in
 * the source.
 */
class GoldenSortingTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void sorting_goldenVectors_match() {
        GoldenRun.of("sorting.json").run((input, expected) -> {
            List<Pool> named = new ArrayList<>();
            for (JsonNode pool : input.get("pools")) {
                named.add(pool(pool, named.size()));
            }
            List<Pool> sorted = PoolPreference.sorted(named);
            ObjectNode answer = JSON.objectNode();
            ArrayNode stable = answer.putArray("stableOrder");
            ArrayNode classes = answer.putArray("classes");
            int previous = -1;
            for (Pool pool : sorted) {
                stable.add(pool.name());
                int next = PoolPreference.classOf(pool);
                ArrayNode group = next == previous ? (ArrayNode) classes.get(classes.size() - 1) : classes.addArray();
                group.add(pool.name());
                previous = next;
            }
            for (String key : List.of("classes", "stableOrder")) {
                if (!Json.same(expected.get(key), answer.get(key))) {
                    throw new AssertionError(key + " is " + answer.get(key));
                }
            }
        });
    }

    private static Pool pool(JsonNode pool, int index) {
        PoolAffinity affinity = PoolAffinity.none()
                .withNodeNames(Json.strings(pool.path("nodeName")))
                .withNamespaceNames(Json.strings(pool.path("namespaceName")))
                .withAttachments(Json.strings(pool.path("multusName")));
        LabelSelector any = LabelSelector.of(java.util.Map.of("a", "b"));
        if (pool.path("podAffinity").asBoolean()) {
            affinity = affinity.withPod(any);
        }
        if (pool.path("nodeAffinity").asBoolean()) {
            affinity = affinity.withNode(any);
        }
        if (pool.path("namespaceAffinity").asBoolean()) {
            affinity = affinity.withNamespace(any);
        }
        return Pool.builder(pool.path("name").asText(), "10." + index + ".0.0/24")
                .affinity(affinity)
                .build();
    }
}
