package io.ipam.benchmarks.peers;

import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.allocation.state.Occupancy;

/** This library's occupancy: a set of addresses and the bitmap it chooses. */
public final class IpamLive implements LiveSet {
    private final Ring ring;
    private final Occupancy live;
    private final Turnover turnover;

    /**
     * Takes the first half.
     *
     * @param ring the addresses
     * @param prefix which addresses can be taken
     */
    public IpamLive(Ring ring, Prefix prefix) {
        this.ring = ring;
        turnover = new Turnover(ring.live());
        live = Occupancy.of(AddressSet.of(prefix));
        for (int i = 0; i < ring.live(); i++) {
            take(i);
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
            turnover.step();
            changed += release(turnover.released()) ? 1 : 0;
            changed += take(turnover.taken()) ? 1 : 0;
        }
        return changed;
    }

    private boolean take(int index) {
        return live.take(ring.high(index), ring.low(index));
    }

    private boolean release(int index) {
        return live.release(ring.high(index), ring.low(index));
    }

    @Override
    public Object state() {
        return live;
    }
}
