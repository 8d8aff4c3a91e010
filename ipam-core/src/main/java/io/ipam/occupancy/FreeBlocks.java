package io.ipam.occupancy;

import io.ipam.address.AddressSet;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import io.ipam.number.Uint128;

/**
 * The search for a free run of addresses that begins at a multiple of its length. A run is within
 * one range of the set.
 *
 * <p>Cost: O(ranges) plus the search of the bitmap. Thread safety: no state.
 */
final class FreeBlocks {
    private FreeBlocks() {}

    /** Finds the first free run of 2^bits addresses; {@code out} is unchanged if there is none. */
    static boolean find(AddressSet addresses, Ordinals ordinals, Bitmap taken, int bits, Position out) {
        for (int range = 0; range < addresses.rangeCount(); range++) {
            if (isFoundIn(range, addresses, ordinals, taken, bits, out)) {
                ordinals.toAddress(out);
                return true;
            }
        }
        return false;
    }

    private static boolean isFoundIn(
            int range, AddressSet addresses, Ordinals ordinals, Bitmap taken, int bits, Position out) {
        long lessHigh = Uint128.onesHigh(bits);
        long lessLow = Uint128.onesLow(bits);
        long firstHigh = addresses.firstHigh(range);
        long firstLow = addresses.firstLow(range);
        long high = Uint128.addHigh(firstHigh, firstLow, lessHigh, lessLow) & ~lessHigh;
        long low = (firstLow + lessLow) & ~lessLow;
        boolean wraps = Uint128.isLess(high, low, firstHigh, firstLow);
        if (wraps || addresses.rangeIndexOf(high, low) != range) {
            return false;
        }
        long lastHigh = addresses.lastHigh(range);
        long lastLow = addresses.lastLow(range);
        return taken.nextClearBlock(
                ordinals.high(range, high, low),
                ordinals.low(range, low),
                bits,
                ordinals.high(range, lastHigh, lastLow),
                ordinals.low(range, lastLow),
                out);
    }
}
