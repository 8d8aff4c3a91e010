package io.ipam.pool;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The part of a pattern up to the next {@code *}. Thread safety: immutable.
 *
 * @param afterStar whether {@code *} precedes it
 * @param atoms the characters that it matches, by code point, without any {@code *}
 */
record PatternChunk(boolean afterStar, List<IntPredicate> atoms) {
    /** The code point that an unpaired surrogate counts as. */
    static final int REPLACEMENT = 0xFFFD;

    /**
     * The end of the leftmost match at {@code from} or, after a star, anywhere from there; -1 if
     * there is none. The last chunk must match up to the end of the name.
     */
    int findEnd(String name, int from, boolean last, StepBudget budget) {
        if (afterStar && last) {
            return findAtEnd(name, from, budget);
        }
        int start = from;
        while (true) {
            int end = matchEnd(name, start, budget);
            if (end >= 0 && !(last && end < name.length())) {
                return end;
            }
            if (!afterStar || start == name.length() || name.charAt(start) == '/') {
                return -1;
            }
            start += Character.charCount(name.codePointAt(start));
        }
    }

    /**
     * As {@link #findEnd}, for the last chunk after a star. Each atom is one character, so only one
     * position can match.
     */
    private int findAtEnd(String name, int from, StepBudget budget) {
        if (name.codePointCount(from, name.length()) < atoms.size()) {
            return -1;
        }
        int start = name.offsetByCodePoints(name.length(), -atoms.size());
        int slash = name.indexOf('/', from);
        return slash >= 0 && slash < start ? -1 : matchEnd(name, start, budget);
    }

    private int matchEnd(String name, int start, StepBudget budget) {
        int at = start;
        int steps = 0;
        for (; steps < atoms.size(); steps++) {
            if (at == name.length() || !atoms.get(steps).test(wellFormed(name.codePointAt(at)))) {
                budget.spend(steps + 1L);
                return -1;
            }
            at += Character.charCount(name.codePointAt(at));
        }
        budget.spend(steps + 1L);
        return at;
    }

    static int wellFormed(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point;
    }
}
