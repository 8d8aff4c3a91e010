package io.ipam.store;

import static java.util.Objects.requireNonNull;

/** The known outcome of an attempt to commit. Thread safety: immutable. */
public sealed interface Attempt {
    /** The commit took effect and is durable. It is the head, or was the head. */
    record Done() implements Attempt {}

    /**
     * The expected head is not the head, so the commit did not take effect <i>now</i>. An earlier
     * attempt with the same id may have taken effect; the news then contains its commit.
     *
     * @param news the commits after the expected head; at least one commit if it is {@link
     *     News.Since}
     */
    record Moved(News news) implements Attempt {
        /** Checks for null. */
        public Moved {
            requireNonNull(news, "news");
        }
    }
}
