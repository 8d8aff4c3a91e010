package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One recorded case.
 *
 * @param id the name of the case in reports
 * @param input the input to the reference system
 * @param expected the outcome that it returned
 */
record GoldenCase(String id, JsonNode input, JsonNode expected) {

    /**
     * The kind of the case: {@code input.fn}, or {@code input.kind}, or "" in files with only one
     * kind.
     */
    String kind() {
        return input.hasNonNull("fn")
                ? input.get("fn").asText()
                : input.path("kind").asText("");
    }
}
