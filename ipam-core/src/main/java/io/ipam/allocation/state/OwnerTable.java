package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what: for the identity of an owner a list of records, each named by its ledger and its slot there.
 *
 * <p>Layout: owners in a table with open addressing and linear probing, the hash stored beside the head of the list; lists in an
 * arena of links, free links in a list of their own.
 *
 * <pre>
 * owners  [ -  | cart-0 |  -  | db-0 ]      a power of two, at most 3/4 full
 * ints    [ -, - | hash, head | -, - | hash, head ]
 * links   [ slot, next | slot, next | .. ]  and a ledger each; next and head are link + 1, 0 ends a list
 * </pre>
 *
 * <p>Cost: find, add and remove O(records of that owner), 0 B but for growth; 16 to 32 B per owner and 12 B per record; without
 * the stored hash a probe of a large table costs a miss per entry. The arrays are never cut. Thread safety: none, the stripe's
 * lock guards it.
 */
final class OwnerTable {
    /** No entry, no link. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 4;
    private static final @Nullable Owner[] NO_OWNERS = {};
    private static final @Nullable Ledger[] NO_LEDGERS = {};
    private static final int[] NO_INTS = {};

    private @Nullable Owner[] owners = NO_OWNERS;
    /** At 2i the hash of entry i, at 2i + 1 its first link + 1. */
    private int[] entries = NO_INTS;

    private int size;

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

    /** The first link of an owner, or {@link #NONE}. */
    int firstLink(Owner owner) {
        return firstLink(owner, Hash.ofIdentity(owner));
    }

    /** The same with {@link Hash#ofIdentity} of the owner, which is a look at cold memory, known already. */
    int firstLink(Owner owner, int hash) {
        int entry = find(owner, hash);
        return entry < 0 ? NONE : head(entry) - 1;
    }

    /** How many links there are from this one to the end of its list. */
    int linksFrom(int link) {
        int count = 0;
        for (int at = link; at != NONE; at = nextLink(at)) {
            count++;
        }
        return count;
    }

    /** The link after this one, or {@link #NONE}. */
    int nextLink(int link) {
        return links[2 * link + 1] - 1;
    }

    Ledger ledger(int link) {
        Ledger ledger = ledgers[link];
        if (ledger == null) {
            throw new IllegalStateException("link " + link + " is free");
        }
        return ledger;
    }

    int slot(int link) {
        return links[2 * link];
    }

    /** Adds a record to the owner's list, which is made if there is none; the table keeps this owner object from now on. */
    void add(Owner owner, int hash, Ledger ledger, int slot) {
        int entry = find(owner, hash);
        if (entry < 0) {
            entry = addEntry(~entry, owner, hash);
        } else {
            owners[entry] = owner;
        }
        int link = freeLink();
        ledgers[link] = ledger;
        links[2 * link] = slot;
        links[2 * link + 1] = head(entry);
        setHead(entry, link + 1);
    }

    /** Keeps this owner object in place of one with the same identity. */
    void renew(Owner owner, int hash) {
        int entry = find(owner, hash);
        if (entry < 0) {
            throw new IllegalStateException("no entry of " + owner);
        }
        owners[entry] = owner;
    }

    /** Takes a record out of the owner's list; an empty list goes. Throws IllegalStateException when it is not there. */
    void remove(Owner owner, int hash, Ledger ledger, int slot) {
        int entry = find(owner, hash);
        int before = NONE;
        int link = entry < 0 ? NONE : head(entry) - 1;
        while (link != NONE && !(slot(link) == slot && ledgers[link] == ledger)) {
            before = link;
            link = nextLink(link);
        }
        if (link == NONE) {
            throw new IllegalStateException("slot " + slot + " of " + ledger + " is not in the list of " + owner);
        }
        int next = links[2 * link + 1];
        if (before != NONE) {
            links[2 * before + 1] = next;
        } else if (next != 0) {
            setHead(entry, next);
        } else {
            removeEntry(entry);
        }
        free(link);
    }

    /** Entries below this bound may be in use. */
    int entryBound() {
        return owners.length;
    }

    /** The owner object of an entry, null when it is not in use. */
    @Nullable
    Owner ownerOf(int entry) {
        return owners[entry];
    }

    /** The entry of an owner; when there is none, the complement of the empty one where the search ended. */
    private int find(Owner owner, int hash) {
        if (owners.length == 0) {
            return NONE;
        }
        int mask = owners.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Owner there = owners[i];
            if (there == null) {
                return ~i;
            }
            if (entries[2 * i] == hash && there.isSameAs(owner)) {
                return i;
            }
        }
    }

    private int head(int entry) {
        return entries[2 * entry + 1];
    }

    private void setHead(int entry, int head) {
        entries[2 * entry + 1] = head;
    }

    private int addEntry(int empty, Owner owner, int hash) {
        size++;
        if (4 * size > 3 * owners.length) {
            grow();
            return enter(owner, hash, 0);
        }
        put(empty, owner, hash, 0);
        return empty;
    }

    private int enter(Owner owner, int hash, int head) {
        int mask = owners.length - 1;
        int i = hash & mask;
        while (owners[i] != null) {
            i = (i + 1) & mask;
        }
        put(i, owner, hash, head);
        return i;
    }

    private void put(int entry, @Nullable Owner owner, int hash, int head) {
        owners[entry] = owner;
        entries[2 * entry] = hash;
        entries[2 * entry + 1] = head;
    }

    private void grow() {
        @Nullable Owner[] oldOwners = owners;
        int[] oldEntries = entries;
        owners = new Owner[Math.max(FIRST_CAPACITY, 2 * oldOwners.length)];
        entries = new int[2 * owners.length];
        for (int i = 0; i < oldOwners.length; i++) {
            Owner owner = oldOwners[i];
            if (owner != null) {
                enter(owner, oldEntries[2 * i], oldEntries[2 * i + 1]);
            }
        }
    }

    /** Empties an entry and moves later entries of its cluster back, so that no probe meets a gap. */
    private void removeEntry(int entry) {
        int mask = owners.length - 1;
        int gap = entry;
        for (int i = (gap + 1) & mask; owners[i] != null; i = (i + 1) & mask) {
            int home = entries[2 * i] & mask;
            // The entry may move back unless its home lies cyclically in (gap, i].
            if (((i - home) & mask) >= ((i - gap) & mask)) {
                put(gap, owners[i], entries[2 * i], entries[2 * i + 1]);
                gap = i;
            }
        }
        put(gap, null, 0, 0);
        size--;
    }

    private int freeLink() {
        if (freeLinks != 0) {
            int link = freeLinks - 1;
            freeLinks = links[2 * link + 1];
            return link;
        }
        if (usedLinks == ledgers.length) {
            int capacity = Math.max(FIRST_CAPACITY, usedLinks + (usedLinks >> 1));
            ledgers = Arrays.copyOf(ledgers, capacity);
            links = Arrays.copyOf(links, 2 * capacity);
        }
        return usedLinks++;
    }

    private void free(int link) {
        ledgers[link] = null;
        links[2 * link + 1] = freeLinks;
        freeLinks = link + 1;
    }
}
