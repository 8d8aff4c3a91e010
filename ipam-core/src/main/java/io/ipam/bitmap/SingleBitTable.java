package io.ipam.bitmap;

/**
 * A set of unsigned 128-bit positions, at most one of each word of 64: open addressing with linear
 * probing in the order of the hashes.
 *
 * <p>Layout: one {@code long[]} of slots. The hash of a word is a bijection of what tells it from
 * others, so a slot needs nothing beside it: while positions have 64 bits it is one long, the hash
 * of the word (58 bits, then 0) with the index of the position in the word as its lowest 6 bits; in
 * a wide table it is {hash, lower half of the position}, and both give the upper half. The first
 * long of a free slot is 0. A slot is named by its index in the array. The home of a word is its
 * hash scaled to the capacity, and taken slots are ascending by hash, so homes ascend with them;
 * behind the capacity lie spare slots for what is pushed beyond it, so there is no way around the
 * end, and growing is one pass from front to back.
 *
 * <p>Invariants, each checked by {@link #verify}: <i>ascending</i>: taken slots ascend by hash,
 * then by lower half; <i>reachable</i>: no slot is free between the home of a position and its
 * slot; <i>number of positions</i>: {@code count} slots are taken; <i>room</i>: they are at most
 * {@code most}, and the last slot is free, so that every search ends.
 *
 * <p>Cost: one cache miss for any operation, seldom two; never more than 60 % full, so at most 1.8
 * probes on average, whether the word is there or not, and 3 slots moved to add one, fewer to
 * remove one; positions chosen to have one home cost a look at each of them and up to twice the
 * memory, for the hash is no secret. Memory: 13 to 16 bytes for each position once grown, twice
 * that when wide; it shrinks by half when less than a quarter full.
 *
 * <p>Source: Amble and Knuth, Ordered hash tables (1974); Knuth, The Art of Computer Programming 3,
 * 6.4, for the deletion without marks. With a million of 64 bits a turn takes about three quarters
 * of the time of the unordered kind, which hashes every slot that a deletion comes by and searches
 * to the next free one for what is not there.
 *
 * <p>Thread safety: none; a table that nobody changes any more may be read by many threads.
 */
final class SingleBitTable {
    private static final int LEAST_CAPACITY = 4;
    private static final int SPARE_SLOTS = 8;
    private static final double FULLEST = 0.6;

    /**
     * One slot that stays free: most is 0 then, so that the first position makes the table grow.
     */
    private static final long[] NO_SLOTS = new long[2];

    /** Tables without positions that take none. */
    private static final SingleBitTable NONE = new SingleBitTable(false);

    private static final SingleBitTable NONE_WIDE = new SingleBitTable(true);

    /** The bits of a position that name its word. */
    private static final long WORD = -1L << 6;

    private static final long FACTOR_1 = 0x9E3779B97F4A7C15L;
    private static final long FACTOR_2 = 0xBF58476D1CE4E5B9L;
    private static final long INVERSE_1 = inverse(FACTOR_1);
    private static final long INVERSE_2 = inverse(FACTOR_2);

    private final int stride;
    private long[] slots = NO_SLOTS;
    private int capacity = 1;
    private int count;
    private int most;

    private SingleBitTable(boolean wide) {
        stride = wide ? 2 : 1;
    }

    private SingleBitTable(SingleBitTable source) {
        stride = source.stride;
        slots = source.slots.clone();
        capacity = source.capacity;
        count = source.count;
        most = source.most;
    }

    /** A table that has nothing and takes nothing. */
    static SingleBitTable none(boolean wide) {
        return wide ? NONE_WIDE : NONE;
    }

    private boolean isNone() {
        return this == NONE || this == NONE_WIDE;
    }

    /** This table, or a new one in place of {@link #none}. */
    SingleBitTable orNew() {
        return isNone() ? new SingleBitTable(stride != 1) : this;
    }

    SingleBitTable copy() {
        return isNone() ? this : new SingleBitTable(this);
    }

    int count() {
        return count;
    }

    /** The end of the slots: they are 0, step, 2 step, ... before it. */
    int end() {
        return slots.length;
    }

    int step() {
        return stride;
    }

    boolean isTaken(int slot) {
        return slots[slot] != 0;
    }

    /** The lower half of the position in a taken slot. */
    long low(int slot) {
        if (stride == 1) {
            long word = unmix(slots[slot] & WORD, WORD);
            return word | (slots[slot] & ~WORD);
        }
        return slots[slot + 1];
    }

    /** The upper half of the position in a taken slot. */
    long high(int slot) {
        return stride == 1 ? 0 : unmix(slots[slot], -1) ^ mix(slots[slot + 1] & WORD, WORD);
    }

    /** The position in a taken slot as the only bit of its word. */
    long bit(int slot) {
        return 1L << slots[slot + stride - 1];
    }

    /** Whether a position can be added at all; those whose hash is 0, which says free, can not. */
    boolean takes(long high, long low) {
        return hash(high, low) != 0;
    }

    /**
     * The hash of a word: its upper bits tell its home, its lowest 6 are 0 unless the table is
     * wide.
     */
    long hash(long high, long low) {
        long hash = mix(low & WORD, WORD);
        return stride == 1 ? hash : mix(high ^ hash, -1);
    }

