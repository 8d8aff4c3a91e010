package io.ipam.subnet;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists in human-readable texts: the first entries, then the number of the others. */
final class ShortList {
    /** The maximum number of entries that are spelled out, as in a change plan. */
    static final int SHOWN = 10;

    private ShortList() {}

    static <T> String of(List<T> entries, Function<T, String> words, String separator) {
        String shown = entries.stream().limit(SHOWN).map(words).collect(Collectors.joining(separator));
        return entries.size() <= SHOWN ? shown : shown + separator + "and " + (entries.size() - SHOWN) + " more";
    }
}
