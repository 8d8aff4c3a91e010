package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Which addresses of a set are taken, in a sorted set of addresses. Correct at any size, and slow: a bitmap takes its place.
 *
 * <p>Thread safety: none, the ledger's lock guards it.
 */
final class TakenAddresses {
    private final AddressSet addresses;
    private final TreeSet<Address> taken = new TreeSet<>();

    private TakenAddresses(AddressSet addresses) {
        this.addresses = addresses;
    }

    static TakenAddresses of(AddressSet addresses) {
        return new TakenAddresses(addresses);
    }

    AddressSet addresses() {
        return addresses;
    }

    boolean contains(long high, long low) {
        return addresses.rangeIndexOf(high, low) >= 0;
    }

    boolean isFree(long high, long low) {
        return contains(high, low) && !taken.contains(address(high, low));
    }

    boolean take(long high, long low) {
        return contains(high, low) && taken.add(address(high, low));
    }

    boolean release(long high, long low) {
        return contains(high, low) && taken.remove(address(high, low));
    }

    boolean isFull() {
        return free().signum() == 0;
    }

    long takenCount() {
        return taken.size();
    }

    long freeCountSaturated() {
        BigInteger free = free();
        return free.bitLength() > 63 ? Long.MAX_VALUE : free.longValue();
    }

    /** The lowest free address at or after one. */
    boolean nextFree(long high, long low, Place out) {
        for (int range = 0; range < addresses.rangeCount(); range++) {
            long lastHigh = addresses.lastHigh(range);
            long lastLow = addresses.lastLow(range);
            if (!Uint128.isLess(lastHigh, lastLow, high, low)) {
                boolean isInside = !Uint128.isLess(high, low, addresses.firstHigh(range), addresses.firstLow(range));
                Address from =
                        isInside ? address(high, low) : addresses.range(range).first();
                Address found = firstFree(from, address(lastHigh, lastLow));
                if (found != null) {
                    out.set(found.high(), found.low());
                    return true;
                }
            }
        }
        return false;
    }

    boolean freeAtRandom(LongSupplier random, Place out) {
        BigInteger free = free();
        if (free.signum() == 0) {
            return false;
        }
        BigInteger drawn = Uint128.toBigInteger(random.getAsLong(), random.getAsLong());
        BigInteger ordinal = drawn.mod(free);
        for (Address address : taken) {
            if (addresses.ordinalOf(address).orElseThrow().compareTo(ordinal) <= 0) {
                ordinal = ordinal.add(BigInteger.ONE);
            }
        }
        Address found = addresses.addressAt(ordinal);
        out.set(found.high(), found.low());
        return true;
    }

    private @org.jspecify.annotations.Nullable Address firstFree(Address from, Address last) {
        Address at = from;
        while (taken.contains(at)) {
            if (at.equals(last)) {
                return null;
            }
            at = at.next();
        }
        return at;
    }

    private BigInteger free() {
        return addresses.size().subtract(BigInteger.valueOf(taken.size()));
    }

    private Address address(long high, long low) {
        return new Address(addresses.family(), high, low);
    }

    /** An address in two halves, to be written by a search. */
    static final class Place {
        private long high;
        private long low;

        void set(long newHigh, long newLow) {
            high = newHigh;
            low = newLow;
        }

        long high() {
            return high;
        }

        long low() {
            return low;
        }
    }
}
