package io.ipam.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * The model of the reference system with four pools, for a pod with two interfaces and both
 * families. Thread safety: none.
 */
public final class ReferencePod {
    /**
     * The number of free addresses of a pool. It is small because the model lists all addresses.
     */
    private static final int ROOM = 256;

    private static final String UID = "5e1c2b7a-0f55-4c11-9a6e-3d1d2f0a7c11";

    private final List<ReferenceModel> pools;

    /**
     * Creates the pools.
     *
     * @param held the number of held addresses in each
     */
    public ReferencePod(int held) {
        int size = held + ROOM;
        pools = List.of(
                new ReferenceModel("10.0.0.0", size, held),
                new ReferenceModel("2001:db8::", size, held),
                new ReferenceModel("10.16.0.0", size, held),
                new ReferenceModel("2001:db8:0:1::", size, held));
    }

    /** Checks that a pod gets four addresses, and releases them. */
    public void check() {
        if (allocateAndRelease(1) != pools.size()) {
            throw new IllegalStateException("the model does not release what it allocates");
        }
    }

    /**
     * Allocates an address from each pool, then releases them.
     *
     * @param operations the number of pods
     * @return the number of released addresses
     */
    public long allocateAndRelease(int operations) {
        long released = 0;
        for (int i = 0; i < operations; i++) {
            List<String> addresses = new ArrayList<>();
            for (ReferenceModel pool : pools) {
                addresses.add(pool.allocate("shop/cart-x", UID));
            }
            for (int p = 0; p < pools.size(); p++) {
                released += pools.get(p).release(addresses.get(p), UID) ? 1 : 0;
            }
        }
        return released;
    }
}
