package io.ipam.record;

import io.ipam.owner.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table of records: by slot the address, the owner, the interface, and the
 * generation of a record.
 *
 * <p>Layout: an array per column, all of one fixed length. An empty slot has no owner; it keeps the
 * name of its last interface.
 *
 * <pre>
 * slot         0          1         2
 * address      10.0.0.4   -         10.0.0.9
 * owner        cart-0     null      db-0
 * interface    eth0       -         eth0
 * generation   17         (list)    12
 * </pre>
 *
 * <p>Cost: O(1) per access. Memory: 20 B per slot if at most 32 bits of the addresses differ, 24 B
 * for at most 64 bits, otherwise 32 B. Thread safety: those of a table are guarded by the ledger's
 * lock; no thread writes to the copy that a table returns.
 */
public final class RecordColumns {
    private static final int NONE = -1;

    private final KeyColumn addresses;
    private final @Nullable Owner[] owners;
    private final @Nullable String[] names;
    private final long[] generations;
    /**
     * The name that was stored last. Nearly all names of a pool are equal: they share one object.
     */
    private String latestName = "";

    RecordColumns(KeyColumn addresses, int length) {
        this(addresses.copy(length), new Owner[length], new String[length], new long[length]);
    }

    private RecordColumns(KeyColumn addresses, @Nullable Owner[] owners, @Nullable String[] names, long[] generations) {
        this.addresses = addresses;
        this.owners = owners;
        this.names = names;
        this.generations = generations;
    }

    /**
     * {@return a copy with its own arrays, cut or filled with empty slots to {@code length} slots}
     */
    RecordColumns copy(int length) {
        return new RecordColumns(
                addresses.copy(length),
                Arrays.copyOf(owners, length),
                Arrays.copyOf(names, length),
                Arrays.copyOf(generations, length));
    }

    /** {@return the number of slots} */
    int length() {
        return owners.length;
    }

    KeyColumn addresses() {
        return addresses;
    }

    /**
     * Stores the parts of a record that may change. An equal name is not stored again: a reference
     * store is expensive under G1.
     */
    void put(int slot, Owner owner, String interfaceName, long generation) {
        if (!interfaceName.equals(latestName)) {
            latestName = interfaceName;
        }
        owners[slot] = owner;
        if (!latestName.equals(names[slot])) {
            names[slot] = latestName;
        }
        generations[slot] = generation;
    }

    /** Empties a slot and stores the numbers of two other slots there. */
    void clear(int slot, int previous, int next) {
        owners[slot] = null;
        generations[slot] = pair(previous, next);
    }

    private static long pair(int previous, int next) {
        return (long) previous << Integer.SIZE | Integer.toUnsignedLong(next);
    }

    /** {@return the first number that is stored in an empty slot} */
    int previous(int emptySlot) {
        return (int) (generations[emptySlot] >> Integer.SIZE);
    }

    /** {@return the second number that is stored in an empty slot} */
    int next(int emptySlot) {
        return (int) generations[emptySlot];
    }

    /** Stores the first number in an empty slot. */
    void setPrevious(int emptySlot, int previous) {
        generations[emptySlot] = pair(previous, next(emptySlot));
    }

    /** Stores the second number in an empty slot. */
    void setNext(int emptySlot, int next) {
        generations[emptySlot] = pair(previous(emptySlot), next);
    }

    /**
     * {@return the next slot that holds a record, -1 after the last} Cost: O(slots) for all.
     *
     * @param slot the slot before, -1 for the first
     */
    public int nextUsed(int slot) {
        for (int next = slot + 1; next < owners.length; next++) {
            if (owners[next] != null) {
                return next;
            }
        }
        return NONE;
    }

    /** {@return whether a slot holds a record} */
    public boolean isUsed(int slot) {
        return slot < owners.length && owners[slot] != null;
    }

    /** {@return bits 127 to 64 of the address} */
    public long high(int slot) {
        return addresses.high(slot);
    }

    /** {@return bits 63 to 0 of the address} */
    public long low(int slot) {
        return addresses.low(slot);
    }

    /** {@return the owner} It fails with IllegalStateException if the slot is empty. */
    public Owner owner(int slot) {
        Owner owner = owners[slot];
        if (owner == null) {
            throw emptySlot(slot);
        }
        return owner;
    }

    /**
     * {@return the interface, an empty text if it is unknown} It fails with IllegalStateException
     * if the slot is empty.
     */
    public String interfaceName(int slot) {
        String name = names[slot];
        if (name == null || owners[slot] == null) {
            throw emptySlot(slot);
        }
        return name;
    }

    /** {@return the generation} */
    public long generation(int slot) {
        return generations[slot];
    }

    private static IllegalStateException emptySlot(int slot) {
        return new IllegalStateException("slot " + slot + " holds no record");
    }
}
