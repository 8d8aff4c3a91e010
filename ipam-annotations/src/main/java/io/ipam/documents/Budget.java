package io.ipam.documents;

import org.jspecify.annotations.Nullable;

/**
 * The part of a tree that may still be read: one unit for each value, and one for each UTF-16 unit
 * of a text. In a tree from a YAML library one value can occur in many places, so a small text can
 * become an endless document.
 *
 * <p>Thread safety: none.
 */
final class Budget {
    private final long limit;
    private long left;

    Budget(long limit) {
        this.limit = limit;
        this.left = limit;
    }

    /** Counts a value. */
    void spend(@Nullable Object value) {
        left -= 1L + (value instanceof String text ? text.length() : 0);
        if (left < 0) {
            throw new DocumentTooLargeException(limit);
        }
    }

    /** The tree is larger than any document. This exception does not leave the package. */
    static final class DocumentTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DocumentTooLargeException(long limit) {
            super("holds more than " + limit + " values and characters", null, false, false);
        }
    }
}
