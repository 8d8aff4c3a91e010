package io.ipam.pool;

import io.ipam.address.AddressRange;
import io.ipam.address.Prefix;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of a list of texts. Thread safety: immutable.
 *
 * @param atTexts the range at the index of its text; null if the text cannot be read
 */
record AddressTexts(List<@Nullable AddressRange> atTexts) {
    boolean complete() {
        return !atTexts.contains(null);
    }

    List<AddressRange> ranges() {
        return atTexts.stream().filter(Objects::nonNull).toList();
    }

    static boolean isPrefix(String text) {
        return text.indexOf('/') >= 0;
    }

    /** The texts of a valid list as documents contain them: a prefix is written as its range. */
    static List<String> asInDocuments(List<String> texts) {
        return texts.stream()
                .map(text -> isPrefix(text) ? Prefix.parse(text).range().toString() : text)
                .toList();
    }
}
