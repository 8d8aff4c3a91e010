package io.ipam.benchmarks.peers;

import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * RoaringBitmap of the free positions: small if nearly all positions are held, and a full bitmap if
 * few are.
 */
public final class RoaringOfFree implements LowestFree {
    private RoaringBitmap free = new RoaringBitmap();

    @Override
    public String name() {
        return "Roaring of free";
    }

    @Override
    public void load(int size, BitSet held) {
        free = new RoaringBitmap();
        if (held.isEmpty()) {
            free.add(0L, size);
        }
        for (int i = held.nextClearBit(0); i < size && !held.isEmpty(); i = held.nextClearBit(i + 1)) {
            free.add(i);
        }
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
        if (free.isEmpty()) {
            return -1;
        }
        int taken = free.first();
        free.remove(taken);
        return taken;
    }

    private void give(int position) {
        free.add(position);
    }

    @Override
    public Object state() {
        return free;
    }
}
