package io.ipam.engine.decision;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationOrder;
import io.ipam.number.Hashes;
import io.ipam.number.Position;
import io.ipam.number.Uint128;
import io.ipam.occupancy.Occupancy;
import io.ipam.owner.Owner;
import io.ipam.record.OwnerHashes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Picks distinct free addresses of one pool for one request, without taking them. The order
 * determines the first one. The others are the next free ones after it, with wrap-around. For
 * {@link AllocationOrder#RANDOM}, each is uniformly distributed among the remaining ones.
 *
 * <p>Cost: a search of the bitmap per address, and O(1) per address picked before. Thread safety:
 * none, valid while the ledger is locked.
 */
public final class FreePicks {
    /**
     * The number of random draws of picked addresses after which the search continues in order.
     * Fewer than 1 in 2^64 requests reach it.
     */
    private static final int TRIES = 64;

    private static final int FIRST_CAPACITY = 4;
    private static final long[] NONE = {};

    private final AllocationOrder order;
    private final Occupancy occupancy;
    private long random;
    /** The result of the last search, and the start of the next one. */
    private final Position at = new Position();

    /**
     * The addresses that are not picked again: bits 127 to 64 at 2i, bits 63 to 0 at 2i + 1. The
     * next pick adds the last one.
     */
    private long[] passed = NONE;

    private int picked;
    private boolean hasPicked;

    /**
     * Creates the picks from one pool.
     *
     * @param occupancy the pool's usable addresses, only read
     * @param order the order
     * @param lastGranted the address after which the order NEXT starts, null if there is none
     * @param owner the owner that the addresses are for
     * @param random random bits
     */
    public FreePicks(
            Occupancy occupancy, AllocationOrder order, @Nullable Address lastGranted, Owner owner, long random) {
        this.occupancy = occupancy;
        this.order = order;
        this.random = random;
        if (order == AllocationOrder.NEXT && lastGranted != null) {
            at.set(Uint128.incrementHigh(lastGranted.high(), lastGranted.low()), lastGranted.low() + 1);
        } else if (order == AllocationOrder.HASH_OF_OWNER) {
            occupancy.freeByKey(OwnerHashes.ofIdentity64(owner), at);
        }
    }

    /** Excludes an address from all further picks. */
    public void passOver(Address address) {
        passOver(address.high(), address.low());
    }

    private void passOver(long high, long low) {
        if (2 * picked == passed.length) {
            passed = Arrays.copyOf(passed, Math.max(2 * FIRST_CAPACITY, 4 * picked));
        }
        passed[2 * picked] = high;
        passed[2 * picked + 1] = low;
        picked++;
    }

    /** Picks one more address; there must be one. */
    public Address next() {
        if (hasPicked) {
            passOver(at.high(), at.low());
        }
        hasPicked = true;
        boolean isFirst = order == AllocationOrder.LOWEST && picked == 0;
        if (!(isFirst ? occupancy.lowestFree(at) : findNext())) {
            throw new IllegalStateException("no free address after " + picked + " of " + occupancy);
        }
        return new Address(occupancy.addresses().family(), at.high(), at.low());
    }

    private boolean findNext() {
        return (order == AllocationOrder.RANDOM && findAnywhere()) || findInOrder();
    }

    /**
     * Finds the first free address at or after {@code at} that was not picked, with wrap-around.
     */
    private boolean findInOrder() {
        if (findUpward()) {
            return true;
        }
        at.set(0, 0);
        return findUpward();
    }

    private boolean findUpward() {
        while (occupancy.nextFree(at.high(), at.low(), at)) {
            if (!isPicked()) {
                return true;
            }
            long high = Uint128.incrementHigh(at.high(), at.low());
            at.set(high, at.low() + 1);
            if (high == 0 && at.low() == 0) {
                return false;
            }
        }
        return false;
    }

    private boolean findAnywhere() {
        for (int i = 0; i < TRIES; i++) {
            if (occupancy.randomFree(nextRandom(), at) && !isPicked()) {
                return true;
            }
        }
        return false;
    }

    private boolean isPicked() {
        for (int i = 0; i < picked; i++) {
            if (passed[2 * i + 1] == at.low() && passed[2 * i] == at.high()) {
                return true;
            }
        }
        return false;
    }

    private long nextRandom() {
        random += Hashes.GOLDEN;
        return Hashes.mix(random);
    }
}
