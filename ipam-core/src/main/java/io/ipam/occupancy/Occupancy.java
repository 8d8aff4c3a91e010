package io.ipam.occupancy;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.Bitmap;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * The taken addresses of a set. The set maps addresses to ordinals, and a {@link Bitmap} over the
 * ordinals stores which are taken. All arguments and results are addresses as unsigned 128-bit
 * numbers {@code (high, low)}; ordinals are internal. A run is inclusive, from its first to its
 * last address.
 *
 * <p>An address that is not in the set is never free and never taken. A search without a result
 * leaves {@code out} unchanged.
 *
 * <p>Cost: O(log ranges) between address and ordinal, plus the cost of the bitmap. No method
 * allocates an object except the lists of runs, {@link #takeAll}, {@link #releaseAll}, {@link
 * #nextFreeBlock}, and {@link #copy}. Memory: that of the bitmap; the set is shared.
 *
 * <p>Thread safety: none; the owner holds a lock. An occupancy that no thread changes may be read
 * by many threads, through methods that accept a cursor or none.
 */
public final class Occupancy {
    private final AddressSet addresses;
    private final Ordinals ordinals;
    private final Bitmap taken;

    private Occupancy(AddressSet addresses, Bitmap taken) {
        this.addresses = addresses;
        ordinals = new Ordinals(addresses);
        this.taken = taken;
    }

    /** {@return an occupancy with every address free} */
    public static Occupancy of(AddressSet addresses) {
        Bitmap bitmap = addresses.isEmpty()
                ? Bitmap.ofNothing()
                : Bitmap.covering(addresses.lastOrdinalHigh(), addresses.lastOrdinalLow());
        return new Occupancy(addresses, bitmap);
    }

    /** {@return the addresses that can be taken} */
    public AddressSet addresses() {
        return addresses;
    }

    /** {@return whether an address is in the set} */
    public boolean contains(long high, long low) {
        return ordinals.rangeOf(high, low) >= 0;
    }

    /** {@return whether an address is in the set and not taken} */
    public boolean isFree(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && !taken.get(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /** {@return whether an address is taken} */
    public boolean isTaken(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.get(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /** Takes an address; returns whether it was free. Otherwise nothing has changed. */
    public boolean take(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.set(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /** Releases an address; returns whether it was taken. Otherwise nothing has changed. */
    public boolean release(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.clear(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /**
     * Takes a run; returns whether all of it was in one range of the set and free. Otherwise
     * nothing has changed.
     */
    public boolean takeRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow);
        return range >= 0
                && taken.setRun(
                        ordinals.high(range, firstHigh, firstLow),
                        ordinals.low(range, firstLow),
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow));
    }

    /** Releases a run; returns whether all of it was taken. Otherwise nothing has changed. */
    public boolean releaseRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow);
        return range >= 0
                && taken.clearRun(
                        ordinals.high(range, firstHigh, firstLow),
                        ordinals.low(range, firstLow),
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow));
    }

    /** {@return whether all of a run is in one range of the set} */
    public boolean containsRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        return ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow) >= 0;
    }

    /** {@return whether all of a run is in one range of the set and free} */
    public boolean isRunFree(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow);
        return range >= 0
                && taken.isClear(
                        ordinals.high(range, firstHigh, firstLow),
                        ordinals.low(range, firstLow),
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow));
    }

    /** Takes all addresses of the set within a run; taken addresses stay taken. */
    public void takeAll(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        Position from = new Position();
        Position to = new Position();
        if (findWithin(firstHigh, firstLow, lastHigh, lastLow, from, to)
                && !taken.setRun(from.high(), from.low(), to.high(), to.low())
                && !isOne(from, to)) {
            WholeRuns.clear(taken, from, to);
            taken.setRun(from.high(), from.low(), to.high(), to.low());
        }
    }

    /** Releases all addresses of the set within a run; free addresses stay free. */
    public void releaseAll(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        Position from = new Position();
        Position to = new Position();
        if (findWithin(firstHigh, firstLow, lastHigh, lastLow, from, to)
                && !taken.clearRun(from.high(), from.low(), to.high(), to.low())
                && !isOne(from, to)) {
            WholeRuns.clear(taken, from, to);
        }
    }

    private static boolean isOne(Position from, Position to) {
        return from.low() == to.low() && from.high() == to.high();
    }

    /**
     * Finds the ordinals of the first and the last address of the set within a run; false if there
     * is none.
     */
    private boolean findWithin(long firstHigh, long firstLow, long lastHigh, long lastLow, Position from, Position to) {
        return ordinals.ceiling(firstHigh, firstLow, from)
                && ordinals.floor(lastHigh, lastLow, to)
                && !Uint128.isLess(to.high(), to.low(), from.high(), from.low());
    }

    /** Finds the lowest free address. */
    public boolean lowestFree(Position out) {
        if (!taken.nextClear(0, 0, out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /** Finds the lowest free address at or after a start, which need not be in the set. */
    public boolean nextFree(long fromHigh, long fromLow, Position out) {
        long keptHigh = out.high();
        long keptLow = out.low();
        if (ordinals.ceiling(fromHigh, fromLow, out) && taken.nextClear(out.high(), out.low(), out)) {
            ordinals.toAddress(out);
            return true;
        }
        out.set(keptHigh, keptLow);
        return false;
    }

    /**
     * Finds a uniformly distributed free address, if the 64 bits are uniform; more bits are derived
     * from them.
     */
    public boolean randomFree(long random, Position out) {
        if (!taken.randomClear(random, out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Finds the first free address at or after a place that depends only on a key; the search wraps
     * around. Equal keys have equal places; different keys are spread evenly over the set.
     */
    public boolean freeByKey(long key, Position out) {
        if (taken.isFull()) {
            return false;
        }
        out.draw(key, addresses.lastOrdinalHigh(), addresses.lastOrdinalLow());
        if (!taken.nextClear(out.high(), out.low(), out)) {
            taken.nextClear(0, 0, out);
        }
        ordinals.toAddress(out);
        return true;
    }

    /** Takes the lowest free address: {@link #lowestFree} and {@link #take} in one call. */
    public boolean takeLowest(Position out) {
        if (!taken.setLowestClear(out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /** Takes a random free address: {@link #randomFree} and {@link #take} in one call. */
    public boolean takeRandom(long random, Position out) {
        if (!taken.randomClear(random, out)) {
            return false;
        }
        taken.set(out.high(), out.low());
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Finds the first free run of 2^bits addresses that begins at a multiple of its length; writes
     * its first address.
     */
    public boolean nextFreeBlock(int bits, Position out) {
        return FreeBlocks.find(addresses, ordinals, taken, bits, out);
    }

    /** {@return whether every address is taken; true for the empty set} */
    public boolean isFull() {
        return taken.isFull();
    }

    /** {@return whether no address is taken; true for the empty set} */
    public boolean isEmpty() {
        return taken.isEmpty();
    }

    /**
     * Counts the taken addresses modulo 2^128; only a full ::/0 has 2^128, and it {@linkplain
     * #isFull is full}.
     */
    public void takenCount(Position out) {
        taken.cardinality(out);
    }

    /** {@return the number of free addresses, or Long.MAX_VALUE if there are more} */
    public long freeCount() {
        if (taken.isFull()) {
            return 0;
        }
        Position count = new Position();
        taken.cardinality(count);
        long lessOneLow = addresses.lastOrdinalLow() - count.low();
        long lessOneHigh = Uint128.subtractHigh(
                addresses.lastOrdinalHigh(), addresses.lastOrdinalLow(), count.high(), count.low());
        return lessOneHigh == 0 && lessOneLow >= 0 && lessOneLow != Long.MAX_VALUE ? lessOneLow + 1 : Long.MAX_VALUE;
    }

    /**
     * {@return the taken addresses in ascending order, in maximal runs within a range of the set} A
     * change invalidates them.
     */
    public SetRuns takenRuns() {
        return new AddressRuns(addresses, taken.runs(0, 0));
    }

    /**
     * {@return the free addresses in ascending order, in maximal runs within a range of the set} A
     * change invalidates them.
     */
    public SetRuns freeRuns() {
        return new AddressRuns(addresses, new FreeRuns(addresses, taken.runs(0, 0)));
    }

    /** {@return an independent copy; the set is shared} */
    public Occupancy copy() {
        return new Occupancy(addresses, taken.copy());
    }

    /**
     * Checks every named invariant of the bitmap; throws IllegalStateException with its name and
     * both values.
     */
    public void verify() {
        taken.verify();
    }

    @Override
    public String toString() {
        return "Occupancy[" + taken + " of " + addresses + "]";
    }
}
