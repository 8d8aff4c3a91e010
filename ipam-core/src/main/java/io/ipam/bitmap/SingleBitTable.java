package io.ipam.bitmap;

/**
 * A set of unsigned 128-bit positions, at most one per word of 64: open addressing with linear
 * probing in hash order.
 *
 * <p>Layout: one {@code long[]} of slots. The hash of a word is a bijection of the bits that
 * identify the word, so a slot stores only the hash. If positions have 64 bits, a slot is one long.
 * It has the hash of the word in its upper 58 bits and the index of the position in its lowest 6
 * bits. In a wide table a slot is {hash, lower half of the position}, and both yield the upper
 * half. The first long of a free slot is 0. The name of a slot is its index in the array.
 *
 * <p>The home of a word is its hash scaled to the capacity. Taken slots ascend by hash, so homes
 * ascend, too. After the capacity there are spare slots for entries that are pushed past it. So
 * probing never wraps around, and growth is one pass from front to back.
 *
 * <p>Invariants, each checked by {@link #verify}:
 *
 * <ul>
 * <li><i>ascending</i>: taken slots ascend by hash, then by lower half;
 * <li><i>reachable</i>: no slot is free between the home of a position and its slot;
 * <li><i>number of positions</i>: {@code count} slots are taken;
 * <li><i>room</i>: they are at most {@code most}, and the last slot is free, so that every search
 *     ends.
 * </ul>
 *
 * <p>Cost: one cache miss per operation, rarely two. The table is never more than 60 % full. So an
 * operation needs at most 1.8 probes on average, whether or not the word is present. An addition
 * moves at most 3 slots on average, a removal fewer. The hash has no secret seed. A probe visits
 * each of the positions that were chosen to have one home, and they need up to twice the memory.
 * Memory: 13 to 16 bytes per position after growth, twice that in a wide table. The table halves if
 * it is less than a quarter full.
 *
 * <p>Source: Amble and Knuth, Ordered hash tables (1974); Knuth, The Art of Computer Programming 3,
 * 6.4, for the deletion without marks. With a million positions of 64 bits, a deletion and an
 * insertion take about three quarters of the time of an unordered table. An unordered table hashes
 * every slot that a deletion visits, and searches up to the next free slot for an absent word.
 *
 * <p>Thread safety: none; a table that no thread changes may be read by many threads.
 */
final class SingleBitTable {
    private static final int LEAST_CAPACITY = 4;
    private static final int SPARE_SLOTS = 8;
    private static final double FULLEST = 0.6;

    /** One slot, which stays free: most is 0, so the first position makes the table grow. */
    private static final long[] NO_SLOTS = new long[2];

    /** Empty tables without capacity. */
    private static final SingleBitTable NONE = new SingleBitTable(false);

    private static final SingleBitTable NONE_WIDE = new SingleBitTable(true);

    /** The bits of a position that identify its word. */
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

    /** An empty table without capacity. */
    static SingleBitTable none(boolean wide) {
        return wide ? NONE_WIDE : NONE;
    }

    private boolean isNone() {
        return this == NONE || this == NONE_WIDE;
    }

    /** This table, or a new one if this is {@link #none}. */
    SingleBitTable orNew() {
        return isNone() ? new SingleBitTable(stride != 1) : this;
    }

    SingleBitTable copy() {
        return isNone() ? this : new SingleBitTable(this);
    }

    int count() {
        return count;
    }

    /** The end of the slots, which are 0, step, 2 step, ... */
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

    /**
     * Whether a position can be added. A position with hash 0 cannot, because 0 marks a free slot.
     */
    boolean takes(long high, long low) {
        return hash(high, low) != 0;
    }

    /**
     * The hash of a word. Its upper bits determine its home; its lowest 6 bits are 0 unless the
     * table is wide.
     */
    long hash(long high, long low) {
        long hash = mix(low & WORD, WORD);
        return stride == 1 ? hash : mix(high ^ hash, -1);
    }

    /**
     * A bijection of the numbers whose bits are all in the mask, which has all bits from some bit
     * on. It consists of two products and two steps that each combine the upper half into the lower
     * one; such a step is its own inverse. 0 maps to 0. Without the first step, addresses at equal
     * distances cluster: 4000 addresses, 2^32 apart, are 27 slots away from home on average instead
     * of 1.
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
     * The inverse of an odd number modulo 2^64. Each Newton step doubles the number of correct
     * bits.
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
     * The slot of the position in the same word, or the complement of the slot for this position.
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

    /**
     * Whether a slot is before a hash. A free slot is last: as an unsigned number, 0 less 1 is the
     * greatest.
     */
    private static boolean isLess(long slot, long hash) {
        return Long.compareUnsigned(slot - 1, hash - 1) < 0;
    }

    /** Adds a position that the table {@link #takes}, at the slot from find. */
    void insert(int slot, long high, long low) {
        int at = slot;
        if (count == most) {
            resize(capacity + capacity / 6 + 2); // Room for at least one more requires two slots.
            at = ~find(high, low);
        }
        long hash = hash(high, low);
        if (push(at, stride == 1 ? hash | (low & ~WORD) : hash, low) == slots.length - stride) {
            resize(capacity);
        }
        count++;
    }

    /**
     * Stores an entry in a slot, moves the old entry to the next slot, and so on up to a free slot.
     * Returns that slot.
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

    /** Frees a slot. The entries after it move up, up to the first one in its home. */
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

    /** Changes the capacity. Adds as many spare slots again as are needed after it. */
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

    /** The end of the taken slots under another capacity. */
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
