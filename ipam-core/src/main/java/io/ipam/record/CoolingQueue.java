package io.ipam.record;

import io.ipam.owner.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The cooling addresses of one pool in the order of their release, each with its last owner and the
 * time of the release.
 *
 * <p>Layout: a ring of entries in columns, and a {@link KeyIndex} that finds the entry of an
 * address. An entry that is removed from the middle leaves a gap: a place without an owner. The gap
 * stays until the entries before it are removed or the ring is copied.
 *
 * <pre>
 * place    0      1      2      3      4      5
 * address  -      .9     .4     .7     .2     -          head = 1, span = 4, size = 3
 * owner    null   cart-0 null   db-0   web-1  null
 * stamp    -      0      -      12     15     -          ascending
 * </pre>
 *
 * <p>Invariant ROOM: the ring has a place, and the index an entry, for every reserved address. So
 * {@link #add} after {@link #reserve} allocates nothing and cannot fail.
 *
 * <p>Cost: O(1) per operation, 0 B except in {@link #reserve}. It copies the ring if it is full of
 * entries and gaps, or mostly empty: O(1) amortised. Memory: 21 to 24 B per address if at most 32
 * bits of the addresses differ. For at most 64 bits it is 25 to 28 B, otherwise 33 to 37 B. Thread
 * safety: guarded by the ledger's lock.
 */
public final class CoolingQueue {
    private static final int SPARE_PLACES = 8;
    /** A ring with more than SPARSE places per address plus LEAST is copied to a smaller one. */
    private static final int MOST_PLACES_PER_ADDRESS = 4;

    private static final int SMALL_RING = 64;

    private final long hashSeed;
    private KeyColumn addresses;
    private @Nullable Owner[] owners = {};
    private long[] stamps = {};
    private KeyIndex index;

    /** The place of the oldest entry. */
    private int head;
    /** The number of places from the oldest entry to the newest one. */
    private int span;
    /** The number of entries. */
    private int size;

    private long lastStamp = Long.MIN_VALUE;

    /**
     * A queue without entries.
     *
     * @param baseHigh bits 127 to 64 of the first address of the subnet
     * @param baseLow bits 63 to 0 of the first address of the subnet
     * @param hostBits the number of low bits in which addresses differ
     * @param hashSeed the secret seed of the hash of addresses
     */
    public CoolingQueue(long baseHigh, long baseLow, int hostBits, long hashSeed) {
        this.hashSeed = hashSeed;
        addresses = new KeyColumn(baseHigh, baseLow, hostBits, 0);
        index = new KeyIndex(addresses, 0, hashSeed);
    }

    /** {@return the number of cooling addresses} */
    public int size() {
        return size;
    }

    /**
     * Makes room: the next {@code more} calls of {@link #add} create no object and cannot fail,
     * regardless of removals between them. The room is for {@code more} addresses in total, not in
     * addition to an earlier call. If this method fails, the queue is unchanged.
     *
     * @param more the number of addresses that will be added
     * @throws IllegalStateException if the queue would hold more than 2^27 - 1 addresses
     */
    public void reserve(int more) {
        long needed = (long) size + more;
        if (needed > KeyIndex.MOST_ROWS) {
            throw new IllegalStateException(
                    "at most " + KeyIndex.MOST_ROWS + " addresses of a pool can cool down, not " + needed);
        }
        boolean isFull = (long) span + more > places();
        if (isFull || places() > MOST_PLACES_PER_ADDRESS * needed + SMALL_RING) {
            moveTo((int) Math.min(needed + (needed >> 3) + SPARE_PLACES, KeyIndex.MOST_ROWS));
        }
    }

    private int places() {
        return owners.length;
    }

    /** {@return the number of places in the ring} For tests: memory follows the entries. */
    int capacity() {
        return places();
    }

    /** Copies the entries, without the gaps, to a ring of another length. */
    private void moveTo(int length) {
        KeyColumn nextAddresses = addresses.empty(length);
        @Nullable Owner[] nextOwners = new Owner[length];
        long[] nextStamps = new long[length];
        KeyIndex nextIndex = new KeyIndex(nextAddresses, length, hashSeed);
        int place = 0;
        for (Cursor cursor = cursor(); cursor.next(); place++) {
            nextAddresses.set(place, cursor.high(), cursor.low());
            nextOwners[place] = cursor.lastOwner();
            nextStamps[place] = cursor.stampMillis();
            nextIndex.add(place);
        }
        addresses = nextAddresses;
        owners = nextOwners;
        stamps = nextStamps;
        index = nextIndex;
        head = 0;
        span = size;
    }

    /**
     * Adds an address, which must not be cooling. A stamp never decreases: it is at least that of
     * the address added before.
     *
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of the address
     * @param lastOwner the owner that released it
     * @param stampMillis the time of the release
     */
    public void add(long high, long low, Owner lastOwner, long stampMillis) {
        if (span == places()) {
            reserve(1);
        }
        lastStamp = Math.max(stampMillis, lastStamp);
        int place = wrap(head + span);
        addresses.set(place, high, low);
        owners[place] = lastOwner;
        stamps[place] = lastStamp;
        index.add(place);
        span++;
        size++;
    }

    /** Removes an address; returns whether it was cooling. */
    public boolean remove(long high, long low) {
        int place = index.find(high, low);
        if (place == KeyIndex.NONE) {
            return false;
        }
        removeAt(place);
        return true;
    }

    private void removeAt(int place) {
        index.remove(place);
        owners[place] = null;
        size--;
        while (span > 0 && owners[head] == null) {
            head = wrap(head + 1);
            span--;
        }
    }

    /** {@return the entry of an address, null if it is not cooling} */
    public @Nullable Cooling find(long high, long low) {
        int place = index.find(high, low);
        return place == KeyIndex.NONE ? null : entry(place);
    }

    private Cooling entry(int place) {
        return new Cooling(addresses.high(place), addresses.low(place), owner(place), stamps[place]);
    }

    private Owner owner(int place) {
        Owner owner = owners[place];
        if (owner == null) {
            throw new IllegalStateException("no entry at place " + place);
        }
        return owner;
    }

    private int wrap(int place) {
        return place < places() ? place : place - places();
    }

    /** Removes all entries and resets the last stamp. */
    public void clear() {
        addresses = addresses.empty(0);
        owners = new Owner[0];
        stamps = new long[0];
        index = new KeyIndex(addresses, 0, hashSeed);
        head = 0;
        span = 0;
        size = 0;
        lastStamp = Long.MIN_VALUE;
    }

    /** {@return a cursor before the oldest entry} */
    public Cursor cursor() {
        return new Cursor();
    }

    /**
     * Visits the entries, the oldest first. It is valid until the queue is changed other than by
     * its own {@link #remove}.
     */
    public final class Cursor {
        private static final int BEFORE_FIRST = -1;

        private int place = BEFORE_FIRST;
        /** The number of places after this one. */
        private int left = span;

        private Cursor() {}

        /** Moves to the next entry; returns whether there is one. */
        public boolean next() {
            while (left > 0) {
                place = place == BEFORE_FIRST ? head : wrap(place + 1);
                left--;
                if (owners[place] != null) {
                    return true;
                }
            }
            place = BEFORE_FIRST;
            return false;
        }

        /** {@return bits 127 to 64 of the address} */
        public long high() {
            return addresses.high(current());
        }

        /** {@return bits 63 to 0 of the address} */
        public long low() {
            return addresses.low(current());
        }

        /** {@return the owner that released the address} */
        public Owner lastOwner() {
            return owner(current());
        }

        /** {@return the time of the release in milliseconds since 1970} */
        public long stampMillis() {
            return stamps[current()];
        }

        /** {@return the entry} */
        public Cooling entry() {
            return CoolingQueue.this.entry(current());
        }

        /** Removes the entry; {@link #next} continues after it. */
        public void remove() {
            removeAt(current());
        }

        private int current() {
            if (place == BEFORE_FIRST || owners[place] == null) {
                throw new IllegalStateException("the cursor is not at an entry");
            }
            return place;
        }
    }
}
