package io.ipam.benchmarks.peers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** {@code HashSet<Inet6Address>}; the address objects exist before the run, for releases too. */
public final class HashSetLive implements LiveSet {
    private final Set<InetAddress> live = new HashSet<>();
    private final InetAddress[] released;
    private final InetAddress[] taken;
    private int step;

    /**
     * Adds the first half.
     *
     * @param ring the addresses
     */
    public HashSetLive(Ring ring) {
        InetAddress[] addresses = new InetAddress[2 * ring.live()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(ring.high(i), ring.low(i));
        }
        live.addAll(Arrays.asList(addresses).subList(0, ring.live()));
        released = new InetAddress[ring.steps()];
        taken = new InetAddress[ring.steps()];
        for (int i = 0; i < ring.steps(); i++) {
            released[i] = addresses[ring.released(i)];
            taken[i] = addresses[ring.taken(i)];
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
            changed += live.remove(released[step]) ? 1 : 0;
            changed += live.add(taken[step]) ? 1 : 0;
            step = step + 1 == released.length ? 0 : step + 1;
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

    @Override
    public Object state() {
        return live;
    }
}
