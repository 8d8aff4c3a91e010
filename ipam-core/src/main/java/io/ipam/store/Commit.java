package io.ipam.store;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One commit: the head that it makes, the id of its predecessor, and its changes. No two changes of
 * a commit refer to the same entry.
 *
 * <p>Thread safety: immutable.
 *
 * @param head the head after this commit
 * @param before the id of the commit before it, {@link CommitId#NONE} for the first one
 * @param changes the changes, in the order in which they are applied
 */
public record Commit(Head head, CommitId before, List<Change> changes) {
    /** Copies the changes. */
    public Commit {
        requireNonNull(head, "head");
        requireNonNull(before, "before");
        changes = List.copyOf(requireNonNull(changes, "changes"));
        if (!head.exists()) {
            throw new IllegalArgumentException("head must have a revision of at least 1, was 0");
        }
    }

    /**
     * {@return whether this commit is directly after a head}
     *
     * @param expected the head
     */
    public boolean follows(Head expected) {
        return head.revision() == requireNonNull(expected, "expected").revision() + 1 && before.equals(expected.id());
    }
}
