package io.ipam.simulation;

/** The fate of the store calls of one step. */
enum Fate {
    /** The call reaches the store, and its answer returns. */
    OK,
    /** A commit does not reach the store, and the member cannot detect that. */
    LOST,
    /** A commit takes effect, and its answer is lost. */
    ANSWER_LOST,
    /** A commit takes effect at a later event, if its condition holds then. */
    LATE,
    /** A commit takes effect, and the client library sends it again by itself. */
    HIDDEN_RETRY,
    /** The store certainly does nothing. */
    UNAVAILABLE,
    /** The store certainly does nothing because the commit is too large for it. */
    UNSTORABLE
}
