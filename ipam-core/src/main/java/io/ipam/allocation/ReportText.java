package io.ipam.allocation;

import java.util.List;
import java.util.function.Function;

/**
 * A builder of human-readable lines, each ended by a line feed; long lists are cut. Thread safety:
 * none.
 */
final class ReportText {
    /** The maximum number of listed entries. */
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
