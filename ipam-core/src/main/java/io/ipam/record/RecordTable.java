package io.ipam.record;

import io.ipam.owner.Owner;

/**
 * The records of one pool: the held addresses, each with its owner, its interface, and its
 * generation.
 *
 * <p>Layout: a record is in a slot, which it keeps until it is removed: a row of {@link
 * RecordColumns}. The home of an address is the slot whose number is its distance from the origin,
 * the first address added to an empty table. A record is in its home if that slot exists and is
 * empty. Otherwise it is displaced: it is in any slot, and a {@link KeyIndex} finds it. Dense pools
 * need no index. Empty slots form a doubly linked list, the latest first; each stores the numbers
 * of its neighbors.
 *
 * <p>Invariants: HOME: a record is in the index if and only if its slot is not its home. ROOM: the
 * columns and the index have a row for every reserved record. So {@link #add} after {@link
 * #reserve} allocates nothing and cannot fail.
 *
 * <p>Cost: O(1) per operation, 0 B except for growth by a quarter. Memory: 20 to 25 B per record if
 * at most 32 bits of the addresses differ. For at most 64 bits it is 24 to 30 B, otherwise 32 to 40
 * B. A displaced record needs 5 to 6 B more. The arrays never shrink. Thread safety: guarded by the
 * ledger's lock.
 */
public final class RecordTable {
    /** No slot: the address is not held. */
    public static final int NONE = -1;

    private static final int SPARE_SLOTS = 8;

    private final long hashSeed;
    private RecordColumns columns;
    private KeyIndex index;
    private int size;
    /** The number of characters in the namespaces, names, and uids of all owners. */
    private long ownerLength;
    /** The number of displaced records. */
    private int displaced;
    /** The greatest number of displaced records. */
    private int indexRoom;
    /** Bits 63 to 0 of the address whose home is slot 0. Changes only while the table is empty. */
    private long origin;
    /** The first slot of the list of empty slots, or {@link #NONE}. */
    private int firstEmpty = NONE;

    /**
     * A table without records.
     *
     * @param baseHigh bits 127 to 64 of the first address of the subnet
     * @param baseLow bits 63 to 0 of the first address of the subnet
     * @param hostBits the number of low bits in which addresses differ
     * @param hashSeed the secret seed of the hash of addresses
     */
    public RecordTable(long baseHigh, long baseLow, int hostBits, long hashSeed) {
        this.hashSeed = hashSeed;
        columns = new RecordColumns(new KeyColumn(baseHigh, baseLow, hostBits, 0), 0);
        index = new KeyIndex(columns.addresses(), 0, hashSeed);
    }

    /** {@return the number of records} */
    public int size() {
        return size;
    }

    /** {@return the number of characters in the namespaces, names, and uids of all owners} */
    public long ownerLength() {
        return ownerLength;
    }

    private static int length(Owner owner) {
        return owner.namespace().length() + owner.name().length() + owner.uid().length();
    }

    /**
     * Makes room: the next {@code more} calls of {@link #add} create no object and cannot fail,
     * regardless of removals and replacements between them. The room is for {@code more} records in
     * total, not in addition to an earlier call. If this method fails, the table is unchanged.
     *
     * @param more the number of records that will be added
     * @throws IllegalStateException if the table would hold more than 2^27 - 1 records
     */
    public void reserve(int more) {
        long needed = (long) size + more;
        if (needed > KeyIndex.MOST_ROWS) {
            throw new IllegalStateException(
                    "a pool must hold at most " + KeyIndex.MOST_ROWS + " records, not " + needed);
        }
        int length = grown(columns.length(), needed);
        int room = grown(indexRoom, (long) displaced + more);
        if (length > columns.length() || room > indexRoom) {
            resize(length, room);
        }
    }

    private static int grown(int present, long needed) {
        long grown = 5L * present / 4 + SPARE_SLOTS;
        return needed <= present ? present : (int) Math.min(Math.max(needed, grown), KeyIndex.MOST_ROWS);
    }

