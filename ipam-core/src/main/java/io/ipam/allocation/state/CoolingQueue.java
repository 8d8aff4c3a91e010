package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one pool that were released not long ago, in the order of their release, each with its last owner.
 *
 * <p>Layout: a list of chunks of 8 to 256 entries. An entry is an address (4 to 16 B), a reference to the last owner, and the
 * milliseconds since the first release of its chunk (an int: a chunk ends early when 24 days lie within it). An entry that was
 * taken out of the middle stays behind without an owner until the entries before it are gone, or until there are more of its
 * kind than entries: then all are written anew.
 *
 * <pre>
 * oldest -> [ .9 cart-0 +0 | .4 (taken) | .7 db-0 +12 ] -> [ .2 web-1 +0 | ] <- newest
 * </pre>
 *
 * <p>A full-sized chunk has a sieve, a Bloom filter with 8 bits and two hashes per entry: of 20 chunks without an address it lets
 * 19 be passed over. An index of all entries would take 5 B or more for each, which is beyond what a cooling address may cost.
 *
 * <p>Cost: 12 B per entry of a dense pool, 16 B of a /64, 1 B of sieve and 0.5 B of chunk; add and remove of the oldest O(1); to find
 * any other entry is a look at each chunk, some nanoseconds for 256 entries. Memory shrinks as entries go. Thread safety: none, the
 * ledger's lock guards it.
 */
final class CoolingQueue {
    private static final int FIRST_CHUNK = 8;
    private static final int LARGEST_CHUNK = 256;
    private static final int NONE = -1;

    private final long baseHigh;
    private final long baseLow;
    private final int hostBits;

    private @Nullable Chunk oldest;
    private @Nullable Chunk newest;
    private int size;
    /** Places in the chunks that were used, those of entries that were taken out too. */
    private int places;

    private long lastStamp = Long.MIN_VALUE;

    CoolingQueue(long baseHigh, long baseLow, int hostBits) {
        this.baseHigh = baseHigh;
        this.baseLow = baseLow;
        this.hostBits = hostBits;
    }

    /** How many addresses are cooling. */
    int size() {
        return size;
    }

    /**
     * Adds an address that is released now. A stamp never goes back: it is at least that of the entry before.
     *
     * @param stampMillis when the address was released
     */
    void add(long high, long low, Owner lastOwner, long stampMillis) {
        if (places > 2 * (long) size + LARGEST_CHUNK) {
            compact();
        }
        append(high, low, lastOwner, Math.max(stampMillis, lastStamp));
    }

    private void append(long high, long low, Owner lastOwner, long stamp) {
        Chunk chunk = newest;
        // Stamps ascend, so the difference is not negative; as an unsigned number it has no overflow.
        if (chunk == null || chunk.isFull() || Long.compareUnsigned(stamp - chunk.base, Integer.MAX_VALUE) > 0) {
            chunk = append(chunk, stamp);
        }
        chunk.add(high, low, lastOwner, stamp);
        lastStamp = stamp;
        size++;
        places++;
    }

    /** Writes all entries anew, without what was taken out between them. Cost: O(entries), after more removals than that. */
    private void compact() {
        Cursor cursor = cursor();
        clear();
        while (cursor.next()) {
            append(cursor.high(), cursor.low(), cursor.lastOwner(), cursor.stampMillis());
        }
    }

    /** Takes an address out, wherever it is. Answers whether it was there. */
    boolean remove(long high, long low) {
        Cursor cursor = find(high, low);
        if (cursor == null) {
            return false;
        }
        cursor.remove();
        return true;
    }

    /** A cursor at the entry of an address, null when it is not cooling. */
    @Nullable
    Cursor find(long high, long low) {
        long hash = hashOf(high, low);
        for (Chunk chunk = oldest; chunk != null; chunk = chunk.next) {
            int index = chunk.mayHold(hash) ? chunk.indexOf(high, low) : NONE;
            if (index != NONE) {
                return new Cursor(chunk, index);
            }
        }
        return null;
    }

    private static long hashOf(long high, long low) {
        return Hash.mix(low ^ Hash.mix(high));
    }

    /** How many chunks there are. For tests: memory follows the entries. */
    int chunks() {
        int count = 0;
        for (Chunk chunk = oldest; chunk != null; chunk = chunk.next) {
            count++;
        }
        return count;
    }

