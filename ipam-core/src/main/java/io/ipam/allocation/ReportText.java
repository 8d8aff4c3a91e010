package io.ipam.allocation;

import java.util.List;
import java.util.function.Function;

/**
 * ReportText of text for a person, each ended by a line feed; long lists are cut. Thread safety:
 * none.
 */
final class ReportText {
    /** The most entries of one list that are spelled out. */
    static final int SHOWN = 10;

    private final StringBuilder text = new StringBuilder();

    ReportText add(String line) {
        text.append(line).append('\n');
        return this;
    }

    <T> ReportText addAll(String lead, List<T> entries, Function<T, String> words) {
        entries.stream().limit(SHOWN).forEach(entry -> add("- " + lead + words.apply(entry)));
        return entries.size() > SHOWN ? add("- " + lead + "and " + (entries.size() - SHOWN) + " more") : this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
