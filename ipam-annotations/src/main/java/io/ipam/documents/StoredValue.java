package io.ipam.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value of a text that a store keeps, with its path. Every accessor refuses a value of another
 * type. Thread safety: immutable.
 */
final class StoredValue {
    private final String where;
    private final @Nullable JsonNode node;

    StoredValue(String where, @Nullable JsonNode node) {
        this.where = where;
        this.node = node;
    }

    /** Refuses anything except an object with these keys, each of them optional. */
    StoredValue only(Set<String> keys) {
        JsonNode object = node;
        if (object == null || !object.isObject()) {
            throw invalid("must be an object");
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw invalid("must have no key except " + keys + ", has " + name);
            }
        }
        return this;
    }

    /** The name of the only member. */
    String onlyKey() {
        JsonNode object = node;
        if (object == null || !object.isObject() || object.size() != 1) {
            throw invalid("must be an object with one member");
        }
        return object.fieldNames().next();
    }

    /** A member, present or not. */
    StoredValue at(String key) {
        return new StoredValue(where.isEmpty() ? key : where + "." + key, node == null ? null : node.get(key));
    }

    /** The value, if it is present. */
    <T> Optional<T> map(Function<StoredValue, T> form) {
        return node == null ? Optional.empty() : Optional.of(form.apply(this));
    }

    String text() {
        if (node == null || !node.isTextual()) {
            throw invalid("must be a text");
        }
        return node.textValue();
    }

    /** The text; empty if it is absent. */
    String textOrEmpty() {
        return map(StoredValue::text).orElse("");
    }

    /** A whole number, written as text in its only form. */
    long number() {
        String text = text();
        try {
            long number = Long.parseLong(text);
            if (Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid("must be a whole number in quotes");
        }
        throw invalid("must be a whole number in quotes, without leading zeros");
    }

    /** Whether the member is {@code true}; false is never written. */
    boolean flag() {
        if (node != null && !(node.isBoolean() && node.booleanValue())) {
            throw invalid("must be true or absent");
        }
        return node != null;
    }

    /** The elements of a list; none if it is absent. */
    List<StoredValue> elements() {
        List<StoredValue> elements = new ArrayList<>();
        if (node != null && !node.isArray()) {
            throw invalid("must be a list");
        }
        for (int i = 0; node != null && i < node.size(); i++) {
            elements.add(new StoredValue(where + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    List<String> texts() {
        return elements().stream().map(StoredValue::text).toList();
    }

    /** The texts of a list of two. */
    Map.Entry<String, String> pair() {
        List<String> texts = texts();
        if (texts.size() != 2) {
            throw invalid("must be a list of two texts");
        }
        return Map.entry(texts.get(0), texts.get(1));
    }

    /** The texts of a list of pairs, by the first of each. */
    Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (StoredValue element : elements()) {
            Map.Entry<String, String> pair = element.pair();
            if (pairs.put(pair.getKey(), pair.getValue()) != null) {
                throw element.invalid("must not repeat a key");
            }
        }
        return pairs;
    }

    InvalidDocumentException invalid(String rule) {
        String offending = node == null || node.isContainerNode() ? "" : node.asText();
        ProblemType type = node == null ? ProblemType.REQUIRED : ProblemType.INVALID;
        return new InvalidDocumentException("stored text", List.of(Problem.of(type, where, offending, rule)));
    }
}
