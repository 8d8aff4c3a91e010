package io.ipam.benchmarks.peers;

import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressSeqRangeList;
import java.util.BitSet;

/**
 * The list of sequential ranges of inet.ipaddr for the free addresses; the address objects exist
 * before the run.
 */
public final class AddressListPositions implements LowestFree {
    private static final int BASE = 10 << 24;

    private IPv4AddressSeqRangeList free = new IPv4AddressSeqRangeList();
    private IPv4Address[] addresses = {};

    @Override
    public String name() {
        return "IPAddressSeqRangeList";
    }

    @Override
    public void load(int size, BitSet held) {
        if (addresses.length != size) {
            addresses = new IPv4Address[size];
            for (int i = 0; i < size; i++) {
                addresses[i] = new IPv4Address(BASE + i);
            }
        }
        free = new IPv4AddressSeqRangeList();
        int from = held.nextClearBit(0);
        while (from < size) {
            int to = held.nextSetBit(from);
            int end = to < 0 ? size : to;
            free.add(addresses[from].spanWithRange(addresses[end - 1]));
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
        IPv4Address lowest = free.getSeqRange(0).getLower();
        free.remove(lowest);
        return lowest.intValue() - BASE;
    }

    private void give(int position) {
        free.add(addresses[position]);
    }

    @Override
    public Object state() {
        return free;
    }
}
