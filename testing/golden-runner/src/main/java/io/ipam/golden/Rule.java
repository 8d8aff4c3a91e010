package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A deliberate difference from the reference system.
 *
 * @param name a short name, which is also the anchor of its section in {@code docs/differences.md}
 * @param recogniser recognises the rule's cases
 * @param assertion states ipam's result
 */
public record Rule(String name, Recogniser recogniser, Assertion assertion) {

    /** Recognises the cases of a rule by the input and the recorded outcome; never by an id. */
    @FunctionalInterface
    public interface Recogniser {

        /**
         * Whether the case falls under the rule.
         *
         * @param input the case's {@code input}
         * @param expected the recorded outcome
         * @return true if ipam differs on purpose
         */
        boolean recognises(JsonNode input, JsonNode expected);
    }

    /** States the result that ipam returns instead. */
    @FunctionalInterface
    public interface Assertion {

        /**
         * Runs one case; returning normally means that ipam returns the declared result.
         *
         * @param input the case's {@code input}
         * @throws Exception any exception is a broken declaration
         * @throws AssertionError the result is not the declared one
         */
        void verify(JsonNode input) throws Exception;
    }
}
