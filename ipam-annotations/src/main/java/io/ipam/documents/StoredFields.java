package io.ipam.documents;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object under construction; absent parts, empty lists and false are omitted. Thread safety:
 * none.
 */
final class StoredFields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** An object with one member. */
    static Map<String, Object> of(String key, Object value) {
        return Map.of(key, value);
    }

    StoredFields put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    StoredFields putNumber(String key, long number) {
        return put(key, Long.toString(number));
    }

    StoredFields putFlag(String key, boolean flag) {
        return flag ? put(key, true) : this;
    }

    StoredFields putText(String key, String text) {
        return text.isEmpty() ? this : put(key, text);
    }

    <T> StoredFields putOptional(String key, Optional<T> value, Function<? super T, ?> form) {
        value.ifPresent(present -> fields.put(key, form.apply(present)));
        return this;
    }

    <T> StoredFields putList(String key, List<T> values, Function<? super T, ?> form) {
        return values.isEmpty()
                ? this
                : put(key, values.stream().<Object>map(form).toList());
    }

    StoredFields putPairs(String key, Map<String, String> pairs) {
        return putList(key, List.copyOf(pairs.entrySet()), entry -> List.of(entry.getKey(), entry.getValue()));
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(fields);
    }
}
