package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.golden.Check;
import io.ipam.golden.GoldenRun;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code metav1.LabelSelectorAsSelector} and {@code Matches}: the same on every vector. The texts
 * of errors are ignored.
 */
class GoldenSelectorsTest {

    @Test
    void selectors_goldenVectors_match() {
        GoldenRun.of("selectors.json").run((input, expected) -> {
            if (expected.has("error")) {
                assertThrows(
                        InvalidPoolException.class,
                        () -> Documents.selector(input.get("selector")).build());
            } else {
                Check.yields(GoldenSelectorsTest::answer).check(input, expected);
            }
        });
    }

    private static JsonNode answer(JsonNode input) {
        JsonNode node = input.get("selector");
        LabelSelector selector = node.isNull() ? null : Documents.selector(node).build();
        Map<String, String> labels = new LinkedHashMap<>();
        input.get("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().textValue()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("matches", LabelSelector.presentAndMatches(selector, labels));
        answer.put("selectorString", selector == null ? "" : selector.toString());
        answer.put("empty", selector != null && selector.isEmpty());
        return answer;
    }
}
