package io.ipam.pool;

import java.util.List;

/**
 * A list of pool names and patterns after its patterns were replaced by the names they match. Thread safety: immutable.
 *
 * @param names each name once, where it first occurs; those of a pattern by code point. Literal names are there whether or not such
 *     a pool exists
 * @param repeated the names that occurred again, each once
 * @param unmatched the patterns that match no pool, each once
 */
public record ExpandedNames(List<String> names, List<String> repeated, List<String> unmatched) {
    /**
     * Copies the lists.
     *
     * @param names each name once
     * @param repeated the names that occurred again
     * @param unmatched the patterns that match no pool
     */
    public ExpandedNames {
        names = List.copyOf(names);
        repeated = List.copyOf(repeated);
        unmatched = List.copyOf(unmatched);
    }
}
