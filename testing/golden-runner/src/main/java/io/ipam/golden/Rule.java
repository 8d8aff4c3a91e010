package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A deliberate difference from the reference system.
 *
 * @param name a short name, which is also the anchor of its section in {@code docs/differences.md}
 * @param recogniser finds the rule's cases
 * @param assertion states our answer
 */
public record Rule(String name, Recogniser recogniser, Assertion assertion) {

    /** Finds the cases of a rule from the input and the recorded outcome; never from an id. */
    @FunctionalInterface
    public interface Recogniser {

        /**
         * Whether the case falls under the rule.
         *
         * @param input the case's {@code input}
         * @param expected the recorded outcome
         * @return true when the library answers differently on purpose
         */
        boolean recognises(JsonNode input, JsonNode expected);
    }

    /** States the answer that the library gives instead. */
    @FunctionalInterface
    public interface Assertion {

        /**
         * Runs one case; returning normally means that the library gives the declared answer.
         *
         * @param input the case's {@code input}
         * @throws Exception any exception is a broken declaration
         * @throws AssertionError the declared answer was not given
         */
        void verify(JsonNode input) throws Exception;
    }
}
