package io.ipam.benchmarks.peers;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Roaring64Bitmap of the lower halves. It has 64 bits, so it is a peer for a /64 only. Its calls do
 * not report whether they changed something, so the benchmark does not check it.
 */
public final class Roaring64Live implements LiveSet {
    private final Ring ring;
    private final Roaring64Bitmap live = new Roaring64Bitmap();
    private int step;

    /**
     * Adds the first half.
     *
     * @param ring the addresses
     */
    public Roaring64Live(Ring ring) {
        this.ring = ring;
        for (int i = 0; i < ring.live(); i++) {
            live.addLong(ring.low(i));
        }
    }

    @Override
    public String name() {
        return "Roaring64";
    }

    @Override
    public long step(int operations) {
        int changed = 0;
        for (int i = 0; i < operations; i++) {
            live.removeLong(ring.releasedLow(step));
            live.addLong(ring.takenLow(step));
            changed += 2;
            step = step + 1 == ring.steps() ? 0 : step + 1;
        }
        return changed;
    }

    @Override
    public Object state() {
        return live;
    }
}
