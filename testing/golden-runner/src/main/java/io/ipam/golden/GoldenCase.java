package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One recorded case.
 *
 * @param id names the case in reports
 * @param input what the reference system was asked
 * @param expected what it answered
 */
record GoldenCase(String id, JsonNode input, JsonNode expected) {

    /**
     * What is asked: {@code input.fn}, else {@code input.kind}, else "" in files that ask one thing
     * only.
     */
    String kind() {
        return input.hasNonNull("fn")
                ? input.get("fn").asText()
                : input.path("kind").asText("");
    }
}
