package io.ipam.store.jdbc;

import io.ipam.store.UnstorableException;

/** The texts that every database can hold. Thread safety: immutable. */
final class StorableText {
    private final int maxLength;

    StorableText(int maxLength) {
        this.maxLength = maxLength;
    }

    /** The text, if a database can hold it; {@code what} names it in the exception. */
    String verified(String what, String text) {
        if (text.length() > maxLength) {
            throw new UnstorableException("cannot store the " + what + ": it has " + text.length()
                    + " characters; the maximum is " + maxLength);
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                throw refused(what, i, "NUL");
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(what, i, "a surrogate without its partner");
                }
                i++;
            }
        }
        return text;
    }

    private static UnstorableException refused(String what, int at, String found) {
        return new UnstorableException(
                "cannot store the " + what + ": its character " + (at + 1) + " is " + found + "; remove it");
    }
}
