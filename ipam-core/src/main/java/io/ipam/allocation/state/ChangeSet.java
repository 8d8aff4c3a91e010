package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
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

    /**
     * What happens to one address.
     *
     * @param kind what happens
     * @param pool the pool
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of it
     * @param owner who will hold it, or held it
     * @param interfaceName the interface that it will be for, or was for
     * @param generation the token that it will have, or had
     * @param slot where the record is, {@link RecordTable#NONE} when there is none yet
     */
    record Change(
            Kind kind,
            Definition pool,
            long high,
            long low,
            Owner owner,
            String interfaceName,
            long generation,
            int slot) {}

    private static final int FIRST_CAPACITY = 4;
    private static final @Nullable Change[] NONE = {};

    private @Nullable Change[] changes = NONE;
    private int size;

    ChangeSet() {}

    /**
     * Grants an address that is free or cooling, or released by an earlier change.
     *
     * @param pool the pool
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of it
     * @param owner who will hold it
     * @param interfaceName the interface
     * @param generation the new token
     */
    public void grant(Definition pool, long high, long low, Owner owner, String interfaceName, long generation) {
        add(new Change(Kind.GRANT, pool, high, low, owner, interfaceName, generation, RecordTable.NONE));
    }

    /**
     * Gives a record of the owner its present uid, an interface, a new token.
     *
     * @param record the record as it is
     * @param owner the owner as it is now
     * @param interfaceName the interface
     * @param generation the new token
     */
    public void renew(OwnedRecord record, Owner owner, String interfaceName, long generation) {
        add(of(Kind.RENEW, record, owner, interfaceName, generation));
    }

    /**
     * Releases a record of the owner.
     *
     * @param record the record as it is
     */
    public void release(OwnedRecord record) {
        add(of(Kind.RELEASE, record, record.owner(), record.interfaceName(), record.generation()));
    }

    private static Change of(Kind kind, OwnedRecord record, Owner owner, String interfaceName, long generation) {
        long high = record.address().high();
        long low = record.address().low();
        return new Change(kind, record.pool(), high, low, owner, interfaceName, generation, record.slot());
    }

    private void add(Change change) {
        if (size == changes.length) {
            changes = Arrays.copyOf(changes, Math.max(FIRST_CAPACITY, 2 * size));
        }
        changes[size++] = change;
    }

    /** Forgets everything: the decision is made again. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    Change get(int index) {
        Change change = changes[index];
        if (change == null) {
            throw new IllegalStateException("no change " + index + " of " + size);
        }
        return change;
    }
}
