package io.ipam.record;

import java.util.Arrays;

/**
 * The records of owners that hold more than one, as lists. A record is named by a number: its pool
 * in the upper 32 bits and its slot in the lower ones.
 *
 * <p>Layout: a link per record, in columns. Links of one owner are doubly linked, the latest first.
 * A {@link KeyIndex} finds the link of a record, so removing any of n records costs the same. Free
 * links form a list, the latest first.
 *
 * <pre>
 * link        0      1      2      3
 * record      3:17   3:18   -      5:2
 * hash        h      h      -      h         the hash of the owner, checked before a removal
 * next        -1     0      -1     1
 * previous    1      3      -      -3        in a first link: minus the length of the list
 * </pre>
 *
 * <p>Cost: O(1) per operation, 0 B except for growth by a quarter; 25 to 31 B per record. Thread
 * safety: guarded by the lock of the stripe.
 */
final class RecordLists {
    /** No link. */
    static final int NONE = -1;

    private static final int SPARE_LINKS = 4;
    private static final int[] NO_LINKS = {};
    /** Names of records are not chosen by callers, so their hash needs no secret. */
    private static final long SEED = 0;
    /** The records of lists without room, which are never written. Most stripes have only these. */
    private static final KeyColumn NO_RECORDS = new KeyColumn(0, 0, Long.SIZE, 0);

    private static final KeyIndex NO_INDEX = new KeyIndex(NO_RECORDS, 0, SEED);

    private KeyColumn records = NO_RECORDS;
    private int[] hashes = NO_LINKS;
    private int[] next = NO_LINKS;
    private int[] previous = NO_LINKS;
    private KeyIndex index = NO_INDEX;

    private int size;
    /** The number of links that were ever in use. */
    private int used;
    /** The first free link below {@code used}, or {@link #NONE}. */
    private int firstFree = NONE;

    /**
     * Makes room for {@code more} links, so that adding them allocates nothing. If it fails, the
     * lists are unchanged.
     */
    void reserve(int more) {
        int length = next.length;
        long needed = (long) size + more;
        if (needed > KeyIndex.MOST_ROWS) {
            throw new IllegalStateException(
                    "at most " + KeyIndex.MOST_ROWS + " records fit in a stripe, not " + needed);
        }
        if (needed > length) {
            long grown = 5L * length / 4 + SPARE_LINKS;
            resize((int) Math.min(Math.max(needed, grown), KeyIndex.MOST_ROWS));
        }
    }

    private void resize(int length) {
        KeyColumn largerRecords = records.copy(length);
        int[] largerHashes = Arrays.copyOf(hashes, length);
        int[] largerNext = Arrays.copyOf(next, length);
        int[] largerPrevious = Arrays.copyOf(previous, length);
        KeyIndex largerIndex = new KeyIndex(largerRecords, length, SEED);
        for (int link = 0; link < used; link++) {
            if (isUsed(link)) {
                largerIndex.add(link);
            }
        }
        records = largerRecords;
        hashes = largerHashes;
        next = largerNext;
        previous = largerPrevious;
        index = largerIndex;
    }

    /** A free link names itself as the link before it. */
    private boolean isUsed(int link) {
        return previous[link] != link;
    }

    /** Starts a list with one record, for which there must be room; returns its first link. */
    int start(int hash, long record) {
        int link = newLink(hash, record);
        next[link] = NONE;
        previous[link] = -1;
        return link;
    }

    /** Adds a record, for which there must be room, to a list; returns the new first link. */
    int add(int first, long record) {
        int link = newLink(hashes[first], record);
        next[link] = first;
        previous[link] = previous[first] - 1;
        previous[first] = link;
        return link;
    }

    private int newLink(int hash, long record) {
        int link = firstFree;
        if (link == NONE) {
            link = used++;
        } else {
            firstFree = next[link];
        }
        records.set(link, 0, record);
        hashes[link] = hash;
        index.add(link);
        size++;
        return link;
    }

    /** {@return the link of a record of an owner with this hash, {@link #NONE} if there is none} */
    int find(int hash, long record) {
        int link = index.find(0, record);
        return link != NONE && hashes[link] == hash ? link : NONE;
    }

    /**
     * Removes a link; returns the first link of the remaining list, or {@link #NONE} if it is
     * empty.
     */
    int remove(int first, int link) {
        int after = next[link];
        int rest = first;
        if (link == first) {
            rest = after;
            if (after != NONE) {
                previous[after] = previous[first] + 1;
            }
        } else {
            next[previous[link]] = after;
            previous[first]++;
            if (after != NONE) {
                previous[after] = previous[link];
            }
        }
        free(link);
        return rest;
    }

    private void free(int link) {
        index.remove(link);
        previous[link] = link;
        next[link] = firstFree;
        firstFree = link;
        size--;
    }

    /** {@return the number of records of a list} */
    int count(int first) {
        return -previous[first];
    }

    /** {@return the link after this one, {@link #NONE} after the last} */
    int next(int link) {
        return next[link];
    }

    /** {@return the record of a link} */
    long record(int link) {
        return records.low(link);
    }
}
