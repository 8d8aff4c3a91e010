package io.ipam.record;

import io.ipam.owner.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The records of the owners of one stripe, by the identity of the owner. A record is named by the
 * number of its pool and its slot there.
 *
 * <p>Layout: open addressing with linear probing and backward-shift deletion, at most 5/8 full, and
 * half full after growth: a removal moves few references. The key and the record of an entry are
 * next to each other, so a search reads one place in memory before it compares owners.
 *
 * <pre>
 * entry    0        1       2       3
 * owner    null     cart-0  null    db-0     an owner object of this identity, or null
 * key      0        h       0       h        2^32 + {@link OwnerHashes#ofIdentity}, or 0
 * record   0        3:17    0       ~0       pool * 2^32 + slot of the only record,
 *                                            or ~ the first link in {@link RecordLists}
 * </pre>
 *
 * <p>A link names a record of an owner. A number from 0 on is a link of RecordLists; {@code -2 -
 * entry} is the only record of an entry. A link is valid until the next change.
 *
 * <p>Cost: O(1) per operation, {@link #remove} of one of n records of an owner included; 0 B except
 * for growth by a quarter. 32 to 40 B per owner, and 25 to 31 B per record of an owner with
 * several. The arrays never shrink. Thread safety: guarded by the lock of the stripe.
 */
public final class OwnerTable {
    /** No link, no entry. */
    public static final int NONE = -1;

    private static final int SPARE_OWNERS = 4;

    private static final @Nullable Owner[] NO_OWNERS = {};
    private static final long[] NO_WORDS = {};
    private static final long USED = 1L << Integer.SIZE;

    private final RecordLists lists = new RecordLists();
    private @Nullable Owner[] owners = NO_OWNERS;
    /** The key of entry e at 2e, its record at 2e + 1. */
    private long[] words = NO_WORDS;

    private int size;

    /** A table without owners. */
    public OwnerTable() {}

    /** {@return the number of owners} */
    public int size() {
        return size;
    }

    /** {@return the number of entries, empty ones included} For tests: growth is bounded. */
    int capacity() {
        return owners.length;
    }

    /** {@return the first link of an owner, {@link #NONE} if it holds nothing} */
    public int first(Owner owner, int hash) {
        int entry = find(owner, hash);
        return entry == NONE ? NONE : firstOf(entry);
    }

    /** {@return the link after this one, {@link #NONE} after the last} */
    public int next(int link) {
        return link < 0 ? NONE : lists.next(link);
    }

    /** {@return the number of the pool of a link} */
    public int pool(int link) {
        return (int) (record(link) >>> Integer.SIZE);
    }

    /** {@return the slot of a link in the records of its pool} */
    public int slot(int link) {
        return (int) record(link);
    }

    private long record(int link) {
        return link < 0 ? recordOf(-2 - link) : lists.record(link);
    }

    /** {@return the number of records of an owner} */
    public int count(Owner owner, int hash) {
        int entry = find(owner, hash);
        if (entry == NONE) {
            return 0;
        }
        long record = recordOf(entry);
        return record < 0 ? lists.count((int) ~record) : 1;
    }

    /**
     * {@return the entry after this one, {@link #NONE} after the last}
     *
     * @param entry the entry before, {@link #NONE} for the first
     */
    public int nextEntry(int entry) {
        for (int next = entry + 1; next < owners.length; next++) {
            if (owners[next] != null) {
                return next;
            }
        }
        return NONE;
    }

    /** {@return the owner of an entry} */
    public Owner owner(int entry) {
        Owner owner = owners[entry];
        if (owner == null) {
            throw new IllegalStateException("entry " + entry + " is empty");
        }
        return owner;
    }

    /** {@return the first link of the owner of an entry} */
    public int firstOf(int entry) {
        long record = recordOf(entry);
        return record < 0 ? (int) ~record : -2 - entry;
    }

    /**
     * Makes room: the next {@code more} calls of {@link #add} for this owner create no object and
     * cannot fail, even after removals of its records. The room is for {@code more} records in
     * total, not in addition to an earlier call. Records of other owners that are added in between
     * use it up. If this method fails, no record has changed.
     *
     * @param owner the owner
     * @param hash the hash of its identity
     * @param more the number of records that will be added
     */
    public void reserve(Owner owner, int hash, int more) {
        int entry = find(owner, hash);
        if (entry == NONE && more > 0) {
            reserveEntry();
        }
        lists.reserve(linksFor(entry, more));
    }

    /**
     * {@return the number of links that records need} The only record of an owner moves to a link
     * when a second one is added.
     */
    private int linksFor(int entry, int more) {
        if (entry == NONE) {
            return more < 2 ? 0 : more;
        }
        return recordOf(entry) < 0 ? more : more + 1;
    }

    private void reserveEntry() {
        if (8 * (size + 1L) > 5L * owners.length) {
            long owned = 5L * size / 4 + SPARE_OWNERS;
            resize(Math.toIntExact(2 * owned));
        }
    }

    private void resize(int length) {
        @Nullable Owner[] oldOwners = owners;
        long[] oldWords = words;
        @Nullable Owner[] nextOwners = new Owner[length];
        long[] nextWords = new long[2 * length];
        owners = nextOwners;
        words = nextWords;
        for (int entry = 0; entry < oldOwners.length; entry++) {
            if (oldWords[2 * entry] != 0) {
                put(oldOwners[entry], oldWords[2 * entry], oldWords[2 * entry + 1]);
            }
        }
    }

    /**
     * Adds a record to an owner. The owner must not have it already.
     *
     * @param owner the owner
     * @param hash the hash of its identity
     * @param pool the number of the pool, at least 0
     * @param slot the slot in the records of the pool, at least 0
     */
    public void add(Owner owner, int hash, int pool, int slot) {
        long record = name(pool, slot);
        int entry = find(owner, hash);
        if (entry == NONE) {
            reserveEntry();
            put(owner, key(hash), record);
            size++;
            return;
        }
        lists.reserve(linksFor(entry, 1));
        long present = recordOf(entry);
        int first = present < 0 ? (int) ~present : lists.start(hash, present);
        setRecord(entry, ~(long) lists.add(first, record));
    }

    /**
     * Removes a record of an owner, and the owner with its last record.
     *
     * @param owner the owner
     * @param hash the hash of its identity
     * @param pool the number of the pool
     * @param slot the slot in the records of the pool
     * @throws IllegalStateException if the owner does not have this record
     */
    public void remove(Owner owner, int hash, int pool, int slot) {
        long record = name(pool, slot);
        int entry = find(owner, hash);
        if (entry != NONE && recordOf(entry) == record) {
            removeEntry(entry);
        } else if (entry == NONE || recordOf(entry) >= 0 || !removeLink(entry, hash, record)) {
            throw new IllegalStateException("slot " + slot + " of pool " + pool + " is not a record of " + owner);
        }
    }

    /**
     * Removes a record from the list of an entry, if it is there. An owner with one record has no
     * list.
     */
    private boolean removeLink(int entry, int hash, long record) {
        int link = lists.find(hash, record);
        if (link == RecordLists.NONE) {
            return false;
        }
        int first = lists.remove((int) ~recordOf(entry), link);
        setRecord(entry, ~(long) first);
        if (lists.count(first) == 1) {
            setRecord(entry, lists.record(first));
            lists.remove(first, first);
        }
        return true;
    }

    /**
     * Replaces the owner object of an identity, so that the table does not keep an earlier one with
     * an outdated uid.
     *
     * @param next an owner of the same identity
     * @param hash the hash of its identity
     * @throws IllegalStateException if the owner has no record
     */
    public void replaceOwner(Owner next, int hash) {
        int entry = find(next, hash);
        if (entry == NONE) {
            throw new IllegalStateException(next + " has no record");
        }
        owners[entry] = next;
    }

    private static long name(int pool, int slot) {
        if ((pool | slot) < 0) {
            throw new IllegalArgumentException("pool and slot must be at least 0, were " + pool + " and " + slot);
        }
        return (long) pool << Integer.SIZE | slot;
    }

    /**
     * {@return the entry of an owner, or {@link #NONE}} A table with an owner has an empty entry,
     * at which the probe ends.
     */
    private int find(Owner owner, int hash) {
        if (size == 0) {
            return NONE;
        }
        long key = key(hash);
        int entry = home(key);
        for (long at = words[2 * entry]; at != 0; at = words[2 * entry]) {
            if (at == key && owner(entry).isSameAs(owner)) {
                return entry;
            }
            entry = after(entry);
        }
        return NONE;
    }

    private static long key(int hash) {
        return USED | Integer.toUnsignedLong(hash);
    }

    private long recordOf(int entry) {
        return words[2 * entry + 1];
    }

    private void setRecord(int entry, long record) {
        words[2 * entry + 1] = record;
    }

    private void put(@Nullable Owner owner, long key, long record) {
        int entry = home(key);
        while (words[2 * entry] != 0) {
            entry = after(entry);
        }
        set(entry, owner, key, record);
    }

    private void set(int entry, @Nullable Owner owner, long key, long record) {
        owners[entry] = owner;
        words[2 * entry] = key;
        words[2 * entry + 1] = record;
    }

    /**
     * Empties an entry. Later entries of its cluster move back unless their probe begins after the
     * gap.
     */
    private void removeEntry(int entry) {
        int gap = entry;
        for (int i = after(gap); words[2 * i] != 0; i = after(i)) {
            if (distance(home(words[2 * i]), i) >= distance(gap, i)) {
                set(gap, owners[i], words[2 * i], recordOf(i));
                gap = i;
            }
        }
        set(gap, null, 0, 0);
        size--;
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + owners.length;
    }

    private int after(int entry) {
        return entry + 1 == owners.length ? 0 : entry + 1;
    }

    /**
     * {@return the first entry of the probe for a key} Its hash times an odd number, as a fraction
     * of 2^32, selects it. The owners of a stripe may share some bits of their hashes, so these
     * bits alone would not suffice.
     */
    private int home(long key) {
        return (int) ((Integer.toUnsignedLong((int) key * 0x9E3779B9) * owners.length) >>> Integer.SIZE);
    }
}
