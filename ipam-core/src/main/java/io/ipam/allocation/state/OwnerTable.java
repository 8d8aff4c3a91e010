package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what: for the identity of an owner a list of records, each named by the place of its ledger and its slot there.
 *
 * <p>Layout: a hash table of buckets of seven entries; what does not fit into its bucket goes to the next one that has room. Owners
 * are not kept here but in their records: a table without references costs the collector nothing, neither when it marks nor at a
 * store.
 *
 * <pre>
 * words  [ tags | entry | entry | .. | entry ] [ tags | ..       a bucket is eight words: one line of the cache
 * tags   a byte for each entry, 0 when it is empty, else 128 and 7 bits of the hash;
 *        the uppermost byte counts entries that wanted this bucket and are in a later one, 255 is 255 or more
 * entry  place of the ledger, 0, slot                            of an owner with one record
 *        0, 1, link                                              of an owner with several: the first link
 * links  [ place, 0, slot | place, 0, slot | .. ]                with the next link + 1 of each, 0 ends a list
 * </pre>
 *
 * <p>A record is named by a number: that of its link, or the complement of the index of its entry less one. It is good until the
 * next change.
 *
 * <p>Cost: find, add and remove O(records of that owner), 0 B but for growth; 12 to 25 B per owner, and 12 B per record more for those
 * with several. Nearly every search looks at one bucket, and at one record to see whose it is: the tags are compared at once, for
 * a branch for each entry is mispredicted half the time (goal 6 of Ratios; half the time of linear probing where nothing is waited for). The arrays are never
 * cut.
 *
 * <p>Thread safety: none, the stripe's lock guards it. It reads the owners of records without the locks of their ledgers: of records
 * in this table, which nobody changes without the lock of this stripe ({@link RecordRows#isOwner}).
 *
 * <p>Source: the buckets are those of F14 (Bronson and Shi, 2019), the comparison of bytes that of Knuth, The Art of Computer
 * Programming 4A, 7.1.3.
 */
final class OwnerTable {
    /** No record. */
    static final int NONE = -1;

    private static final int BUCKET_SHIFT = 3;
    /** The entries of a bucket; as a mask, the place of a word in its bucket. */
    private static final int ENTRIES = 7;

    private static final long LOW_BITS = 0x0001010101010101L;
    private static final long HIGH_BITS = 0x0080808080808080L;
    private static final long ONE_BEYOND = 1L << 56;
    private static final int MOST_BEYOND = 255;

    /** Set in an entry that names a link. */
    private static final long IS_LINK = 1L << 31;
    /** The bits of an entry for its slot or link. */
    private static final int NUMBER = Integer.MAX_VALUE;

    /** Of a table that never had an owner; nobody writes to it. */
    private static final long[] EMPTY_BUCKET = new long[1 << BUCKET_SHIFT];

    private static final long[] NO_RECORDS = {};
    private static final int[] NO_LINKS = {};
    private static final int FIRST_LINKS = 4;

    private final LedgerPlaces ledgers;
    private long[] words = EMPTY_BUCKET;
    /** The number of buckets less one. */
    private int mask;

    private int size;

    private long[] linkRecords = NO_RECORDS;
    /** The next link + 1 of each. */
    private int[] nextLinks = NO_LINKS;

    private int usedLinks;
    /** The first free link below {@code usedLinks}, + 1. */
    private int freeLinks;
    /** Behind the references, which come last: what lies behind is in other lines of the cache (decision 0059). */
    @SuppressWarnings("unused")
    private @Nullable Object r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    /** An empty table for records in the ledgers that have these places. */
    OwnerTable(LedgerPlaces ledgers) {
        this.ledgers = ledgers;
    }

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
        return entry == NONE ? NONE : firstLinkOf(entry);
    }

    private int firstLinkOf(int entry) {
        long word = words[entry];
        return isLink(word) ? number(word) : NONE - 1 - entry;
    }

    private static boolean isLink(long word) {
        return (word & IS_LINK) != 0;
    }

    private static int number(long word) {
        return (int) word & NUMBER;
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
        return link < 0 ? NONE : nextLinks[link] - 1;
    }

    Ledger ledger(int link) {
        Ledger ledger = ledgerIfAny(link);
        if (ledger == null) {
            throw new IllegalStateException("link " + link + " names a ledger that has ended");
        }
        return ledger;
    }

    /** The ledger of a record, null when it has ended, which breaks an invariant. */
    @Nullable
    Ledger ledgerIfAny(int link) {
        return ledgers.at((int) (record(link) >>> Integer.SIZE));
    }

    int slot(int link) {
        return number(record(link));
    }

    private long record(int link) {
        return link < 0 ? words[NONE - 1 - link] : linkRecords[link];
    }

    /** Adds a record to the owner's list, which is made if there is none. The ledger has the record already. */
    void add(Owner owner, int hash, Ledger ledger, int slot) {
        long record = record(ledger, slot);
        int entry = find(owner, hash);
        if (entry == NONE) {
            addEntry(hash, record);
            return;
        }
        long word = words[entry];
        int first = isLink(word) ? number(word) : newLink(word, 0);
        int link = newLink(record, nextLinks[first]);
        nextLinks[first] = link + 1;
        words[entry] = IS_LINK | first;
    }

    private static long record(Ledger ledger, int slot) {
        return (long) ledger.place() << Integer.SIZE | slot;
    }

    /** Takes a record, which its ledger still has, out of the owner's list; an empty list goes. Throws IllegalStateException when it is not there. */
    void remove(Owner owner, int hash, Ledger ledger, int slot) {
        long record = record(ledger, slot);
        int entry = find(owner, hash);
        if (entry != NONE && words[entry] == record) {
            removeEntry(entry, hash);
        } else if (entry == NONE || !isLink(words[entry]) || !removeLink(entry, record)) {
            throw new IllegalStateException("slot " + slot + " of " + ledger + " is not in the list of " + owner);
        }
    }

    /** Takes a record out of the list of an entry, if it is there. */
    private boolean removeLink(int entry, long record) {
        int before = NONE;
        int link = number(words[entry]);
        while (linkRecords[link] != record) {
            before = link;
            link = nextLinks[link] - 1;
            if (link == NONE) {
                return false;
            }
        }
        if (before == NONE) {
            words[entry] = IS_LINK | (nextLinks[link] - 1);
        } else {
            nextLinks[before] = nextLinks[link];
        }
        free(link);
        int first = number(words[entry]);
        if (nextLinks[first] == 0) {
            words[entry] = linkRecords[first];
            free(first);
        }
        return true;
    }

    /** Entries are below this bound. */
    int entryBound() {
        return words.length;
    }

    /** The first record of an entry, {@link #NONE} when it is empty. */
    int firstLinkIn(int entry) {
        int lane = (entry & ENTRIES) - 1;
        boolean isUsed = lane >= 0 && (words[entry - 1 - lane] >>> (lane << 3) & 0xFF) != 0;
        return isUsed ? firstLinkOf(entry) : NONE;
    }

    /** The entry of an owner, or {@link #NONE}. */
    private int find(Owner owner, int hash) {
        long[] now = words;
        long tag = tag(hash);
        // Each bucket may have been full once: the tries are bounded.
        for (int tried = 0; tried <= mask; tried++) {
            int bucket = (hash + tried) & mask;
            long tags = now[bucket << BUCKET_SHIFT];
            for (long equal = equal(tags, tag); equal != 0; equal &= equal - 1) {
                int entry = entry(bucket, equal);
                if (isOwner(now[entry], owner)) {
                    return entry;
                }
            }
            if (beyond(tags) == 0) {
                break;
            }
        }
        return NONE;
    }

    private boolean isOwner(long word, Owner owner) {
        long record = isLink(word) ? linkRecords[number(word)] : word;
        Ledger ledger = ledgers.at((int) (record >>> Integer.SIZE));
        return ledger != null && ledger.records().isOwner(number(record), owner);
    }

    /** The tag of a hash: not the bits that chose the bucket or the stripe alone. */
    private static long tag(int hash) {
        int upper = (hash * 0x9E3779B9) >>> 25;
        return upper | 0x80;
    }

    /** The upper bit of each byte of the tags that is this tag, and perhaps of one that differs in its lowest bit. */
    private static long equal(long tags, long tag) {
        long differences = tags ^ tag * LOW_BITS;
        return (differences - LOW_BITS) & ~differences & HIGH_BITS;
    }

    /** How many entries wanted a bucket and are in later ones. */
    private static int beyond(long tags) {
        return (int) (tags >>> 56);
    }

    /** The index of the entry of the lowest of some tags. */
    private static int entry(int bucket, long tags) {
        return (bucket << BUCKET_SHIFT) + 1 + (Long.numberOfTrailingZeros(tags) >>> 3);
    }

    private void addEntry(int hash, long record) {
        // At most three quarters full.
        if (4L * (size + 1) > 3L * ENTRIES * (words.length >> BUCKET_SHIFT) || words == EMPTY_BUCKET) {
            rebuild();
        }
        size++;
        put(words, hash, record);
    }

    private static void put(long[] words, int hash, long record) {
        int mask = (words.length >> BUCKET_SHIFT) - 1;
        for (int bucket = hash & mask; ; bucket = (bucket + 1) & mask) {
            int at = bucket << BUCKET_SHIFT;
            long tags = words[at];
            long free = ~tags & HIGH_BITS;
            if (free != 0) {
                int entry = entry(bucket, free);
                words[at] = tags | tag(hash) << ((entry - 1 - at) << 3);
                words[entry] = record;
                return;
            }
            if (beyond(tags) < MOST_BEYOND) {
                words[at] = tags + ONE_BEYOND;
            }
        }
    }

    /** Moves to an array that is twice as long. Hashes are not kept: each is asked of the owner of a record. */
    private void rebuild() {
        long[] old = words;
        long[] next = new long[old == EMPTY_BUCKET ? old.length : 2 * old.length];
        for (int entry = 0; entry < old.length; entry++) {
            int first = firstLinkIn(entry);
            if (first != NONE) {
                put(next, Hash.ofIdentity(ledger(first).records().owner(slot(first))), old[entry]);
            }
        }
        words = next;
        mask = (next.length >> BUCKET_SHIFT) - 1;
    }

    private void removeEntry(int entry, int hash) {
        int bucket = entry >> BUCKET_SHIFT;
        int at = bucket << BUCKET_SHIFT;
        words[at] &= ~(0xFFL << ((entry - 1 - at) << 3));
        words[entry] = 0;
        size--;
        for (int wanted = hash & mask; wanted != bucket; wanted = (wanted + 1) & mask) {
            // A count that has reached its bound is not known any more: it stays until the table is rebuilt.
            if (beyond(words[wanted << BUCKET_SHIFT]) < MOST_BEYOND) {
                words[wanted << BUCKET_SHIFT] -= ONE_BEYOND;
            }
        }
    }

    private int newLink(long record, int next) {
        int link = freeLink();
        linkRecords[link] = record;
        nextLinks[link] = next;
        return link;
    }

    private int freeLink() {
        if (freeLinks != 0) {
            int link = freeLinks - 1;
            freeLinks = nextLinks[link];
            return link;
        }
        if (usedLinks == nextLinks.length) {
            int more = Math.max(FIRST_LINKS, usedLinks + (usedLinks >> 1));
            linkRecords = Arrays.copyOf(linkRecords, more);
            nextLinks = Arrays.copyOf(nextLinks, more);
        }
        return usedLinks++;
    }

    private void free(int link) {
        nextLinks[link] = freeLinks;
        freeLinks = link + 1;
    }
}
