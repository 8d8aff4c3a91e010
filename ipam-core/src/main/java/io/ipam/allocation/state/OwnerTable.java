package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what: for the identity of an owner a list of records, each named by its ledger and its slot there.
 *
 * <p>Layout: owners in a table with open addressing and linear probing. The first record of an owner, for most the only one, lies in
 * his entry beside the hash; more of them in an arena of links, free links in a list of their own.
 *
 * <pre>
 * objects [ -, - | cart-0, ledger | -, - | db-0, ledger ]      a power of two of entries, at most 3/4 full
 * ints    [ 0, -, - | hash, slot, next | 1, -, - | hash, slot, next ]      0 is empty, 1 was left, a hash is negative
 * links   [ slot, next | slot, next | .. ]  and a ledger each; next is link + 1, 0 ends a list
 * </pre>
 *
 * <p>A record is named by a number: that of its link, or the complement of an entry less one. It is good until the next change.
 *
 * <p>Cost: find, add and remove O(records of that owner), 0 B but for growth; 27 to 54 B per owner, and 12 B per record more than
 * one. A look at one owner touches two lines of the cache; without the stored hash a probe of a large table costs a miss per entry.
 * The arrays are never cut. Thread safety: none, the stripe's lock guards it.
 */
final class OwnerTable {
    /** No entry, no record. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 4;
    /** Set in every stored hash, to tell it from the two below. */
    private static final int STORED = Integer.MIN_VALUE;

    private static final int EMPTY = 0;
    /** Of an entry that was left: a probe goes on behind it. */
    private static final int LEFT = 1;

    private static final @Nullable Object[] NO_OBJECTS = {};
    private static final @Nullable Ledger[] NO_LEDGERS = {};
    private static final int[] NO_INTS = {};

    /** At 2i the owner of entry i, at 2i + 1 the ledger of its first record; null in an empty entry. */
    private @Nullable Object[] objects = NO_OBJECTS;
    /** At 3i the hash of entry i, at 3i + 1 the slot of its first record, at 3i + 2 the next link + 1. */
    private int[] entries = NO_INTS;

    private int capacity;
    private int size;
    /** How many entries are {@link #LEFT}. */
    private int left;

    private @Nullable Ledger[] ledgers = NO_LEDGERS;
    /** At 2i the slot of link i, at 2i + 1 the next link + 1. */
    private int[] links = NO_INTS;

    private int usedLinks;
    /** The first free link below {@code usedLinks}, + 1. */
    private int freeLinks;

    /** How many owners hold something. */
    int size() {
        return size;
    }

    /** The first record of an owner, or {@link #NONE}. */
    int firstLink(Owner owner) {
        return firstLink(owner, Hash.ofIdentity(owner));
    }

    /** The same with {@link Hash#ofIdentity} of the owner, which is a look at cold memory, known already. */
    int firstLink(Owner owner, int hash) {
        int entry = find(owner, hash);
        return entry < 0 ? NONE : numberOf(entry);
    }

    /** The number of the record in an entry, and the entry of such a number. */
    private static int numberOf(int entry) {
        return NONE - 1 - entry;
    }

    private static boolean isInEntry(int link) {
        return link < NONE;
    }

    /** How many records there are from this one to the end of its list. */
    int linksFrom(int link) {
        int count = 0;
        for (int at = link; at != NONE; at = nextLink(at)) {
            count++;
        }
        return count;
    }

    /** The record after this one, or {@link #NONE}. */
    int nextLink(int link) {
        return (isInEntry(link) ? entries[3 * numberOf(link) + 2] : links[2 * link + 1]) - 1;
    }

    Ledger ledger(int link) {
        Ledger ledger = isInEntry(link) ? (Ledger) objects[2 * numberOf(link) + 1] : ledgers[link];
        if (ledger == null) {
            throw new IllegalStateException("link " + link + " is free");
        }
        return ledger;
    }

    int slot(int link) {
        return isInEntry(link) ? entries[3 * numberOf(link) + 1] : links[2 * link];
    }

    /** Adds a record to the owner's list, which is made if there is none; the table keeps this owner object from now on. */
    void add(Owner owner, int hash, Ledger ledger, int slot) {
        int entry = find(owner, hash);
        if (entry < 0) {
            addEntry(~entry, owner, hash, ledger, slot);
            return;
        }
        objects[2 * entry] = owner;
        int link = freeLink();
        ledgers[link] = ledger;
        links[2 * link] = slot;
        links[2 * link + 1] = entries[3 * entry + 2];
        entries[3 * entry + 2] = link + 1;
    }

    /** Keeps this owner object in place of one with the same identity. */
    void renew(Owner owner, int hash) {
        int entry = find(owner, hash);
        if (entry < 0) {
            throw new IllegalStateException("no entry of " + owner);
        }
        objects[2 * entry] = owner;
    }

