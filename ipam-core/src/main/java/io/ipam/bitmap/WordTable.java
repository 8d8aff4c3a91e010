package io.ipam.bitmap;

/**
 * A map from unsigned 128-bit keys to words of 64 bits that are not 0: open addressing with linear
 * probing.
 *
 * <p>Layout: one {@code long[]} of slots, each {word, low half of the key} or, in a wide table,
 * {word, low half, high half}. The word is 0 in a free slot. The name of a slot is its index in the
 * array. The home of a key is its 32-bit hash scaled to the capacity, so homes ascend with hashes.
 * The table grows by a sixth at a time; a copy to a larger array passes through both arrays from
 * front to back.
 *
 * <p>Invariants, each checked by {@link #verify}:
 *
 * <ul>
 * <li><i>reachable</i>: no slot is free between the home of a key and its slot;
 * <li><i>number of keys</i>: {@code count} slots are taken;
 * <li><i>room</i>: they are at most {@code mostKeys}, which is less than the number of slots, so
 *     that every search ends.
 * </ul>
 *
 * <p>Cost: one or two cache misses per operation. The table is never more than 60 % full, a wide
 * table 72 %. So on average a search needs at most 2 probes for a present key and 4 for an absent
 * key (7 in a wide table). Memory: 27 to 31 bytes per key after growth, 33 to 39 in a wide table.
 * The table halves if it is less than a quarter full.
 *
 * <p>Source: Knuth, The Art of Computer Programming 3, 6.4, algorithm L and the deletion without
 * marks, algorithm R. Measured against a B+-tree of the same words, which were ordered but took 3
 * to 5 times as long on a million random addresses.
 *
 * <p>Thread safety: none; a table that no thread changes may be read by many threads.
 */
final class WordTable {
    private static final int LEAST_CAPACITY = 4;

    /** One slot, which stays free: mostKeys is 0, so the first key makes the table grow. */
    private static final long[] NO_SLOTS = new long[2];

    private static final long[] NO_WIDE_SLOTS = new long[3];

    /** An empty table without capacity. */
    static final WordTable NONE = new WordTable(false);

    private static final long HASH_LOW = 0x9E3779B97F4A7C15L;
    private static final long HASH_HIGH = 0xC2B2AE3D27D4EB4FL;
    private static final long HASH_MIX = 0xBF58476D1CE4E5B9L;

    private final int stride;
    private long[] slots;
    private int capacity;
    private int count;
    private int mostKeys;

    WordTable(boolean wide) {
        stride = wide ? 3 : 2;
        capacity = 1;
        slots = wide ? NO_WIDE_SLOTS : NO_SLOTS;
    }

    WordTable(WordTable source) {
        stride = source.stride;
        slots = source.slots.clone();
        capacity = source.capacity;
        count = source.count;
        mostKeys = source.mostKeys;
    }

    private int mostKeys(int slotCount) {
        return (int) (slotCount * (stride == 2 ? 0.6 : 0.72));
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

    /** The word of a slot; 0 if it is free. */
    long word(int slot) {
        return slots[slot];
    }

    long keyLow(int slot) {
        return slots[slot + 1];
    }

    long keyHigh(int slot) {
        return stride == 2 ? 0 : slots[slot + 2];
    }

    private int home(long high, long low) {
        long hash = (low ^ low >>> 32) * HASH_LOW + (high ^ high >>> 32) * HASH_HIGH;
        hash = (hash ^ hash >>> 32) * HASH_MIX;
        return (int) (((hash >>> 32) * capacity) >>> 32) * stride;
    }

    /** The slot of a key, or the complement of the free slot for it. */
    int find(long high, long low) {
        int i = home(high, low);
        long[] s = slots;
        while (s[i] != 0) {
            if (s[i + 1] == low && keyHigh(i) == high) {
                return i;
            }
            i = after(i);
        }
        return ~i;
    }

    /** The word of a key; 0 if it has none. */
    long get(long high, long low) {
        int slot = find(high, low);
        return slot < 0 ? 0 : slots[slot];
    }

    private int after(int slot) {
        int next = slot + stride;
        return next == slots.length ? 0 : next;
    }

    /** Changes the word of a taken slot to another that is not 0. */
    void setWord(int slot, long word) {
        slots[slot] = word;
    }

    /** Adds a key with a word that is not 0, at the free slot from find. */
    void insert(int slot, long high, long low, long word) {
        if (count >= mostKeys) {
            resize(capacity + capacity / 6 + 2); // Room for at least one more requires two slots.
            put(~find(high, low), high, low, word);
        } else {
            put(slot, high, low, word);
        }
        count++;
    }

    private void put(int slot, long high, long low, long word) {
        slots[slot] = word;
        slots[slot + 1] = low;
        if (stride != 2) {
            slots[slot + 2] = high;
        }
    }

    /** Frees a slot, and moves later keys of its cluster up as far as their homes allow. */
    void remove(int slot) {
        int gap = slot;
        for (int i = after(gap); slots[i] != 0; i = after(i)) {
            int home = home(keyHigh(i), slots[i + 1]);
            if (distance(home, i) >= distance(gap, i)) {
                put(gap, keyHigh(i), slots[i + 1], slots[i]);
                gap = i;
            }
        }
        slots[gap] = 0;
        count--;
        if (count < capacity / 4 && capacity > LEAST_CAPACITY) {
            resize(Math.max(LEAST_CAPACITY, capacity / 2));
        }
    }

    /** The distance from one slot to another, around the end. */
    private int distance(int from, int to) {
        int d = to - from;
        return d < 0 ? d + slots.length : d;
    }

    private void resize(int newCapacity) {
        long[] old = slots;
        slots = new long[Math.multiplyExact(newCapacity, stride)];
        capacity = newCapacity;
        mostKeys = mostKeys(newCapacity);
        for (int i = 0; i < old.length; i += stride) {
            if (old[i] != 0) {
                long high = stride == 2 ? 0 : old[i + 2];
                put(~find(high, old[i + 1]), high, old[i + 1], old[i]);
            }
        }
    }

    void verify() {
        int taken = 0;
        for (int i = 0; i < slots.length; i += stride) {
            if (slots[i] != 0) {
                taken++;
                Invariant.check("reachable", find(keyHigh(i), keyLow(i)), i);
            }
        }
        Invariant.check("number of keys", count, taken);
        Invariant.check("room", count <= mostKeys && mostKeys < capacity ? 1 : 0, 1);
    }
}
