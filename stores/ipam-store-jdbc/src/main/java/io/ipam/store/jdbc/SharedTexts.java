package io.ipam.store.jdbc;

import java.util.HashMap;
import java.util.Map;

/** One object for equal names of pools, namespaces and interfaces. Thread safety: none. */
final class SharedTexts {
    private static final int MOST = 10_000;

    private final Map<String, String> texts = new HashMap<>();

    /** An equal text. */
    String of(String text) {
        String known = texts.get(text);
        if (known == null && texts.size() < MOST) {
            texts.put(text, text);
        }
        return known == null ? text : known;
    }
}
