package io.ipam.allocation.state;

import io.ipam.address.AddressSet;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.number.Uint128;
import java.util.Arrays;

/**
 * Free addresses of one pool for one request, each another one, without taking them: the first by the order, the others the next
 * free ones behind it and around; for {@link AllocationOrder#RANDOM} each uniform among those that are left.
 *
 * <p>Cost: a search of the bitmap per address, and a look at those picked before. Thread safety: none, valid while the ledger is
 * locked.
 */
public final class FreePicks {
    /** Random ranks that hit a picked address before the search goes on in order: fewer than 1 in 2^64 requests get there. */
    private static final int TRIES = 64;

    private static final int FIRST_CAPACITY = 4;

    private final TakenAddresses occupancy;
    private final boolean anywhere;
    private long random;
    /** The answer of the last search, and where the next one starts. */
    private final TakenAddresses.Place at = new TakenAddresses.Place();

    private long[] pickedHigh = new long[FIRST_CAPACITY];
    private long[] pickedLow = new long[FIRST_CAPACITY];
    private int picked;

    private FreePicks(TakenAddresses occupancy, boolean anywhere, long random) {
        this.occupancy = occupancy;
        this.anywhere = anywhere;
        this.random = random;
    }

    static FreePicks of(Ledger ledger, AllocationOrder order, Owner owner, long random) {
        FreePicks picks = new FreePicks(ledger.occupancy(), order == AllocationOrder.RANDOM, random);
        AddressSet usable = ledger.occupancy().addresses();
        if (usable.isEmpty()) {
            return picks;
        }
        switch (order) {
            case LOWEST, RANDOM -> picks.at.set(usable.firstHigh(0), usable.firstLow(0));
            case NEXT -> picks.startAfter(ledger, usable);
            case HASH_OF_OWNER -> picks.startAtHash(Hash.ofIdentity64(owner), usable);
        }
        return picks;
    }

    /** Never picks this address. */
    void passOver(long high, long low) {
        if (picked == pickedHigh.length) {
            pickedHigh = Arrays.copyOf(pickedHigh, 2 * picked);
            pickedLow = Arrays.copyOf(pickedLow, 2 * picked);
        }
        pickedHigh[picked] = high;
        pickedLow[picked++] = low;
    }

    /** Picks one more; the caller has made sure that there is one. */
    void next() {
        if (!(anywhere && findAnywhere()) && !findInOrder()) {
            throw new IllegalStateException("no free address beside " + picked + " of " + occupancy.addresses());
        }
        passOver(at.high(), at.low());
    }

    /** Bits 127 to 64 of the address picked last. */
    long high() {
        return at.high();
    }

    /** Bits 63 to 0 of the address picked last. */
    long low() {
        return at.low();
    }

    private void startAfter(Ledger ledger, AddressSet usable) {
        ledger.lastGranted()
                .ifPresentOrElse(
                        last -> at.set(Uint128.incrementHigh(last.high(), last.low()), last.low() + 1),
                        () -> at.set(usable.firstHigh(0), usable.firstLow(0)));
    }

    private void startAtHash(long hash, AddressSet usable) {
        long lastHigh = usable.lastOrdinalHigh();
        long lastLow = usable.lastOrdinalLow();
        long high = lastHigh == 0 ? 0 : Long.remainderUnsigned(Hash.mix(hash), lastHigh);
        long low = lastHigh != 0 || lastLow == -1L ? hash : Long.remainderUnsigned(hash, lastLow + 1);
        int range = usable.rangeIndexOfOrdinal(high, low);
        long inRangeHigh = Uint128.subtractHigh(high, low, usable.ordinalHigh(range), usable.ordinalLow(range));
        long inRangeLow = low - usable.ordinalLow(range);
        at.set(
                Uint128.addHigh(usable.firstHigh(range), usable.firstLow(range), inRangeHigh, inRangeLow),
                usable.firstLow(range) + inRangeLow);
    }

    /** The first free address at or after {@code at} that was not picked, and around once. */
    private boolean findInOrder() {
        if (findUpward()) {
            return true;
        }
        AddressSet usable = occupancy.addresses();
        if (usable.isEmpty()) {
            return false;
        }
        at.set(usable.firstHigh(0), usable.firstLow(0));
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
            if (occupancy.freeAtRandom(this::nextRandom, at) && !isPicked()) {
                return true;
            }
        }
        return false;
    }

    private boolean isPicked() {
        for (int i = 0; i < picked; i++) {
            if (pickedLow[i] == at.low() && pickedHigh[i] == at.high()) {
                return true;
            }
        }
        return false;
    }

    private long nextRandom() {
        random += Hash.GOLDEN;
        return Hash.mix(random);
    }
}
