package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.contest.Work;
import io.ipam.benchmarks.peers.BitSetPositions;
import io.ipam.benchmarks.peers.IpamPositions;
import io.ipam.benchmarks.peers.Peers;
import io.ipam.benchmarks.peers.Sides;
import io.ipam.bitmap.Bitmap;
import java.util.BitSet;
import java.util.List;

/** Goal 3: no garbage, one bit of memory per address, cheap snapshots. */
public final class MemoryGoal implements Goal {
    private static final int SIZE = 1 << 16;
    private static final int COUNTED = 200_000;

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "garbage, memory and snapshots of a /16";
    }

    @Override
    public List<Row> run(Effort effort) {
        BitSet full = Peers.steady(SIZE, 0);
        IpamPositions ours = new IpamPositions();
        BitSetPositions peer = new BitSetPositions();
        ours.load(SIZE, full);
        peer.load(SIZE, full);
        double memory = (double) Footprint.bytes(ours.state()) / SIZE;
        double peerMemory = (double) Footprint.bytes(peer.state()) / SIZE;
        Figures copies = snapshots(effort, (Bitmap) ours.state(), (BitSet) peer.state());
        return List.of(
                Row.figure(3, "garbage of RangeAllocator, allocate and release", garbage(), "B", Bars.GARBAGE.bar()),
                Row.figure(3, "full /16, per address", memory, "B", Bars.FULL_16.bar()),
                Row.info(3, "full /16, per address", memory, "BitSet", peerMemory, "B"),
                new Row(
                        3,
                        "snapshot of a /16",
                        copies.median("copy"),
                        "BitSet.clone()",
                        copies.median("clone"),
                        "ns",
                        Bars.SNAPSHOT.bar()));
    }

    /**
     * Bytes per operation. The cursor, created once per sample, is not counted; it is less than a
     * byte per operation in a thousand operations.
     */
    private static double garbage() {
        Work allocator = Sides.allocators(false).works().get(0);
        return Math.floor(1_000 * new Contest(Effort.QUICK).bytesPerOperation(allocator, COUNTED)) / 1_000;
    }

    private static Figures snapshots(Effort effort, Bitmap bitmap, BitSet bits) {
        if (!bitmap.copy().isFull() || !bits.clone().equals(bits)) {
            throw new IllegalStateException("a copy is not like the original");
        }
        return new Contest(effort)
                .run(List.of(
                        new Contestant("copy", n -> {
                            long sum = 0;
                            for (int i = 0; i < n; i++) {
                                sum += bitmap.copy().isFull() ? 1 : 0;
                            }
                            return sum;
                        }),
                        new Contestant("clone", n -> {
                            long sum = 0;
                            for (int i = 0; i < n; i++) {
                                sum += ((BitSet) bits.clone()).length();
                            }
                            return sum;
                        })));
    }
}
