package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for pool names, in the syntax of Go's {@code filepath.Match}:
 *
 * <pre>
 * pattern = { term }
 * term    = '*'                    any characters but '/', also none
 *         | '?'                    one character but '/'
 *         | '[' [ '^' ] { range } ']'   a character in (with '^': not in) the ranges, at least one
 *         | c                      the character c, which is not '*', '?', '\' or '['
 *         | '\' c                  the character c
 * range   = lo | lo '-' hi         each a character that is not '\', '-' or ']', or '\' c
 * </pre>
 *
 * The whole name must match. A character is a code point; an unpaired surrogate counts as U+FFFD.
 * Unlike {@code ?}, a negated class matches {@code /}, as in Go.
 *
 * <p>Cost: compiled once; a match is O(length of the name x length of the pattern) at worst. It
 * backtracks only to the last {@code *}. Thread safety: immutable.
 */
public final class PoolNamePattern {
    private final String text;
    private final String literalPrefix;
    private final List<PatternChunk> chunks;
    /** The length of the shortest name that can match. */
    private final int shortest;

    private PoolNamePattern(String text) {
        PatternParser parser = new PatternParser(text);
        this.text = text;
        this.chunks = parser.chunks();
        this.literalPrefix = parser.literalPrefix();
        this.shortest = chunks.stream().mapToInt(chunk -> chunk.atoms().size()).sum();
    }

    /**
     * {@return whether a name in a list of pools is a pattern: it contains {@code *} or {@code ?},
     * or both {@code [} and {@code ]} in any order}
     *
     * @param name the name
     */
    public static boolean isPattern(String name) {
        requireNonNull(name, "name");
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || (name.indexOf('[') >= 0 && name.indexOf(']') >= 0);
    }

    /**
     * Parses a pattern. A text without special characters matches only itself.
     *
     * @param text the text
     * @return the pattern
     * @throws InvalidPatternException if any part is malformed
     */
    public static PoolNamePattern parse(String text) {
        return new PoolNamePattern(requireNonNull(text, "text"));
    }

    /**
     * {@return whether the whole name matches}
     *
     * @param name the name
     */
    public boolean matches(String name) {
        requireNonNull(name, "name");
        return matches(name, new StepBudget(Long.MAX_VALUE));
    }

    /** Whether the whole name matches; false if the budget is exhausted first. */
    boolean matches(String name, StepBudget budget) {
        if (name.length() < shortest) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < chunks.size(); i++) {
            boolean last = i == chunks.size() - 1;
            at = chunks.get(i).findEnd(name, at, last, budget);
            if (at < 0 || budget.isExhausted()) {
                return false;
            }
        }
        return at == name.length();
    }

    /**
     * The text that every matching name starts with. If the pattern has no special character, it is
     * the only matching name.
     */
    String literalPrefix() {
        return literalPrefix;
    }

    /** Whether the texts are equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PoolNamePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The parsed text. */
    @Override
    public String toString() {
        return text;
    }
}
