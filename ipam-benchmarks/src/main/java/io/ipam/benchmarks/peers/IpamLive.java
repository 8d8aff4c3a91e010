package io.ipam.benchmarks.peers;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.occupancy.Occupancy;

/** ipam's occupancy: a set of addresses and the bitmap that it chooses. */
public final class IpamLive implements LiveSet {
    private final Ring ring;
    private final Occupancy live;
    private int step;

    /**
     * Occupies the first half.
     *
     * @param ring the addresses
     * @param prefix the addresses that can be occupied
     */
    public IpamLive(Ring ring, Prefix prefix) {
        this.ring = ring;
        live = Occupancy.of(AddressSet.of(prefix));
        for (int i = 0; i < ring.live(); i++) {
            live.take(ring.high(i), ring.low(i));
        }
    }

    @Override
    public String name() {
        return "ipam";
    }

    @Override
    public long step(int operations) {
        int changed = 0;
        for (int i = 0; i < operations; i++) {
            changed += live.release(ring.releasedHigh(step), ring.releasedLow(step)) ? 1 : 0;
            changed += live.take(ring.takenHigh(step), ring.takenLow(step)) ? 1 : 0;
            step = step + 1 == ring.steps() ? 0 : step + 1;
        }
        return changed;
    }

    @Override
    public Object state() {
        return live;
    }
}
