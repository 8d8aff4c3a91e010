package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of one pool: which address is held by whom, for which interface, under which generation.
 *
 * <p>Layout: a record is a slot, a number that stays the same while the record lives. Columns are parallel arrays indexed by
 * slot; free slots form a list through the generation column. An index with open addressing and linear probing finds the slot
 * of an address:
 *
 * <pre>
 * index     [ 0 | 3 | 0 | 1 | 2 | 0 | 0 | 0 ]      slot + 1, 0 is empty; a power of two, at most 3/4 full; the upper 5 bits
 *                                                  tell how far the entry is from where its probe starts, 31 is 31 or more
 * slot         0        1        2
 * address   10.0.0.9 10.0.0.4 10.0.0.7             {@link AddressColumn}: 4 to 16 B
 * owner     cart-0   cart-0   db-0                 a reference; null in a free slot
 * interface eth0     net1     eth0                 a reference to a shared text
 * generation 17       18       12                  8 B
 * </pre>
 *
 * <p>Cost: every operation O(1), 0 B but for growth; 20 B and 5 to 11 B of index per record of a dense pool. The arrays grow
 * by a quarter and are never cut. Thread safety: none, the ledger's lock guards it.
 */
final class RecordTable {
    /** No record: what {@link #find} answers for an address that nobody holds. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 4;
    /** The bits of an index entry for slot + 1. Above them its distance: most probes and moves need no look at an address. */
    private static final int SLOT_BITS = 27;

    private static final int MOST_SLOTS = (1 << SLOT_BITS) - 1;
    private static final int FAR = 31;

    private final int hostBits;
    private final AddressColumn addresses;
    private @Nullable Owner[] owners;
    private @Nullable String[] interfaceNames;
    /** The generation, or in a free slot the next free slot + 1. */
    private long[] generations;

    private int[] index;
    private int size;
    /** Slots that were ever in use: all slots from here on are fresh. */
    private int used;
    /** The first of the list of free slots below {@code used}, + 1; 0 ends the list. */
    private int firstFree;

    RecordTable(long baseHigh, long baseLow, int hostBits) {
        this.hostBits = hostBits;
        addresses = new AddressColumn(baseHigh, baseLow, hostBits, FIRST_CAPACITY);
        owners = new Owner[FIRST_CAPACITY];
        interfaceNames = new String[FIRST_CAPACITY];
        generations = new long[FIRST_CAPACITY];
        index = new int[2 * FIRST_CAPACITY];
    }

    /** How many records there are. */
    int size() {
        return size;
    }

    /** One more than the highest slot that was ever in use: the bound of a loop over all slots. */
    int slotBound() {
        return used;
    }

    /** Whether the slot below {@link #slotBound} holds a record. */
    boolean isUsed(int slot) {
        return owners[slot] != null;
    }

    /** The slot of an address, or {@link #NONE}. */
    int find(long high, long low) {
        int mask = index.length - 1;
        int distance = 0;
        for (int i = home(high, low, mask); index[i] != 0; i = (i + 1) & mask) {
            int slot = slotAt(i);
            if (index[i] >>> SLOT_BITS == Math.min(distance++, FAR) && addresses.holds(slot, high, low)) {
                return slot;
            }
        }
        return NONE;
    }

    private int slotAt(int i) {
        return (index[i] & MOST_SLOTS) - 1;
    }

    /** Adds a record for an address that has none and answers its slot. */
    int add(long high, long low, Owner owner, String interfaceName, long generation) {
        if (4 * (size + 1) > 3 * index.length) {
            rebuildIndex(2 * index.length);
        }
        int slot = freeSlot();
        addresses.set(slot, high, low);
        owners[slot] = owner;
        interfaceNames[slot] = interfaceName;
        generations[slot] = generation;
        enter(slot);
        size++;
        return slot;
    }

