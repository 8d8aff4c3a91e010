package io.ipam.benchmarks.peers;

import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/** RoaringBitmap of the held positions. */
public final class RoaringPositions implements LowestFree {
    private RoaringBitmap bits = new RoaringBitmap();
    private long last;

    @Override
    public String name() {
        return "Roaring";
    }

    @Override
    public void load(int size, BitSet held) {
        bits = new RoaringBitmap();
        held.stream().forEach(bits::add);
        last = size - 1;
    }

    @Override
    public long takeAndReturn(int operations) {
        long sum = 0;
        long before = take();
        for (int i = 0; i < operations; i++) {
            long taken = take();
            give((int) before);
            before = taken;
            sum += taken;
        }
        give((int) before);
        return sum;
    }

    @Override
    public long churn(int[] victims, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            give(victims[i & (victims.length - 1)]);
            sum += take();
        }
        return sum;
    }

    @Override
    public long fill(int size) {
        load(size, new BitSet());
        long taken = 0;
        while (take() >= 0) {
            taken++;
        }
        return taken;
    }

    /** The lowest free position, now held; -1 if there is none. */
    private long take() {
        long taken = bits.nextAbsentValue(0);
        if (taken > last) {
            return -1;
        }
        bits.add((int) taken);
        return taken;
    }

    private void give(int position) {
        bits.remove(position);
    }

    @Override
    public Object state() {
        return bits;
    }
}