    /**
     * A bijection of the numbers that have no bits but those kept, which are all from some on: two
     * steps that each give an upper half to the lower one and go back by going once more, and two
     * products. 0 stays 0. Without the first step, addresses at equal distances crowd: 4000 of
     * them, 2^32 apart, are 27 slots away from home on average instead of 1.
     */
    private static long mix(long number, long kept) {
        long x = (number ^ (number >>> 32 & kept)) * FACTOR_1;
        return (x ^ (x >>> 32 & kept)) * FACTOR_2;
    }

    private static long unmix(long mixed, long kept) {
        long x = mixed * INVERSE_2;
        x = (x ^ (x >>> 32 & kept)) * INVERSE_1;
        return x ^ (x >>> 32 & kept);
    }

    /**
     * The number whose product with an odd one is 1, modulo 2^64: each step of Newton's doubles the
     * bits that are right.
     */
    private static long inverse(long odd) {
        long x = odd;
        for (int bits = 3; bits < 64; bits *= 2) {
            x *= 2 - odd * x;
        }
        return x;
    }

    private int home(long hash, int slotCount) {
        return (int) (((hash >>> 32) * slotCount) >>> 32) * stride;
    }

    /**
     * The slot of the position in the word of one, or the complement of the slot that this one
     * would take.
     */
    int find(long high, long low) {
        long[] s = slots;
        long hash = hash(high, low);
        int i = home(hash, capacity);
        if (stride == 1) {
            while (isLess(s[i], hash)) {
                i++;
            }
            return s[i] != 0 && (s[i] ^ hash) >>> 6 == 0 ? i : ~i;
        }
        while (isLess(s[i], hash) || (s[i] == hash && hash != 0 && Long.compareUnsigned(s[i + 1], low & WORD) < 0)) {
            i += 2;
        }
        return s[i] == hash && hash != 0 && (s[i + 1] ^ low) >>> 6 == 0 ? i : ~i;
    }

    /** Whether a slot comes before a hash; a free one comes last: less 1, 0 is the greatest. */
    private static boolean isLess(long slot, long hash) {
        return Long.compareUnsigned(slot - 1, hash - 1) < 0;
    }

    /** Adds a position that the table {@link #takes} at the slot that find gave for it. */
    void insert(int slot, long high, long low) {
        int at = slot;
        if (count == most) {
            resize(capacity + capacity / 6 + 2); // Two more make room for one at least.
            at = ~find(high, low);
        }
        long hash = hash(high, low);
        if (push(at, stride == 1 ? hash | (low & ~WORD) : hash, low) == slots.length - stride) {
            resize(capacity);
        }
        count++;
    }

    /**
     * Puts something into a slot, what was there into the next one, and so on to a free one, which
     * is returned.
     */
    private int push(int slot, long first, long second) {
        long[] s = slots;
        long a = first;
        long b = second;
        int i = slot;
        while (a != 0) {
            long nextA = s[i];
            s[i] = a;
            a = nextA;
            if (stride != 1) {
                long nextB = s[i + 1];
                s[i + 1] = b;
                b = nextB;
            }
            i += stride;
        }
        return i - stride;
    }

    /** Frees a slot; those behind it move up, to the first that is at home. */
    void remove(int slot) {
        long[] s = slots;
        int gap = slot;
        int next = gap + stride;
        while (s[next] != 0 && home(s[next], capacity) != next) {
            s[gap] = s[next];
            if (stride != 1) {
                s[gap + 1] = s[next + 1];
            }
            gap = next;
            next += stride;
        }
        s[gap] = 0;
        count--;
        if (count < capacity / 4 && capacity > LEAST_CAPACITY) {
            resize(Math.max(LEAST_CAPACITY, capacity / 2));
        }
    }

    /** Goes over to another capacity with as many spare slots again as are needed beyond it. */
    private void resize(int newCapacity) {
        long[] old = slots;
        int least = Math.multiplyExact(newCapacity, stride);
        int beyond = Math.max(0, endOf(newCapacity) - least);
        slots = new long[Math.addExact(least, 2 * beyond + SPARE_SLOTS * stride)];
        capacity = newCapacity;
        most = (int) (newCapacity * FULLEST);
        int next = 0;
        for (int i = 0; i < old.length; i += stride) {
            if (old[i] != 0) {
                next = Math.max(next, home(old[i], newCapacity));
                System.arraycopy(old, i, slots, next, stride);
                next += stride;
            }
        }
    }

    /** Where the taken slots would end with another capacity. */
    private int endOf(int newCapacity) {
        int next = 0;
        for (int i = 0; i < slots.length; i += stride) {
            if (slots[i] != 0) {
                next = Math.max(next, home(slots[i], newCapacity)) + stride;
            }
        }
        return next;
    }

    void verify() {
        int taken = 0;
        int before = -1;
        for (int i = 0; i < slots.length; i += stride) {
            if (slots[i] != 0) {
                taken++;
                Invariant.check("ascending", before < 0 || isAscending(before, i) ? 1 : 0, 1);
                Invariant.check("reachable", find(high(i), low(i)), i);
                before = i;
            }
        }
        Invariant.check("number of positions", count, taken);
        Invariant.check("room", count <= most && slots[slots.length - stride] == 0 ? 1 : 0, 1);
    }

    private boolean isAscending(int slot, int next) {
        int order = Long.compareUnsigned(slots[slot], slots[next]);
        return order < 0 || (order == 0 && stride != 1 && Long.compareUnsigned(slots[slot + 1], slots[next + 1]) < 0);
    }
}
