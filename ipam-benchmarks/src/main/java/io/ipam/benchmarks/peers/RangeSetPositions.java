package io.ipam.benchmarks.peers;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.util.BitSet;

/** Guava's TreeRangeSet of the free positions, as ranges closed below and open above. */
public final class RangeSetPositions implements LowestFree {
    private RangeSet<Integer> free = TreeRangeSet.create();

    @Override
    public String name() {
        return "TreeRangeSet";
    }

    @Override
    public void load(int size, BitSet held) {
        free = TreeRangeSet.create();
        int from = held.nextClearBit(0);
        while (from < size) {
            int to = held.nextSetBit(from);
            int end = to < 0 ? size : to;
            free.add(Range.closedOpen(from, end));
            from = held.nextClearBit(end);
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
        int taken = free.asRanges().iterator().next().lowerEndpoint();
        free.remove(Range.closedOpen(taken, taken + 1));
        return taken;
    }

    private void give(int position) {
        free.add(Range.closedOpen(position, position + 1));
    }

    @Override
    public Object state() {
        return free;
    }
}
