package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Queries on JSON trees, for rules and checks. */
public final class Json {

    private Json() {}

    /**
     * Whether the recorded outcome is an error that the reference system returned.
     *
     * @param expected the recorded outcome
     * @return true for {@code {"error": ...}}
     */
    public static boolean isError(JsonNode expected) {
        return expected.has("error");
    }

    /**
     * Whether the reference system did not return: an endless loop, unbounded memory, or a panic.
     *
     * @param expected the recorded outcome
     * @return true for {@code {"nonTerminating": true}} and {@code {"panic": ...}}
     */
    public static boolean neverAnswered(JsonNode expected) {
        return expected.path("nonTerminating").asBoolean() || expected.has("panic");
    }

    /**
     * The elements of a list of strings.
     *
     * @param list an array of strings, null or missing
     * @return its elements; empty if there is none
     * @throws IllegalArgumentException if an element is not a string
     */
    public static List<String> strings(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (!element.isTextual()) {
                throw new IllegalArgumentException("not a string: " + element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /**
     * Whether two outcomes are equivalent. Null, missing, and the empty list are equal; numbers are
     * compared by value.
     *
     * @param a one outcome
     * @param b the other
     * @return true if they are equivalent
     */
    public static boolean same(JsonNode a, JsonNode b) {
        if (isNothing(a) || isNothing(b)) {
            return isNothing(a) && isNothing(b);
        }
        if (a.isArray() && b.isArray()) {
            return sameElements(a, b);
        }
        if (a.isObject() && b.isObject()) {
            return containsMembers(a, b) && containsMembers(b, a);
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        return a.equals(b);
    }

    private static boolean isNothing(JsonNode node) {
        return node.isNull() || node.isMissingNode() || (node.isArray() && node.isEmpty());
    }

    private static boolean sameElements(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<JsonNode> other = b.elements();
        for (JsonNode element : a) {
            if (!same(element, other.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsMembers(JsonNode object, JsonNode other) {
        return other.properties().stream().allMatch(member -> same(object.path(member.getKey()), member.getValue()));
    }
}
