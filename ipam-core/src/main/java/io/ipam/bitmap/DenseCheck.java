package io.ipam.bitmap;

/** Checks the invariants of {@link DenseLevels}, by name. */
final class DenseCheck {
    private final DenseLevels levels;
    private final long[] words;

    DenseCheck(DenseLevels levels) {
        this.levels = levels;
        words = levels.words;
    }

    void verify(long changes) {
        for (int next : new int[] {levels.one, levels.two, levels.three, levels.blocks}) {
            Invariant.check("ghost bits", words[next - 1], 0);
        }
        int size = levels.size();
        if ((size & 63) != 0) {
            Invariant.check("ghost bits", words[size >>> 6] >>> size, 0);
        }
        summary(0, levels.one);
        summary(levels.one, levels.two);
        summary(levels.two, levels.three);
        sums();
        for (int i = levels.blocks; i < levels.groups; i++) {
            Invariant.check("stamps", Math.max(changes, words[i] >>> DenseLevels.COUNT_BITS), changes);
        }
    }

    private void summary(int lower, int upper) {
        for (int i = 0; lower + i < upper - 1; i++) {
            boolean marked = (words[upper + (i >>> 6)] & 1L << i) != 0;
            Invariant.check("summaries", marked ? 1 : 0, words[lower + i] != 0 ? 1 : 0);
        }
    }

    private void sums() {
        long[] sums = new long[words.length - levels.blocks];
        long total = 0;
        for (int w = 0; w < levels.one - 1; w++) {
            int n = Long.bitCount(words[w]);
            total += n;
            sums[w >>> 6] += n;
            sums[levels.groups - levels.blocks + (w >>> 12)] += n;
        }
        Invariant.check("sums", levels.clear(), total);
        for (int i = levels.blocks; i < words.length; i++) {
            long sum = i < levels.groups ? words[i] & DenseLevels.COUNT_MASK : words[i];
            Invariant.check("sums", sum, sums[i - levels.blocks]);
        }
    }
}
