package io.ipam.problem;

import java.io.Serializable;

/**
 * A place in a text. Thread safety: immutable.
 *
 * @param line the line, from 1
 * @param column the column in UTF-16 units, from 1
 */
public record TextPosition(int line, int column) implements Serializable {
    /**
     * Checks that both numbers are at least 1; throws IllegalArgumentException otherwise.
     *
     * @param line the line, from 1
     * @param column the column, from 1
     */
    public TextPosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column start at 1: " + line + ", " + column);
        }
    }

    /**
     * {@return the place of a character in a text of one line}
     *
     * @param index the index of the character, from 0
     */
    public static TextPosition ofIndex(int index) {
        return new TextPosition(1, index + 1);
    }

    /** {@code column 7}, or {@code line 2, column 7} beyond the first line. */
    @Override
    public String toString() {
        return line == 1 ? "column " + column : "line " + line + ", column " + column;
    }
}
