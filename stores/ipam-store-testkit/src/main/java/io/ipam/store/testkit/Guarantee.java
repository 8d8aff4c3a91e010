package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/**
 * The guarantees of a store. Every failure of a contract test opens with the one that is broken.
 */
public enum Guarantee {
    /** One commit per revision. */
    ORDER("there is one commit per revision, without gaps"),
    /** The compare-and-set. */
    CONDITION("a commit takes effect only if the expected head, number and id, is the head"),
    /** All or nothing. */
    ATOMIC("the log, the head, and the entries change together, or nothing changes"),
    /** Confirmed or shown commits survive. */
    DURABLE("a commit that was confirmed or shown survives a crash"),
    /** News without gaps, linearizable. */
    COMPLETE("the news contains every confirmed commit after the known head, in order and without a gap"),
    /** Outcomes are reported as they are. */
    HONEST("an outcome is reported only if it is known; otherwise OutcomeUnknownException is thrown"),
    /** Each entry that a commit changes is verified. */
    GUARDED("a commit on the head whose guard fails throws CorruptStoreException and changes nothing"),
    /** A load is one snapshot. */
    SNAPSHOT("load returns the entries as of its head: pools, reserved ranges, held, and cooling, in this order"),
    /** Values return unchanged. */
    FAITHFUL("entries, settings, and commits are returned exactly as they were committed"),
    /** The log is deleted from its start. */
    TRIMMED("trimming deletes old commits and expired cooling entries only, and frees no revision"),
    /** Commits have a maximum size. */
    LIMITED("a commit of operationsPerCommit operations is accepted, a larger one is Unstorable and changes nothing"),
    /** Calls end, sessions close. */
    BOUNDED("every call ends within the limit of the store, and close() ends a running call");

    private final String text;

    Guarantee(String text) {
        this.text = text;
    }

    /** {@return the guarantee as a sentence} */
    public String text() {
        return text;
    }

    /** {@return the message of a failure} */
    String broken(String found) {
        return name() + " is broken (" + text + "): " + found;
    }

    void check(boolean holds, String found) {
        assertTrue(holds, () -> broken(found));
    }

    <T> void equal(T expected, T actual, String subject) {
        assertEquals(expected, actual, () -> broken(subject));
    }

    <E extends Throwable> E thrown(Class<E> type, Executable call, String subject) {
        return assertThrows(type, call, () -> broken(subject));
    }
}
