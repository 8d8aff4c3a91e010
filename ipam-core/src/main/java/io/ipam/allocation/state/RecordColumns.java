package io.ipam.allocation.state;

import io.ipam.allocation.Owner;

/**
 * The rows of a {@link RecordTable} and the way from a slot to its address.
 *
 * <p>A slot of a near record is the distance of its address from the start; one of a far record has the bit {@link #FAR} set and is
 * a row of its own, with the address beside it.
 *
 * <p>Thread safety: none, the ledger's lock guards those of a table; to a {@link #copy} nobody writes.
 */
final class RecordColumns {
    /** Set in the slots of far records. */
    static final int FAR = 1 << 30;

    final RecordRows near;
    final RecordRows far;
    final AddressColumn farAddresses;
    private long startHigh;
    private long startLow;

    RecordColumns(AddressColumn farAddresses) {
        this(new RecordRows(), new RecordRows(), farAddresses);
    }

    private RecordColumns(RecordRows near, RecordRows far, AddressColumn farAddresses) {
        this.near = near;
        this.far = far;
        this.farAddresses = farAddresses;
    }

    /** Lets near slots count from this address; no near one is in use. */
    void startAt(long high, long low) {
        startHigh = high;
        startLow = low;
    }

    /** How far an address lies behind the start, as an unsigned number; -1 when there is no such number of 64 bits. */
    long distance(long high, long low) {
        return high == startHigh && Long.compareUnsigned(low, startLow) >= 0 ? low - startLow : -1;
    }

    /** The used slot after this one, {@link RecordTable#NONE} behind the last; begins with {@link RecordTable#NONE}. */
    int nextUsed(int slot) {
        for (int row = slot + 1; row < near.capacity(); row++) {
            if (near.isUsed(row)) {
                return row;
            }
        }
        for (int row = slot < FAR ? 0 : (slot ^ FAR) + 1; row < far.capacity(); row++) {
            if (far.isUsed(row)) {
                return row | FAR;
            }
        }
        return RecordTable.NONE;
    }

    boolean isUsed(int slot) {
        return rows(slot).isUsed(row(slot));
    }

    Owner owner(int slot) {
        Owner owner = rows(slot).owner(row(slot));
        if (owner == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return owner;
    }

    String interfaceName(int slot) {
        return rows(slot).interfaceName(row(slot));
    }

    long generation(int slot) {
        return rows(slot).generation(row(slot));
    }

    long high(int slot) {
        return slot < FAR ? startHigh : farAddresses.high(slot ^ FAR);
    }

    long low(int slot) {
        return slot < FAR ? startLow + slot : farAddresses.low(slot ^ FAR);
    }

    RecordRows rows(int slot) {
        return slot < FAR ? near : far;
    }

    static int row(int slot) {
        return slot & ~FAR;
    }

    /** The same in arrays of their own, for reading without the lock. Cost: O(slots). */
    RecordColumns copy() {
        RecordColumns copy = new RecordColumns(
                near.copy(near.capacity()), far.copy(far.capacity()), farAddresses.copy(far.capacity()));
        copy.startAt(startHigh, startLow);
        return copy;
    }
}