    /** Takes a record out of the owner's list; an empty list goes. Throws IllegalStateException when it is not there. */
    void remove(Owner owner, int hash, Ledger ledger, int slot) {
        int entry = find(owner, hash);
        if (entry >= 0 && entries[3 * entry + 1] == slot && objects[2 * entry + 1] == ledger) {
            removeFirst(entry);
            return;
        }
        int before = NONE;
        int link = entry < 0 ? NONE : nextLink(numberOf(entry));
        while (link != NONE && !(slot(link) == slot && ledgers[link] == ledger)) {
            before = link;
            link = nextLink(link);
        }
        if (link == NONE) {
            throw new IllegalStateException("slot " + slot + " of " + ledger + " is not in the list of " + owner);
        }
        int next = links[2 * link + 1];
        if (before == NONE) {
            entries[3 * entry + 2] = next;
        } else {
            links[2 * before + 1] = next;
        }
        free(link);
    }

    /** Takes the record of an entry out: the one behind it moves up. */
    private void removeFirst(int entry) {
        int link = entries[3 * entry + 2] - 1;
        if (link == NONE) {
            removeEntry(entry);
            return;
        }
        objects[2 * entry + 1] = ledgers[link];
        entries[3 * entry + 1] = links[2 * link];
        entries[3 * entry + 2] = links[2 * link + 1];
        free(link);
    }

    /** Entries below this bound may be in use. */
    int entryBound() {
        return capacity;
    }

    /** The owner object of an entry, null when it is not in use. */
    @Nullable
    Owner ownerOf(int entry) {
        return (Owner) objects[2 * entry];
    }

    /** The entry of an owner; when there is none, the complement of the empty one where the search ended. */
    private int find(Owner owner, int hash) {
        if (capacity == 0) {
            return NONE;
        }
        int mask = capacity - 1;
        int stored = hash | STORED;
        int reusable = NONE;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            // Both are read before either is looked at, so that a large table is waited for once.
            int there = entries[3 * i];
            Object ownerThere = objects[2 * i];
            if (ownerThere == owner) {
                return i;
            }
            if (there == EMPTY) {
                return reusable == NONE ? ~i : ~reusable;
            }
            if (there == stored && ownerThere != null && owner.isSameAs((Owner) ownerThere)) {
                return i;
            }
            if (there == LEFT && reusable == NONE) {
                reusable = i;
            }
        }
    }

    private void addEntry(int empty, Owner owner, int hash, Ledger ledger, int slot) {
        int entry = empty;
        if (capacity > 0 && entries[3 * empty] == LEFT) {
            left--;
        } else if (4 * (size + left + 1) > 3 * capacity) {
            rebuild();
            entry = emptyFrom(hash & (capacity - 1));
        }
        size++;
        objects[2 * entry] = owner;
        objects[2 * entry + 1] = ledger;
        put(entry, hash | STORED, slot, 0);
    }

    private int emptyFrom(int home) {
        int i = home;
        while (entries[3 * i] != EMPTY) {
            i = (i + 1) & (capacity - 1);
        }
        return i;
    }

    private void put(int entry, int stored, int slot, int next) {
        entries[3 * entry] = stored;
        entries[3 * entry + 1] = slot;
        entries[3 * entry + 2] = next;
    }

    /** Moves to arrays without entries that were left: of the same length when there were many, else twice as long. */
    private void rebuild() {
        int length = Math.max(FIRST_CAPACITY, left > size ? capacity : 2 * capacity);
        @Nullable Object[] newObjects = new Object[2 * length];
        int[] newEntries = new int[3 * length];
        // Nothing can fail from here on.
        @Nullable Object[] oldObjects = objects;
        int[] oldEntries = entries;
        objects = newObjects;
        entries = newEntries;
        capacity = length;
        left = 0;
        for (int i = 0; i < oldEntries.length / 3; i++) {
            int stored = oldEntries[3 * i];
            if (stored < 0) {
                int to = emptyFrom(stored & (capacity - 1));
                objects[2 * to] = oldObjects[2 * i];
                objects[2 * to + 1] = oldObjects[2 * i + 1];
                put(to, stored, oldEntries[3 * i + 1], oldEntries[3 * i + 2]);
            }
        }
    }

    /**
     * Empties an entry. Later ones of its cluster stay where they are, for to move references costs more than to pass an entry that
     * was left; where the next entry is empty, no probe needs to pass it.
     */
    private void removeEntry(int entry) {
        objects[2 * entry] = null;
        objects[2 * entry + 1] = null;
        size--;
        int mask = capacity - 1;
        entries[3 * entry] = LEFT;
        left++;
        if (entries[3 * ((entry + 1) & mask)] == EMPTY) {
            for (int i = entry; entries[3 * i] == LEFT; i = (i - 1) & mask) {
                entries[3 * i] = EMPTY;
                left--;
            }
        }
    }

    private int freeLink() {
        if (freeLinks != 0) {
            int link = freeLinks - 1;
            freeLinks = links[2 * link + 1];
            return link;
        }
        if (usedLinks == ledgers.length) {
            int more = Math.max(FIRST_CAPACITY, usedLinks + (usedLinks >> 1));
            ledgers = Arrays.copyOf(ledgers, more);
            links = Arrays.copyOf(links, 2 * more);
        }
        return usedLinks++;
    }

    private void free(int link) {
        ledgers[link] = null;
        links[2 * link + 1] = freeLinks;
        freeLinks = link + 1;
    }
}
