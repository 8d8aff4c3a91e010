package io.ipam.range;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.InvalidStateException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Allocates the units of an address set, each to one caller at a time, without owners and pools. A
 * unit is a single address in a {@link RangeAllocator}, and a prefix of a fixed length in a {@link
 * PrefixAllocator}. Units that are only partly in the set are ignored. The set may have any size
 * from one address to ::/0.
 *
 * <p><b>Orders.</b> {@link AllocationOrder#LOWEST}: the lowest free unit. {@code NEXT}: the first
 * free unit after the last allocated one, wrapping around; a snapshot stores this place. {@code
 * RANDOM}: a uniformly distributed free unit. By key, with the verbs {@code allocateFor}: the first
 * free unit at or after a place that depends only on the key, wrapping around.
 *
 * <p><b>Blocks.</b> A block is all units of a prefix: the verbs {@code allocateBlock} find a free
 * one. The units of a block can be released one by one.
 *
 * <p>Errors: a prefix longer than a unit throws IllegalArgumentException, as does an address or a
 * prefix of the other family. Predicates return false for the other family. If nothing is free,
 * the verbs that start with {@code try} return an empty Optional or false, and the others throw
 * {@link ExhaustedException}.
 *
 * <p>Cost: O(log ranges) and some nanoseconds, regardless of the size and of the number of
 * allocated units, unless a method states another cost. Memory: up to 2^24 units, 0.13 bytes per
 * unit of the set. In larger sets, 13 to 16 bytes per allocated unit that is far from others, and
 * nearly nothing for consecutive units. Sets of more than 2^64 units need twice that.
 *
 * <p>Thread safety: safe. Every method is one step under one lock. No caller-supplied code runs
 * under the lock.
 */
public abstract class UnitAllocator {
    final Units units;
    /** The state and its lock: it is accessed only by threads that synchronize on it. */
    final UnitLedger ledger;

    UnitAllocator(Units units, AllocationOrder order, long seed, UnitContents contents) {
        this.units = units;
        ledger = new UnitLedger(units, requireNonNull(order, "order"), seed, contents);
    }

    /** {@return the set of the allocator} */
    public final AddressSet addresses() {
        return units.addresses();
    }

    /** {@return the family of the addresses} */
    public final Family family() {
        return units.family();
    }

    /** {@return the prefix length of a unit: 32 or 128 for single addresses} */
    public final int unitLength() {
        return units.length();
    }

    /** {@return the number of units in the set; 0 if this allocator was closed} */
    public final BigInteger total() {
        synchronized (ledger) {
            return ledger.total();
        }
    }

    /** {@return the number of allocated units} */
    public final BigInteger allocated() {
        synchronized (ledger) {
            return ledger.count();
        }
    }

    /** {@return the number of free units} */
    public final BigInteger free() {
        synchronized (ledger) {
            return ledger.total().subtract(ledger.count());
        }
    }

    /** {@return whether no unit is free} */
    public final boolean isExhausted() {
        synchronized (ledger) {
            return ledger.isFull();
        }
    }

    /**
     * {@return whether an address is in an allocated unit; false for the other family}
     *
     * @param address any address
     */
    public final boolean isAllocated(Address address) {
        return address.family() == units.family() && isAllocated(address.high(), address.low());
    }

    /**
     * {@return whether an address is in an allocated unit} Creates no object.
     *
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of the address
     */
    public final boolean isAllocated(long high, long low) {
        synchronized (ledger) {
            return ledger.isTaken(high, low);
        }
    }

    /**
     * {@return all addresses of the allocated units at this moment, ascending} Cost: that of a
     * snapshot.
     */
    public final Stream<AddressRange> allocatedRanges() {
        return snapshot().allocatedRanges();
    }

    /**
     * {@return all addresses of the free units at this moment, ascending} Cost: that of a snapshot.
     */
    public final Stream<AddressRange> freeRanges() {
        return snapshot().freeRanges();
    }

    /**
     * Allocates all units of the first prefix of a length whose units are all in the set and free.
     *
     * <p>Cost: O(allocated); in a set of more than 2^24 units O(n log n), because the allocated
     * units are sorted first.
     *
     * @param prefixLength 0 to the length of a unit
     * @return the prefix
     * @throws ExhaustedException if there is none
     */
    public final Prefix allocateBlock(int prefixLength) {
        return tryAllocateBlock(prefixLength).orElseThrow(() -> exhausted("no /" + prefixLength + " is free"));
    }

    /**
     * Allocates all units of the first prefix of a length whose units are all in the set and free.
     * Cost: that of {@link #allocateBlock}.
     *
     * @param prefixLength 0 to the length of a unit
     * @return the prefix; empty if there is none
     */
    public final Optional<Prefix> tryAllocateBlock(int prefixLength) {
        units.requireBlock(prefixLength);
        synchronized (ledger) {
            return ledger.takeBlock(prefixLength)
                    ? Optional.of(new Prefix(ledger.taken(), prefixLength))
                    : Optional.empty();
        }
    }

    /**
     * Allocates all units of a given prefix if all of them are free.
     *
     * @param prefix a prefix that is at most as long as a unit
     * @return the outcome
     */
    public final TakeOutcome take(Prefix prefix) {
        units.requireBlock(prefix);
        synchronized (ledger) {
            return ledger.take(prefix);
        }
    }

    /**
     * Releases all units of a prefix if all of them are allocated, whether together or one by one.
     *
     * @param prefix a prefix that is at most as long as a unit
     * @return the outcome
     */
    public final ReleaseOutcome release(Prefix prefix) {
        units.requireBlock(prefix);
        synchronized (ledger) {
            return ledger.release(prefix);
        }
    }

    /**
     * Marks all units of the set within a prefix as allocated, whether they are free or not, to
     * rebuild a state from existing allocations. A repeated call changes nothing.
     *
     * <p>Cost: that of {@link #take} for one unit, and if all units are free. Otherwise that of
     * {@link #allocateBlock}, and an object per run of allocated units within the prefix.
     *
     * @param prefix a prefix that is at most as long as a unit; parts outside the set are ignored
     * @return the number of units that were free
     */
    public final BigInteger markAllocated(Prefix prefix) {
        units.requireBlock(prefix);
        synchronized (ledger) {
            return ledger.mark(prefix, true);
        }
    }

    /**
     * Marks all units of the set within a prefix as free, whether they are allocated or not. A
     * repeated call changes nothing. Cost: that of {@link #release} for one unit, and if all units
     * are allocated; otherwise that of {@link #markAllocated}.
     *
     * @param prefix a prefix that is at most as long as a unit; parts outside the set are ignored
     * @return the number of units that were allocated
     */
    public final BigInteger markFree(Prefix prefix) {
        units.requireBlock(prefix);
        synchronized (ledger) {
            return ledger.mark(prefix, false);
        }
    }

    /**
     * {@return the current state, which later changes do not affect} Cost: a copy of the bitmap.
     */
    public final AllocatorSnapshot snapshot() {
        synchronized (ledger) {
            return ledger.snapshot();
        }
    }

    /**
     * Replaces the state with that of a snapshot: the allocated units and the place of the order
     * NEXT. Cost: a copy of the bitmap.
     *
     * @param snapshot a snapshot of an allocator of an equal set in units of the same length
     * @throws InvalidStateException if it has other units; the state is then unchanged
     */
    public final void restore(AllocatorSnapshot snapshot) {
        requireNonNull(snapshot, "snapshot");
        synchronized (ledger) {
            ledger.restore(snapshot);
        }
    }

    /**
     * Checks every named invariant of the bitmap. Cost: reads all of it.
     *
     * @throws IllegalStateException with the invariant and both values if one is broken
     */
    public final void verify() {
        synchronized (ledger) {
            ledger.verify();
        }
    }

    /** Removes all units, because the unit that contains them was released. */
    final void close() {
        synchronized (ledger) {
            ledger.close();
        }
    }

    /** Removes all units if none is allocated; returns whether they were removed. */
    final boolean closeIfEmpty() {
        synchronized (ledger) {
            boolean isEmpty = ledger.isEmpty();
            if (isEmpty) {
                ledger.close();
            }
            return isEmpty;
        }
    }

    final ExhaustedException exhausted(String missing) {
        return new ExhaustedException(missing + " in " + units);
    }

    static int requirePositive(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, was " + n);
        }
        return n;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + allocated() + " of " + total() + " allocated in " + units + "]";
    }
}
