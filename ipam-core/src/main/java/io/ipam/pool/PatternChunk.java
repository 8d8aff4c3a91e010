package io.ipam.pool;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The part of a pattern up to the next {@code *}. Thread safety: immutable.
 *
 * @param afterStar whether {@code *} precedes it
 * @param atoms the characters that it takes, by code point, without any {@code *}
 */
record PatternChunk(boolean afterStar, List<IntPredicate> atoms) {
    /** The code point that a surrogate without its partner counts as. */
    static final int REPLACEMENT = 0xFFFD;

    /** The end of the leftmost match at or, after a star, following {@code from}; the last chunk must end with the name. -1 for none. */
    int findEnd(String name, int from, boolean last) {
        int start = from;
        while (true) {
            int end = matchEnd(name, start);
            if (end >= 0 && !(last && end < name.length())) {
                return end;
            }
            if (!afterStar || start == name.length() || name.charAt(start) == '/') {
                return -1;
            }
            start += Character.charCount(name.codePointAt(start));
        }
    }

    private int matchEnd(String name, int start) {
        int at = start;
        for (IntPredicate atom : atoms) {
            if (at == name.length() || !atom.test(wellFormed(name.codePointAt(at)))) {
                return -1;
            }
            at += Character.charCount(name.codePointAt(at));
        }
        return at;
    }

    static int wellFormed(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point;
    }
}
