package io.ipam.bitmap;

/** Checks the invariants of {@link DenseLevels} by name. */
final class DenseCheck {
    private final DenseLevels levels;
    private final long[] words;

    DenseCheck(DenseLevels levels) {
        this.levels = levels;
        words = levels.words;
    }

    void verify() {
        int size = levels.size();
        if ((size & 63) != 0 || size == 0) {
            Invariant.check("ghost bits", words[size >>> 6] >>> size, 0);
        }
        summaries(0, levels.one, levels.one);
        if (levels.isLarge()) {
            summaries(levels.one, levels.two, levels.two);
        }
        top(levels.isLarge() ? levels.two : levels.one, levels.isLarge() ? levels.blocks : levels.two);
        sums();
        for (int w = 0; w < levels.next(); w++) {
            Invariant.check("lowest", w == levels.lowest() ? 0 : words[w], 0);
        }
    }

    /** Checks the bits for the words lower..end-1 of a level, which start at an offset. */
    private void summaries(int lower, int end, int upper) {
        for (int i = 0; i < 64 * DenseLevels.ceilingOf64ths(end - lower); i++) {
            boolean marked = (words[upper + (i >>> 6)] & 1L << i) != 0;
            Invariant.check("summaries", marked ? 1 : 0, lower + i < end && words[lower + i] != 0 ? 1 : 0);
        }
    }

    private void top(int lower, int end) {
        for (int i = 0; i < 64; i++) {
            boolean marked = (levels.top() & 1L << i) != 0;
            Invariant.check("summaries", marked ? 1 : 0, lower + i < end && words[lower + i] != 0 ? 1 : 0);
        }
    }

    private void sums() {
        long[] sums = new long[words.length - levels.blocks];
        long total = 0;
        for (int w = 0; w < levels.one; w++) {
            int n = Long.bitCount(words[w]);
            total += n;
            sums[w >>> 6] += n;
            if (levels.isLarge()) {
                sums[levels.groups - levels.blocks + (w >>> 12)] += n;
            }
        }
        Invariant.check("sums", levels.clear(), total);
        for (int i = levels.blocks; i < words.length; i++) {
            Invariant.check("sums", words[i], sums[i - levels.blocks]);
        }
    }
}
