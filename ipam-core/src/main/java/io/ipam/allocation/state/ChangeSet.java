package io.ipam.allocation.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one decision, in the order in which they are to be applied: all of them, or none.
 *
 * <p>Made for one transaction and nothing is kept of it: to keep the arrays for the next one on the same stripe would move them
 * from processor to processor. Thread safety: none.
 */
public final class ChangeSet {
    /** What happens to an address. */
    enum Kind {
        /** Free or cooling, then held. */
        GRANT,
        /** Held, then held by another incarnation or for an interface that is known now. */
        RENEW,
        /** Held, then cooling or free. */
        RELEASE
    }

    private static final int USUAL_CHANGES = 4;

    private @Nullable Kind[] kinds = new Kind[USUAL_CHANGES];
    private @Nullable OwnedRecord[] records = new OwnedRecord[USUAL_CHANGES];
    private int size;

    ChangeSet() {}

    /**
     * Grants an address that is free or cooling, or released by an earlier change.
     *
     * @param next how it will be held
     */
    public void grant(OwnedRecord next) {
        add(Kind.GRANT, next);
    }

    /**
     * Gives a record of the owner its present uid, an interface, a new token.
     *
     * @param next the record as it will be, in the slot where it is
     */
    public void renew(OwnedRecord next) {
        add(Kind.RENEW, next);
    }

    /**
     * Releases a record of the owner.
     *
     * @param record the record as it is
     */
    public void release(OwnedRecord record) {
        add(Kind.RELEASE, record);
    }

    private void add(Kind kind, OwnedRecord record) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            records = Arrays.copyOf(records, 2 * size);
        }
        kinds[size] = kind;
        records[size++] = record;
    }

    /** Forgets everything: the decision is made again. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    Kind kind(int index) {
        return present(kinds[index], index);
    }

    /** The record as it was before a release, as it will be after a grant or a renewal. */
    OwnedRecord record(int index) {
        return present(records[index], index);
    }

    private <T> T present(@Nullable T value, int index) {
        if (value == null) {
            throw new IllegalStateException("no change " + index + " of " + size);
        }
        return value;
    }
}
