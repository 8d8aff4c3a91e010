package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The records of one pool: which address is held by whom, for which interface, under which generation.
 *
 * <p>Layout: a record is a slot, a number that stays the same while the record lives. Pools fill from their lowest address, or
 * fill up: so the records from a start on lie in an array by their distance from it, and need neither their address nor an index.
 *
 * <pre>
 * near   10.0.0.4  10.0.0.5  10.0.0.6  10.0.0.7 ..   slot = address - start; at most about half of the rows are made in vain
 *        cart-0    cart-1    -         db-0
 * far    10.0.9.1  10.0.7.77  -                      slot = row | FAR; the address is stored, {@link AddressSlots} finds it
 *        web-3     web-4      -                      empty rows form a list through the generations
 * </pre>
 *
 * <p>A record is near when there is a row for it, or would be one in an array for twice as many as there are; else far. It stays
 * where it was put.
 *
 * <p>Cost: every operation O(1), 0 B but for growth; near 12 to 24 B per record, far 23 to 45 B, and 4 B more where names of interfaces differ. Releasing and allocating by
 * turns touches two lines of the cache for a near record, where parallel columns and an index touch six or more (goal 6 of Ratios).
 * The arrays grow by a quarter and are never cut. Thread safety: none, the ledger's lock guards it, but for {@link #isOwner}.
 */
final class RecordTable {
    /** No record: what {@link #find} answers for an address that nobody holds. */
    static final int NONE = -1;

    /** So many rows are made at first, if the subnet has them: the first does not share a line of the cache with what lies behind the array. */
    private static final int FIRST_ROWS = 16;
    /** So many near rows may be made in vain for a few records. */
    private static final int SPARE_ROWS = 8;
    /** Slots of near records are below {@link RecordColumns#FAR}. */
    private static final int MOST_NEAR_ROWS = 1 << 29;

    private final long lastLow;
    private final RecordColumns columns;
    private final AddressSlots farSlots;

    /** Those of the columns, by a shorter way. */
    private final RecordRows near;

    private int size;
    /** Far rows that were ever in use: all from here on are fresh. */
    private int farUsed;
    /** The first of the list of empty far rows below {@code farUsed}, + 1; 0 ends the list. */
    private int farEmpty;
    /** Behind the references, which come last: what lies behind is in other lines of the cache (decision 0059). */
    @SuppressWarnings("unused")
    private @Nullable Object r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    @SuppressWarnings("unused")
    private @Nullable Object r16, r17, r18, r19, r20, r21, r22, r23, r24, r25, r26, r27, r28, r29, r30, r31;

    /**
     * A table without records.
     *
     * @param baseHigh bits 127 to 64 of the first address of the subnet
     * @param baseLow bits 63 to 0 of it
     * @param hostBits how many low bits of the addresses differ
     */
    RecordTable(long baseHigh, long baseLow, int hostBits) {
        AddressColumn farAddresses = new AddressColumn(baseHigh, baseLow, hostBits, 0);
        columns = new RecordColumns(farAddresses);
        columns.startAt(baseHigh, baseLow);
        near = columns.near;
        farSlots = new AddressSlots(farAddresses);
        lastLow = hostBits < Long.SIZE ? baseLow | ((1L << hostBits) - 1) : -1;
    }

    /** Lets the array of near records start at an address, unless there are any. */
    void startAt(long high, long low) {
        if (size == farSlots.size()) {
            columns.startAt(high, low);
        }
    }

    /** How many records there are. */
    int size() {
        return size;
    }

    /** The slot of the record after this one, {@link #NONE} behind the last; begins with {@link #NONE}. Cost: O(slots) for all. */
    int nextUsed(int slot) {
        return columns.nextUsed(slot);
    }

    /** Whether a slot that was in use holds a record. */
    boolean isUsed(int slot) {
        return columns.isUsed(slot);
    }

    /** The slot of an address, or {@link #NONE}. */
    int find(long high, long low) {
        long distance = columns.distance(high, low);
        if (isNear(distance) && near.isUsed((int) distance)) {
            return (int) distance;
        }
        int row = farSlots.find(high, low);
        return row == NONE ? NONE : row | RecordColumns.FAR;
    }

    private boolean isNear(long distance) {
        return Long.compareUnsigned(distance, near.capacity()) < 0;
    }

    /** Adds a record for an address that has none and answers its slot. */
    int add(long high, long low, Owner owner, String interfaceName, long generation) {
        long distance = columns.distance(high, low);
        if (isNear(distance) || growsTo(distance, low)) {
            near.put((int) distance, owner, interfaceName, generation);
            size++;
            return (int) distance;
        }
        int row = farRow();
        columns.farAddresses.set(row, high, low);
        columns.far.put(row, owner, interfaceName, generation);
        farSlots.add(row);
        size++;
        return row | RecordColumns.FAR;
    }

    /** Whether room was made for a near record at this distance. */
    private boolean growsTo(long distance, long low) {
        long bound = Math.min(2L * size + SPARE_ROWS, MOST_NEAR_ROWS);
        if (Long.compareUnsigned(distance, bound) >= 0) {
            return false;
        }
        long wanted = Math.min(Math.max(distance + 1, grown(near.capacity())), MOST_NEAR_ROWS);
        long behind = lastLow - low;
        boolean isEndNear = behind >= 0 && behind < MOST_NEAR_ROWS;
        near.resize((int) (isEndNear ? Math.min(wanted, distance + 1 + behind) : wanted));
        return true;
    }

    private int farRow() {
        if (farEmpty != 0) {
            int row = farEmpty - 1;
            farEmpty = (int) columns.far.generation(row);
            return row;
        }
        if (farUsed == AddressSlots.MOST_ROWS) {
            throw new IllegalStateException("a pool has no room for more than " + farUsed + " scattered records");
        }
        if (farUsed == columns.far.capacity()) {
            int capacity = grown(farUsed);
            columns.far.resize(capacity);
            columns.farAddresses.resize(capacity);
        }
        return farUsed++;
    }

    private static int grown(int capacity) {
        return capacity + (capacity >> 2) + FIRST_ROWS;
    }

    /** Gives the record in a slot a new owner object, interface and generation; the address stays. */
    void replace(int slot, Owner owner, String interfaceName, long generation) {
        columns.rows(slot).put(RecordColumns.row(slot), owner, interfaceName, generation);
    }

    /** Removes the record in a slot. */
    void remove(int slot) {
        size--;
        if (slot < RecordColumns.FAR) {
            near.clear(slot);
            return;
        }
        int row = slot ^ RecordColumns.FAR;
        farSlots.remove(row);
        columns.far.clear(row);
        columns.far.keep(row, farEmpty);
        farEmpty = row + 1;
    }

    long high(int slot) {
        return columns.high(slot);
    }

    long low(int slot) {
        return columns.low(slot);
    }

    Owner owner(int slot) {
        return columns.owner(slot);
    }

    /** Whether this is the owner of a record, see {@link RecordRows#isOwner}. */
    boolean isOwner(int slot, Owner owner) {
        return columns.rows(slot).isOwner(RecordColumns.row(slot), owner);
    }

    String interfaceName(int slot) {
        return columns.interfaceName(slot);
    }

    long generation(int slot) {
        return columns.generation(slot);
    }

    /** The records in arrays of their own, for reading without the lock. Cost: O(slots). */
    RecordColumns copy() {
        return columns.copy();
    }
}