    /** Forgets everything, stamps included. */
    void clear() {
        oldest = null;
        newest = null;
        size = 0;
        places = 0;
        lastStamp = Long.MIN_VALUE;
    }

    /** A cursor before the oldest entry. */
    Cursor cursor() {
        return new Cursor();
    }

    private Chunk append(@Nullable Chunk last, long stamp) {
        int capacity = last == null ? FIRST_CHUNK : Math.min(LARGEST_CHUNK, 2 * last.owners.length);
        Chunk chunk = new Chunk(new AddressColumn(baseHigh, baseLow, hostBits, capacity), capacity, stamp);
        if (last == null) {
            oldest = chunk;
        } else {
            last.next = chunk;
        }
        newest = chunk;
        return chunk;
    }

    /** Drops what was taken out at the old end. */
    private void trim() {
        while (oldest != null && oldest.isDone()) {
            places -= oldest.end;
            oldest = oldest.next;
        }
        if (oldest == null) {
            newest = null;
        }
    }

    /** Goes through the entries from the oldest on. Valid until the queue is changed by anything but its own {@link #remove}. */
    final class Cursor {
        private @Nullable Chunk chunk;
        private int index;

        private Cursor() {
            chunk = oldest;
            index = chunk == null ? 0 : chunk.start - 1;
        }

        private Cursor(Chunk chunk, int index) {
            this.chunk = chunk;
            this.index = index;
        }

        /** Moves to the next entry; false when there is none. */
        boolean next() {
            while (chunk != null) {
                index++;
                if (index == chunk.end) {
                    chunk = chunk.next;
                    index = chunk == null ? 0 : chunk.start - 1;
                } else if (chunk.owners[index] != null) {
                    return true;
                }
            }
            return false;
        }

        long high() {
            return current().addresses.high(index);
        }

        long low() {
            return current().addresses.low(index);
        }

        Owner lastOwner() {
            Owner owner = current().owners[index];
            if (owner == null) {
                throw new IllegalStateException("the entry is gone");
            }
            return owner;
        }

        LedgerReader.Cooling entry() {
            return new LedgerReader.Cooling(high(), low(), lastOwner(), stampMillis());
        }

        /** When the address was released, in milliseconds since 1970. */
        long stampMillis() {
            Chunk at = current();
            return at.base + at.delays[index];
        }

        /** Takes the entry out of the queue; the cursor goes on behind it. */
        void remove() {
            Chunk at = current();
            at.owners[index] = null;
            size--;
            if (index == at.start) {
                at.skipTaken();
                trim();
            }
        }

        private Chunk current() {
            if (chunk == null || index < chunk.start) {
                throw new IllegalStateException("the cursor is not at an entry");
            }
            return chunk;
        }
    }

    private static final class Chunk {
        final AddressColumn addresses;
        final @Nullable Owner[] owners;
        /** Milliseconds after {@code base}. */
        final int[] delays;
        /** Null in a small chunk, which is searched as fast as its sieve. */
        final @Nullable Sieve sieve;

        final long base;
        /** Entries before {@code start} are gone, entries from {@code end} on are not yet there. */
        int start;

        int end;

        @Nullable
        Chunk next;

        Chunk(AddressColumn addresses, int capacity, long base) {
            this.addresses = addresses;
            this.owners = new Owner[capacity];
            this.delays = new int[capacity];
            this.sieve = capacity < LARGEST_CHUNK ? null : new Sieve(capacity);
            this.base = base;
        }

        boolean isFull() {
            return end == owners.length;
        }

        boolean isDone() {
            return start == end && (isFull() || next != null);
        }

        void add(long high, long low, Owner owner, long stamp) {
            addresses.set(end, high, low);
            owners[end] = owner;
            delays[end] = (int) (stamp - base);
            end++;
            if (sieve != null) {
                sieve.add(hashOf(high, low));
            }
        }

        /** False when no entry has an address of that hash. */
        boolean mayHold(long hash) {
            return sieve == null || sieve.mayHold(hash);
        }

        int indexOf(long high, long low) {
            for (int i = start; i < end; i++) {
                if (addresses.holds(i, high, low) && owners[i] != null) {
                    return i;
                }
            }
            return NONE;
        }

        void skipTaken() {
            while (start < end && owners[start] == null) {
                start++;
            }
        }
    }
}
