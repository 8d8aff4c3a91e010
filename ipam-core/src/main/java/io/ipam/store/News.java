package io.ipam.store;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The commits after a head. Thread safety: immutable. */
public sealed interface News {
    /**
     * The commits directly after the head, in order and without a gap. A store may return only a
     * fixed number of the first ones. It returns none only if the head was the last commit at some
     * moment of the call.
     *
     * @param commits the commits
     */
    record Since(List<Commit> commits) implements News {
        /** No commits. */
        public static final Since NONE = new Since(List.of());

        /** Copies the commits. */
        public Since {
            commits = List.copyOf(requireNonNull(commits, "commits"));
        }
    }

    /**
     * The log no longer has the commits directly after the head: the realm must be loaded again.
     */
    record Trimmed() implements News {}

    /**
     * The realm has another commit under the revision of the head, or has not reached it. A backup
     * was restored, or a standby that lacks commits took over. The realm must be loaded again.
     */
    record Diverged() implements News {}
}
