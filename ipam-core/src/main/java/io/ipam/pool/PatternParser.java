package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.problem.TextPosition;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole pattern, so that a malformed part is found even where no name would reach it. */
final class PatternParser {
    private final String text;
    private final List<PatternChunk> chunks = new ArrayList<>();
    private final StringBuilder prefix = new StringBuilder();
    private boolean onlyLiterals = true;
    private List<PatternChunk.Atom> atoms = new ArrayList<>();
    private boolean afterStar;
    private int at;

    PatternParser(String text) {
        this.text = text;
        while (at < text.length()) {
            readTerm();
        }
        endChunk(true);
    }

    List<PatternChunk> chunks() {
        return List.copyOf(chunks);
    }

    String literalPrefix() {
        return prefix.toString();
    }

    private void readTerm() {
        int start = at;
        int point = next();
        if (point == '*' || point == '?' || point == '[') {
            onlyLiterals = false;
        }
        switch (point) {
            case '*' -> {
                endChunk(false);
                afterStar = true;
            }
            case '?' -> atoms.add(new PatternChunk.AnyCharacter());
            case '[' -> atoms.add(readClass(start));
            case '\\' -> {
                if (at == text.length()) {
                    throw malformed(start, "'\\' needs a character behind it");
                }
                addLiteral(next());
            }
            default -> addLiteral(point);
        }
    }

    private void addLiteral(int point) {
        String literal = Character.toString(point);
        onlyLiterals &= !isReplaced(point);
        for (byte value : Utf8.bytes(literal)) {
            atoms.add(new PatternChunk.Literal(value));
        }
        if (onlyLiterals) {
            prefix.append(literal);
        }
    }

    /** Ends a chunk; an empty one is kept only when a star stands before it and nothing follows. */
    private void endChunk(boolean end) {
        if (!atoms.isEmpty() || (afterStar && end)) {
            chunks.add(new PatternChunk(afterStar, atoms));
            atoms = new ArrayList<>();
            afterStar = false;
        }
    }

    private PatternChunk.CharacterClass readClass(int start) {
        boolean negated = at < text.length() && text.charAt(at) == '^';
        if (negated) {
            at++;
        }
        List<PatternChunk.PointRange> ranges = new ArrayList<>();
        while (ranges.isEmpty() || peek(start) != ']') {
            int low = readBound(start);
            int high = low;
            if (peek(start) == '-') {
                at++;
                high = readBound(start);
            }
            ranges.add(new PatternChunk.PointRange(low, high));
        }
        at++;
        return new PatternChunk.CharacterClass(negated, List.copyOf(ranges));
    }

    private int readBound(int start) {
        char c = peek(start);
        if (c == '-' || c == ']') {
            throw malformed(
                    at, "'[' needs ranges like a or a-z behind it; write \\- and \\] for the characters themselves");
        }
        if (c == '\\') {
            at++;
            peek(start);
        }
        int point = next();
        return isReplaced(point) ? Utf8.REPLACEMENT : point;
    }

    private static boolean isReplaced(int point) {
        return point == Utf8.REPLACEMENT || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private char peek(int start) {
        if (at == text.length()) {
            throw malformed(start, "'[' needs a closing ']'");
        }
        return text.charAt(at);
    }

    private int next() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    private InvalidPatternException malformed(int index, String rule) {
        TextPosition position = TextPosition.ofIndex(index);
        return new InvalidPatternException(List.of(new Problem(ProblemType.INVALID, "", position, text, rule, "")));
    }
}
