package io.ipam.allocation.state;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.Bitmap;
import io.ipam.bitmap.Position;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Uint128;

/**
 * Which addresses of a set are taken: the set tells addresses from ordinals, a {@link Bitmap} over the ordinals keeps what is
 * taken. All positions that come in and go out are addresses, as unsigned 128-bit numbers {@code (high, low)}; ordinals stay
 * inside.
 *
 * <p>An address that is not in the set is never free and never taken.
 *
 * <p>Cost: O(log ranges) for the way from address to ordinal and back, plus the cost of the bitmap; no method makes an object
 * but those that give runs, {@link #nextFreeBlock} and {@link #copy}. Memory: that of the bitmap; the set is shared.
 *
 * <p>Thread safety: none; the owner holds a lock. One that nobody changes any more may be read by many threads, through methods
 * that take a cursor or none.
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

    /**
     * {@return an occupancy with every address free}
     *
     * @param addresses the addresses that can be taken
     */
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

    /**
     * {@return whether an address is in the set}
     *
     * @param high upper 64 bits of an address
     * @param low lower 64 bits of an address
     */
    public boolean contains(long high, long low) {
        return ordinals.rangeOf(high, low) >= 0;
    }

    /**
     * {@return whether an address is in the set and not taken}
     *
     * @param high upper 64 bits of an address
     * @param low lower 64 bits of an address
     */
    public boolean isFree(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && !taken.get(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /**
     * {@return whether an address is taken}
     *
     * @param high upper 64 bits of an address
     * @param low lower 64 bits of an address
     */
    public boolean isTaken(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.get(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /**
     * {@return whether an address was free, so that it is taken now; else nothing has changed}
     *
     * @param high upper 64 bits of an address
     * @param low lower 64 bits of an address
     */
    public boolean take(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.set(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /**
     * {@return whether an address was taken, so that it is free now; else nothing has changed}
     *
     * @param high upper 64 bits of an address
     * @param low lower 64 bits of an address
     */
    public boolean release(long high, long low) {
        int range = ordinals.rangeOf(high, low);
        return range >= 0 && taken.clear(ordinals.high(range, high, low), ordinals.low(range, low));
    }

    /**
     * {@return whether a run of addresses was in the set and free, so that all are taken now; else nothing has changed}
     *
     * @param firstHigh upper 64 bits of the first
     * @param firstLow lower 64 bits of the first
     * @param lastHigh upper 64 bits of the last
     * @param lastLow lower 64 bits of the last
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

    /**
     * {@return whether a run of addresses was taken, so that all are free now; else nothing has changed}
     *
     * @param firstHigh upper 64 bits of the first
     * @param firstLow lower 64 bits of the first
     * @param lastHigh upper 64 bits of the last
     * @param lastLow lower 64 bits of the last
     */
    public boolean releaseRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow);
        return range >= 0
                && taken.clearRun(
                        ordinals.high(range, firstHigh, firstLow),
                        ordinals.low(range, firstLow),
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow));
    }

    /**
     * {@return whether a run of addresses is in the set as a whole}
     *
     * @param firstHigh upper 64 bits of the first
     * @param firstLow lower 64 bits of the first
     * @param lastHigh upper 64 bits of the last
     * @param lastLow lower 64 bits of the last
     */
    public boolean containsRun(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        return ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow) >= 0;
    }

    /**
     * {@return whether a run of addresses is in the set and free}
     *
     * @param firstHigh upper 64 bits of the first
     * @param firstLow lower 64 bits of the first
     * @param lastHigh upper 64 bits of the last
     * @param lastLow lower 64 bits of the last
     */
    public boolean isRunFree(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        int range = ordinals.rangeOf(firstHigh, firstLow, lastHigh, lastLow);
        return range >= 0
                && taken.isClear(
                        ordinals.high(range, firstHigh, firstLow),
                        ordinals.low(range, firstLow),
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow));
    }

    /**
     * Finds the lowest free address of all.
     *
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
     */
    public boolean lowestFree(Position out) {
        if (!taken.nextClear(0, 0, out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Finds the lowest free address at or after a start, which need not be in the set.
     *
     * @param fromHigh upper 64 bits of an address
     * @param fromLow lower 64 bits of an address
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
     */
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
     * Finds a free address, each as likely as any other when the bits are random.
     *
     * @param random 64 random bits, from which any more are drawn
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
     */
    public boolean randomFree(long random, Position out) {
        if (!taken.randomClear(random, out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Finds the first free address at or after a place that depends on a key alone, and around.
     *
     * @param key any number; equal keys have equal places, and different ones are spread evenly over the set
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
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

    /**
     * Takes the lowest free address: {@link #lowestFree} and {@link #take} in one.
     *
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
     */
    public boolean takeLowest(Position out) {
        if (!taken.setNextClear(0, 0, out)) {
            return false;
        }
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Takes a random free address: {@link #randomFree} and {@link #take} in one.
     *
     * @param random 64 random bits, from which any more are drawn
     * @param out receives it
     * @return whether there is one; else {@code out} is untouched
     */
    public boolean takeRandom(long random, Position out) {
        if (!taken.randomClear(random, out)) {
            return false;
        }
        taken.set(out.high(), out.low());
        ordinals.toAddress(out);
        return true;
    }

    /**
     * Finds the first free run of 2^bits addresses that begins at a multiple of its length.
     *
     * @param bits 0 to the number of bits of an address
     * @param out receives the first address of the run; untouched when there is none
     * @return whether there is one
     */
    public boolean nextFreeBlock(int bits, Position out) {
        long lessHigh = Uint128.onesHigh(bits);
        long lessLow = Uint128.onesLow(bits);
        for (int range = 0; range < addresses.rangeCount(); range++) {
            long firstHigh = addresses.firstHigh(range);
            long firstLow = addresses.firstLow(range);
            long highBits = Uint128.addHigh(firstHigh, firstLow, lessHigh, lessLow) & ~lessHigh;
            long lowBits = (firstLow + lessLow) & ~lessLow;
            boolean wraps = Uint128.isLess(highBits, lowBits, firstHigh, firstLow);
            if (!wraps && addresses.rangeIndexOf(highBits, lowBits) == range) {
                long lastHigh = addresses.lastHigh(range);
                long lastLow = addresses.lastLow(range);
                if (taken.nextClearBlock(
                        ordinals.high(range, highBits, lowBits),
                        ordinals.low(range, lowBits),
                        bits,
                        ordinals.high(range, lastHigh, lastLow),
                        ordinals.low(range, lastLow),
                        out)) {
                    ordinals.toAddress(out);
                    return true;
                }
            }
        }
        return false;
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
     * Counts the taken addresses.
     *
     * @param out receives the number modulo 2^128; a full ::/0, which alone has that many, {@linkplain #isFull is full}
     */
    public void takenCount(Position out) {
        taken.cardinality(out);
    }

    /** {@return the number of taken addresses, or Long.MAX_VALUE when there are more} */
    public long takenCount() {
        Position count = new Position();
        taken.cardinality(count);
        boolean fits = count.high() == 0 && count.low() >= 0 && (taken.isEmpty() || count.low() > 0);
        return fits ? count.low() : Long.MAX_VALUE;
    }

    /** {@return the number of free addresses, or Long.MAX_VALUE when there are more} */
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

    /** {@return the taken addresses, ascending, in runs as long as a range of the set allows; a change ends their use} */
    public SetRuns takenRuns() {
        return new AddressRuns(addresses, taken.runs(0, 0));
    }

    /** {@return the free addresses, ascending, in runs as long as a range of the set allows; a change ends their use} */
    public SetRuns freeRuns() {
        return new AddressRuns(addresses, new GapRuns(addresses, taken.runs(0, 0)));
    }

    /**
     * {@return how often a run of addresses has changed} It may count changes in a wider neighbourhood too: where it is as it
     * was, so is the run. Addresses that are not in the set do not matter.
     *
     * @param firstHigh upper 64 bits of the first
     * @param firstLow lower 64 bits of the first
     * @param lastHigh upper 64 bits of the last
     * @param lastLow lower 64 bits of the last
     */
    public long changes(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        Position from = new Position();
        Position to = new Position();
        boolean any = ordinals.ceiling(firstHigh, firstLow, from)
                && ordinals.floor(lastHigh, lastLow, to)
                && !Uint128.isLess(to.high(), to.low(), from.high(), from.low());
        return any ? taken.changes(from.high(), from.low(), to.high(), to.low()) : 0;
    }

    /** {@return an independent copy; the set is shared} */
    public Occupancy copy() {
        return new Occupancy(addresses, taken.copy());
    }

    /**
     * Checks every named invariant of the bitmap.
     *
     * @throws IllegalStateException naming the invariant and both values when one is broken
     */
    public void verify() {
        taken.verify();
    }

    @Override
    public String toString() {
        return "Occupancy[" + taken + " of " + addresses + "]";
    }
}
