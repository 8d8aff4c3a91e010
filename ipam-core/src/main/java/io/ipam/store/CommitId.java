package io.ipam.store;

/**
 * The identity of a commit: unique over all processes, realms, and times.
 *
 * <p>Thread safety: immutable.
 *
 * @param process 64 random bits, drawn again each time that a process opens or creates a realm
 * @param sequence the number of the commit within its process, from 1; never used twice
 */
public record CommitId(long process, long sequence) {
    /** The id of no commit. */
    public static final CommitId NONE = new CommitId(0, 0);

    /** {@return {@code 5f3a09c1d2e4b687-12}} */
    @Override
    public String toString() {
        return String.format("%016x-%d", process, sequence);
    }
}
