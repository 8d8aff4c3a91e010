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
 * Free addresses of one pool for one request, each another one, without taking them: the first by
 * the order, the others the next free ones behind it and around; for {@link AllocationOrder#RANDOM}
 * each uniform among those that are left.
 *
 * <p>Cost: a search of the bitmap per address, and a look at those picked before. Thread safety:
 * none, valid while the ledger is locked.
 */
public final class FreePicks {
    /**
     * Random ranks that hit a picked address before the search goes on in order: fewer than 1 in
     * 2^64 requests get there.
     */
    private static final int TRIES = 64;

    private static final int FIRST_CAPACITY = 4;
    private static final long[] NONE = {};

    private final AllocationOrder order;
    private final Occupancy occupancy;
    private long random;
    /** The answer of the last search, and where the next one starts. */
    private final Position at = new Position();

    /**
     * At 2i and 2i + 1 bits 127 to 64 and 63 to 0 of what is not picked again; the last pick is
     * entered by the next one.
     */
    private long[] passed = NONE;

    private int picked;
    private boolean hasPicked;

    /**
     * Picks in one pool.
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

    /** Never picks this address. */
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

    /** Picks one more; the caller has made sure that there is one. */
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

    /** The first free address at or after {@code at} that was not picked, and around once. */
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
