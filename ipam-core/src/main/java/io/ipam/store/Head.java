package io.ipam.store;

import static java.util.Objects.requireNonNull;

/**
 * The last commit of a realm, and the counts of the realm after it.
 *
 * <p>Thread safety: immutable.
 *
 * @param revision the number of the commit, from 1; 0 if there is none
 * @param id the id of the commit
 * @param lastGeneration at least as high as every generation that was assigned
 * @param held the number of held addresses, strays included
 * @param stampMillis the time of the commit in milliseconds since 1970; it never decreases
 */
public record Head(long revision, CommitId id, long lastGeneration, long held, long stampMillis) {
    /** The head of a realm that was not created. */
    public static final Head NONE = new Head(0, CommitId.NONE, 0, 0, Long.MIN_VALUE);

    /** Checks that no count is negative. */
    public Head {
        requireNonNull(id, "id");
        requireNotNegative(revision, "revision");
        requireNotNegative(lastGeneration, "lastGeneration");
        requireNotNegative(held, "held");
    }

    private static void requireNotNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }

    /** {@return whether the realm exists} */
    public boolean exists() {
        return revision > 0;
    }

    /**
     * {@return whether this is the same commit: the same revision and id}
     *
     * @param other the other head
     */
    public boolean isSameCommitAs(Head other) {
        return revision == requireNonNull(other, "other").revision && id.equals(other.id);
    }

    /** {@return {@code revision 12 (5f3a09c1d2e4b687-12)}} */
    @Override
    public String toString() {
        return exists() ? "revision " + revision + " (" + id + ")" : "no revision";
    }
}