    /**
     * Moves the records to columns of a length and the displaced ones to an index of a capacity;
     * the slots stay.
     */
    private void resize(int length, int room) {
        int before = columns.length();
        RecordColumns next = length > before ? columns.copy(length) : columns;
        KeyIndex nextIndex = new KeyIndex(next.addresses(), room, hashSeed);
        if (displaced > 0) {
            for (int slot = next.nextUsed(NONE); slot != NONE; slot = next.nextUsed(slot)) {
                if (home(next.low(slot)) != slot) {
                    nextIndex.add(slot);
                }
            }
        }
        columns = next;
        index = nextIndex;
        indexRoom = room;
        for (int slot = length - 1; slot >= before; slot--) {
            link(slot);
        }
    }

    /** {@return the number of the home of an address, which may be beyond the columns} */
    private long home(long low) {
        return low - origin;
    }

    /** {@return the number of records that fit} For tests: growth is bounded. */
    int capacity() {
        return columns.length();
    }

    /** {@return the slot of an address, {@link #NONE} if it is not held} */
    public int find(long high, long low) {
        long home = home(low);
        if (isSlot(home) && columns.isUsed((int) home) && low((int) home) == low && high((int) home) == high) {
            return (int) home;
        }
        return displaced == 0 ? NONE : index.find(high, low);
    }

    private boolean isSlot(long number) {
        return number >= 0 && number < columns.length();
    }

    /** Adds a record, whose address must not be held; returns its slot. */
    public int add(long high, long low, Owner owner, String interfaceName, long generation) {
        reserve(1);
        if (size == 0) {
            origin = low;
        }
        long home = home(low);
        int slot = isSlot(home) && !columns.isUsed((int) home) ? (int) home : firstEmpty;
        unlink(slot);
        columns.addresses().set(slot, high, low);
        columns.put(slot, owner, interfaceName, generation);
        if (slot != home) {
            index.add(slot);
            displaced++;
        }
        size++;
        ownerLength += length(owner);
        return slot;
    }

    /** Adds an empty slot to the list. */
    private void link(int slot) {
        columns.clear(slot, NONE, firstEmpty);
        if (firstEmpty != NONE) {
            columns.setPrevious(firstEmpty, slot);
        }
        firstEmpty = slot;
    }

    /** Removes an empty slot from the list. */
    private void unlink(int slot) {
        int previous = columns.previous(slot);
        int next = columns.next(slot);
        if (previous == NONE) {
            firstEmpty = next;
        } else {
            columns.setNext(previous, next);
        }
        if (next != NONE) {
            columns.setPrevious(next, previous);
        }
    }

    /** Replaces the owner object, the interface, and the generation of the record in a slot. */
    public void replace(int slot, Owner owner, String interfaceName, long generation) {
        requireUsed(slot);
        ownerLength += length(owner) - length(columns.owner(slot));
        columns.put(slot, owner, interfaceName, generation);
    }

    /** Removes the record in a slot. */
    public void remove(int slot) {
        requireUsed(slot);
        if (slot != home(low(slot))) {
            index.remove(slot);
            displaced--;
        }
        ownerLength -= length(columns.owner(slot));
        link(slot);
        size--;
    }

    private void requireUsed(int slot) {
        if (!isUsed(slot)) {
            throw new IllegalStateException("slot " + slot + " holds no record");
        }
    }

    /**
     * {@return the next slot that holds a record, {@link #NONE} after the last} Cost: O(slots) for
     * all.
     *
     * @param slot the slot before, {@link #NONE} for the first
     */
    public int nextUsed(int slot) {
        return columns.nextUsed(slot);
    }

    /** {@return whether a slot holds a record} */
    public boolean isUsed(int slot) {
        return columns.isUsed(slot);
    }

    /** {@return bits 127 to 64 of the address of a record} */
    public long high(int slot) {
        return columns.high(slot);
    }

    /** {@return bits 63 to 0 of the address of a record} */
    public long low(int slot) {
        return displaced == 0 ? origin + slot : columns.low(slot);
    }

    /** {@return the owner of a record} It fails with IllegalStateException if the slot is empty. */
    public Owner owner(int slot) {
        return columns.owner(slot);
    }

    /**
     * {@return the interface of a record} It fails with IllegalStateException if the slot is empty.
     */
    public String interfaceName(int slot) {
        return columns.interfaceName(slot);
    }

    /** {@return the generation of a record} */
    public long generation(int slot) {
        return columns.generation(slot);
    }

    /**
     * {@return the records in arrays of their own, for reading without the lock} Cost: O(slots).
     */
    public RecordColumns copy() {
        return columns.copy(columns.length());
    }
}
