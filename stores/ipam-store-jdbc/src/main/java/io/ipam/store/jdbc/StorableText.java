package io.ipam.store.jdbc;

import io.ipam.store.UnstorableException;

/** The texts that every database can hold. Thread safety: immutable. */
final class StorableText {
    private final int maxLength;

    StorableText(int maxLength) {
        this.maxLength = maxLength;
    }

    /** The text, if a database can hold it; {@code subject} names it in the exception. */
    String verified(String subject, String text) {
        if (text.length() > maxLength) {
            throw new UnstorableException("cannot store the " + subject + ": it has " + text.length()
                    + " characters; the maximum is " + maxLength);
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                throw refused(subject, i, "NUL");
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(subject, i, "a surrogate without its partner");
                }
                i++;
            }
        }
        return text;
    }

    private static UnstorableException refused(String subject, int at, String found) {
        return new UnstorableException(
                "cannot store the " + subject + ": its character " + (at + 1) + " is " + found + "; remove it");
    }
}
