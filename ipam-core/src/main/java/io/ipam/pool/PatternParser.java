package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Parses a whole pattern, so that a malformed part is found even if no match would reach it. */
final class PatternParser {
    private final String text;
    private final List<PatternChunk> chunks = new ArrayList<>();
    private final StringBuilder prefix = new StringBuilder();
    private boolean onlyLiterals = true;
    private final List<IntPredicate> atoms = new ArrayList<>();
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
        int term = next();
        if (term == '*' || term == '?' || term == '[') {
            onlyLiterals = false;
        }
        switch (term) {
            case '*' -> {
                endChunk(false);
                afterStar = true;
            }
            case '?' -> atoms.add(point -> point != '/');
            case '[' -> atoms.add(readClass(start));
            case '\\' -> {
                if (at == text.length()) {
                    throw malformed(start, "'\\' must be followed by a character");
                }
                addLiteral(next());
            }
            default -> addLiteral(term);
        }
    }

    private void addLiteral(int literal) {
        onlyLiterals &= literal != PatternChunk.REPLACEMENT;
        atoms.add(point -> point == literal);
        if (onlyLiterals) {
            prefix.appendCodePoint(literal);
        }
    }

    /** Ends a chunk. An empty one is kept only after a star at the end of the pattern. */
    private void endChunk(boolean end) {
        if (!atoms.isEmpty() || (afterStar && end)) {
            chunks.add(new PatternChunk(afterStar, List.copyOf(atoms)));
            atoms.clear();
            afterStar = false;
        }
    }

    private IntPredicate readClass(int start) {
        boolean negated = at < text.length() && text.charAt(at) == '^';
        if (negated) {
            at++;
        }
        List<CodePointClass.Range> ranges = new ArrayList<>();
        while (ranges.isEmpty() || peek(start) != ']') {
            int low = readBound(start);
            int high = low;
            if (peek(start) == '-') {
                at++;
                high = readBound(start);
            }
            ranges.add(new CodePointClass.Range(low, high));
        }
        at++;
        return CodePointClass.of(negated, ranges);
    }

    private int readBound(int start) {
        char c = peek(start);
        if (c == '-' || c == ']') {
            throw malformed(
                    at,
                    "'[' must be followed by ranges such as a or a-z; write \\- and \\] for the characters themselves");
        }
        if (c == '\\') {
            at++;
            peek(start);
        }
        return next();
    }

    private char peek(int start) {
        if (at == text.length()) {
            throw malformed(start, "'[' must be followed by ']'");
        }
        return text.charAt(at);
    }

    private int next() {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return PatternChunk.wellFormed(point);
    }

    private InvalidPatternException malformed(int index, String rule) {
        Problem.Position position = Problem.Position.ofIndex(index);
        return new InvalidPatternException(List.of(new Problem(ProblemType.INVALID, "", position, text, rule, "")));
    }
}
