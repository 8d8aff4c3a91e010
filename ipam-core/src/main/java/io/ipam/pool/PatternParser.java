package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads a whole pattern, so that a malformed part is found even where no name would reach it. */
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
                    throw malformed(start, "'\\' needs a character behind it");
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

    /** Ends a chunk; an empty one is kept only when a star stands before it and nothing follows. */
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
                    at, "'[' needs ranges like a or a-z behind it; write \\- and \\] for the characters themselves");
        }
        if (c == '\\') {
            at++;
            peek(start);
        }
        return next();
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
        return PatternChunk.wellFormed(point);
    }

    private InvalidPatternException malformed(int index, String rule) {
        Problem.Position position = Problem.Position.ofIndex(index);
        return new InvalidPatternException(List.of(new Problem(ProblemType.INVALID, "", position, text, rule, "")));
    }
}
