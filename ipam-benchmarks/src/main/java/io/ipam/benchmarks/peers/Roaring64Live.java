package io.ipam.benchmarks.peers;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Roaring64Bitmap of the lower halves: it knows no more than 64 bits, so it is a peer for a /64 only.
 * It does not say whether a call changed something, so it is spared the question.
 */
public final class Roaring64Live implements LiveSet {
    private final Ring ring;
    private final Roaring64Bitmap live = new Roaring64Bitmap();
    private int oldest;

    /**
     * Takes the first window.
     *
     * @param ring the addresses
     */
    public Roaring64Live(Ring ring) {
        this.ring = ring;

        for (int i = 0; i < ring.live(); i++) {
            take(i);
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
            int next = oldest + ring.live();
            changed += release(oldest) ? 1 : 0;
            changed += take(next < ring.size() ? next : next - ring.size()) ? 1 : 0;
            oldest = oldest + 1 == ring.size() ? 0 : oldest + 1;
        }
        return changed;
    }

    private boolean take(int index) {
        live.addLong(ring.low(index));
        return true;
    }

    private boolean release(int index) {
        live.removeLong(ring.low(index));
        return true;
    }

    @Override
    public Object state() {
        return live;
    }
}
