package io.ipam.benchmarks.peers;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Roaring64Bitmap of the lower halves: it knows no more than 64 bits, so it is a peer for a /64 only.
 * It does not say whether a call changed something, so it is spared the question.
 */
public final class Roaring64Live implements LiveSet {
    private final Ring ring;
    private final Roaring64Bitmap live = new Roaring64Bitmap();
    private final Turnover turnover;

    /**
     * Takes the first half.
     *
     * @param ring the addresses
     */
    public Roaring64Live(Ring ring) {
        this.ring = ring;
        turnover = new Turnover(ring.live());

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
            turnover.step();
            changed += release(turnover.released()) ? 1 : 0;
            changed += take(turnover.taken()) ? 1 : 0;
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
