package io.ipam.benchmarks.peers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** {@code HashSet<Inet6Address>}; the addresses stand ready as objects, for releases too. */
public final class HashSetLive implements LiveSet {
    private final Ring ring;
    private final InetAddress[] addresses;
    private final Set<InetAddress> live = new HashSet<>();
    private final Turnover turnover;

    /**
     * Takes the first half.
     *
     * @param ring the addresses
     */
    public HashSetLive(Ring ring) {
        this.ring = ring;
        turnover = new Turnover(ring.live());
        addresses = new InetAddress[ring.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(ring.high(i), ring.low(i));
        }
        for (int i = 0; i < ring.live(); i++) {
            take(i);
        }
    }

    @Override
    public String name() {
        return "HashSet of Inet6Address";
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

    private static InetAddress address(long high, long low) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(16).putLong(high).putLong(low).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean take(int index) {
        return live.add(addresses[index]);
    }

    private boolean release(int index) {
        return live.remove(addresses[index]);
    }

    @Override
    public Object state() {
        return live;
    }
}
