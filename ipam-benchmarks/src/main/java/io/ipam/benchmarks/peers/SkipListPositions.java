package io.ipam.benchmarks.peers;

import java.util.BitSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** ConcurrentSkipListSet of the free positions, boxed once when they become free. */
public final class SkipListPositions implements LowestFree {
    private ConcurrentSkipListSet<Integer> free = new ConcurrentSkipListSet<>();

    @Override
    public String name() {
        return "skip list";
    }

    @Override
    public void load(int size, BitSet held) {
        free = new ConcurrentSkipListSet<>();
        for (int i = held.nextClearBit(0); i < size; i = held.nextClearBit(i + 1)) {
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
        Integer taken = free.pollFirst();
        return taken == null ? -1 : taken;
    }

    private void give(int position) {
        free.add(position);
    }

    @Override
    public Object state() {
        return free;
    }
}
