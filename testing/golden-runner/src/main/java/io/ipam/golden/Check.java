package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** Compares the library's result for one input with the recorded outcome. */
@FunctionalInterface
public interface Check {

    /**
     * Runs one case; returning normally means a match.
     *
     * @param input the case's {@code input}
     * @param expected the recorded outcome
     * @throws Exception any exception is a mismatch
     * @throws AssertionError a mismatch
     */
    void check(JsonNode input, JsonNode expected) throws Exception;

    /**
     * A check that writes the library's result in the form of the vectors and compares the two
     * trees. Null and the empty list are equal because the reference system only tests the length.
     *
     * @param answer computes the outcome from the input
     * @return the check
     */
    static Check yields(Function<JsonNode, JsonNode> answer) {
        return (input, expected) -> {
            JsonNode actual = answer.apply(input);
            if (!Json.same(expected, actual)) {
                throw new AssertionError("answered " + actual);
            }
        };
    }
}
