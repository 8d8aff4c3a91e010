package io.ipam.bitmap;

import io.ipam.number.Uint128;

/**
 * Sorts records of three longs by the unsigned 128-bit number in the first two.
 *
 * <p>Cost: O(n log n) for n records in any order, and a second array; no object per record. Source:
 * Knuth, The Art of Computer Programming 3, 5.2.4, straight two-way merge sort.
 */
final class RecordSort {
    private RecordSort() {}

    /**
     * Sorts the records before the end. Returns the array with the result, which may be the
     * argument.
     */
    static long[] sort(long[] records, int end) {
        long[] from = records;
        long[] to = new long[records.length];
        for (long width = 3; width < end; width *= 2) {
            for (long left = 0; left < end; left += 2 * width) {
                int middle = (int) Math.min(left + width, end);
                merge(from, (int) left, middle, (int) Math.min(left + 2 * width, end), to);
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(long[] from, int left, int middle, int right, long[] to) {
        int a = left;
        int b = middle;
        for (int i = left; i < right; i += 3) {
            boolean takeA = b == right || (a < middle && !Uint128.isLess(from[b], from[b + 1], from[a], from[a + 1]));
            int source = takeA ? a : b;
            to[i] = from[source];
            to[i + 1] = from[source + 1];
            to[i + 2] = from[source + 2];
            a += takeA ? 3 : 0;
            b += takeA ? 0 : 3;
        }
    }
}