    /** Gives the record in a slot a new owner object, interface and generation; the address stays. */
    void replace(int slot, Owner owner, String interfaceName, long generation) {
        owners[slot] = owner;
        interfaceNames[slot] = interfaceName;
        generations[slot] = generation;
    }

    /** Removes the record in a slot. */
    void remove(int slot) {
        leave(slot);
        owners[slot] = null;
        interfaceNames[slot] = null;
        generations[slot] = firstFree;
        firstFree = slot + 1;
        size--;
    }

    long high(int slot) {
        return addresses.high(slot);
    }

    long low(int slot) {
        return addresses.low(slot);
    }

    Owner owner(int slot) {
        return present(owners[slot], slot);
    }

    String interfaceName(int slot) {
        return present(interfaceNames[slot], slot);
    }

    long generation(int slot) {
        return generations[slot];
    }

    /** The records in arrays of their own, for reading without the lock. Cost: O(slots). */
    RecordColumns copy() {
        return new RecordColumns(
                addresses.copy(used),
                Arrays.copyOf(owners, used),
                Arrays.copyOf(interfaceNames, used),
                Arrays.copyOf(generations, used));
    }

    private static <T> T present(@Nullable T value, int slot) {
        if (value == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return value;
    }

    private int freeSlot() {
        if (firstFree != 0) {
            int slot = firstFree - 1;
            firstFree = (int) generations[slot];
            return slot;
        }
        if (used == MOST_SLOTS) {
            throw new IllegalStateException("a pool has no room for more than " + MOST_SLOTS + " records");
        }
        if (used == owners.length) {
            resize(grown(used));
        }
        return used++;
    }

    /** A quarter more, but not more than there are addresses: half more would cost 4 B per record on average. */
    private int grown(int capacity) {
        int more = capacity + (capacity >> 2) + 1;
        return hostBits < Integer.SIZE - 1 ? Math.min(more, 1 << hostBits) : more;
    }

    private void resize(int capacity) {
        addresses.resize(capacity);
        owners = Arrays.copyOf(owners, capacity);
        interfaceNames = Arrays.copyOf(interfaceNames, capacity);
        generations = Arrays.copyOf(generations, capacity);
    }

    private void rebuildIndex(int length) {
        index = new int[length];
        for (int slot = 0; slot < used; slot++) {
            if (isUsed(slot)) {
                enter(slot);
            }
        }
    }

    private void enter(int slot) {
        int mask = index.length - 1;
        int home = homeOf(slot, mask);
        int i = home;
        while (index[i] != 0) {
            i = (i + 1) & mask;
        }
        put(i, slot, (i - home) & mask);
    }

    private void put(int i, int slot, int distance) {
        index[i] = (slot + 1) | (Math.min(distance, FAR) << SLOT_BITS);
    }

    /** How far the entry at {@code i} is from where its probe starts. */
    private int distanceAt(int i, int mask) {
        int distance = index[i] >>> SLOT_BITS;
        return distance < FAR ? distance : (i - homeOf(slotAt(i), mask)) & mask;
    }

    /** Takes a slot out of the index and moves later entries of its cluster back, so that no probe meets a gap. */
    private void leave(int slot) {
        int mask = index.length - 1;
        int gap = homeOf(slot, mask);
        while (slotAt(gap) != slot) {
            gap = (gap + 1) & mask;
        }
        for (int i = (gap + 1) & mask; index[i] != 0; i = (i + 1) & mask) {
            int distance = distanceAt(i, mask);
            int back = (i - gap) & mask;
            // The entry may move back unless its home lies behind the gap.
            if (distance >= back) {
                put(gap, slotAt(i), distance - back);
                gap = i;
            }
        }
        index[gap] = 0;
    }

    private int homeOf(int slot, int mask) {
        return home(addresses.high(slot), addresses.low(slot), mask);
    }

    /** Where the probe for an address starts. */
    private static int home(long high, long low, int mask) {
        return Hash.ofAddress(high, low) & mask;
    }
}
