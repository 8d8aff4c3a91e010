package io.ipam.documents;

import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The trees that this library writes. Keys are in the order of their UTF-8 bytes, as kubectl prints
 * them. A number is the first of Integer, Long, and BigInteger that it fits into, as YAML and JSON
 * libraries read it. There are no nulls and no empty parts.
 *
 * <p>Thread safety: none for a tree under construction; the result of {@link #map()} is immutable.
 */
final class Tree {
    private final TreeMap<String, Object> fields = new TreeMap<>(PoolCatalog.nameOrder());

    /** Sets a field. */
    Tree put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    /** Sets a field unless the value is absent. */
    Tree put(String key, @Nullable String value) {
        if (value != null) {
            fields.put(key, value);
        }
        return this;
    }

    /** Sets a field to a whole number. */
    Tree put(String key, BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            fields.put(key, number.intValue());
        } else {
            fields.put(key, number.bitLength() < Long.SIZE ? (Object) number.longValue() : number);
        }
        return this;
    }

    /** Sets a field to a list unless it is empty. */
    <T> Tree putList(String key, List<T> values, Function<? super T, ?> form) {
        if (!values.isEmpty()) {
            fields.put(key, values.stream().<Object>map(form).toList());
        }
        return this;
    }

    /** Sets a field to texts by name unless there are none. */
    Tree putTexts(String key, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            Tree tree = new Tree();
            texts.forEach(tree::put);
            fields.put(key, tree.map());
        }
        return this;
    }

    /** The tree as an immutable map. */
    Map<String, Object> map() {
        return Collections.unmodifiableMap(new TreeMap<>(fields));
    }
}
