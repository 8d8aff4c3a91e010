package io.ipam.range;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
import io.ipam.number.Hashes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Allocates the prefixes of one length of a set, such as the /64s of a /48; see {@link
 * UnitAllocator} for orders, blocks, errors, and cost. {@link #take} and {@link #release} allocate
 * and release a given prefix.
 *
 * <p><b>Allocators of units.</b> {@link #rangeAllocatorOf} and {@link #prefixAllocatorOf} open an
 * allocated unit. They return the allocator of the unit's addresses or of its prefixes, which is
 * the same until the unit is released. {@link #releaseIfEmpty} releases a unit in which nothing is
 * allocated. {@link #release}, {@link #markFree}, and {@link #restore} release units regardless of
 * the allocations in them. In the same step, the allocator of a unit that becomes free is closed. A
 * closed allocator has no units, is exhausted, and returns {@code OUTSIDE} for every address. A
 * snapshot does not contain the states of allocators of units.
 *
 * <p>Thread safety: safe. Every method is one step under one lock. No caller-supplied code runs
 * under the lock.
 */
public final class PrefixAllocator extends UnitAllocator {
    private final OpenUnits open;

    private PrefixAllocator(AddressSet addresses, int unitLength, AllocationOrder order, long seed, OpenUnits open) {
        super(new Units(addresses, unitLength), order, seed, open);
        this.open = open;
    }

    /**
     * {@return an allocator of the lowest free prefix, with all prefixes free}
     *
     * @param addresses the addresses to allocate; those that form no whole unit are ignored
     * @param unitLength the prefix length of a unit, 0 to 32 or 128
     */
    public static PrefixAllocator of(AddressSet addresses, int unitLength) {
        return of(addresses, unitLength, AllocationOrder.LOWEST);
    }

    /**
     * {@return an allocator with all prefixes free}
     *
     * @param addresses the addresses to allocate; those that form no whole unit are ignored
     * @param unitLength the prefix length of a unit, 0 to 32 or 128
     * @param order the order of allocation; not HASH_OF_OWNER, which needs a key: see {@link
     *     #allocateFor}
     */
    public static PrefixAllocator of(AddressSet addresses, int unitLength, AllocationOrder order) {
        return of(addresses, unitLength, order, new SplittableRandom().nextLong());
    }

    /**
     * {@return an allocator with all prefixes free}
     *
     * @param addresses the addresses to allocate; those that form no whole unit are ignored
     * @param unitLength the prefix length of a unit, 0 to 32 or 128
     * @param order the order of allocation; not HASH_OF_OWNER, which needs a key: see {@link
     *     #allocateFor}
     * @param seed the seed of {@link AllocationOrder#RANDOM}
     */
    public static PrefixAllocator of(AddressSet addresses, int unitLength, AllocationOrder order, long seed) {
        return new PrefixAllocator(requireNonNull(addresses, "addresses"), unitLength, order, seed, new OpenUnits());
    }

    /**
     * Allocates the next prefix in the order of this allocator.
     *
     * @return the prefix
     * @throws ExhaustedException if no prefix is free
     */
    public Prefix allocate() {
        return tryAllocate().orElseThrow(() -> exhausted("no prefix is free"));
    }

    /**
     * Allocates the next prefix in the order of this allocator.
     *
     * @return the prefix; empty if no prefix is free
     */
    public Optional<Prefix> tryAllocate() {
        synchronized (ledger) {
            return ledger.takeNext() ? Optional.of(unit(ledger.taken())) : Optional.empty();
        }
    }

    /**
     * Allocates the first free prefix at or after a place that depends only on a key; the search
     * wraps around.
     *
     * @param key any text; equal texts have equal places in every process and every release
     * @return the prefix
     * @throws ExhaustedException if no prefix is free
     */
    public Prefix allocateFor(CharSequence key) {
        return tryAllocateFor(key).orElseThrow(() -> exhausted("no prefix is free"));
    }

    /**
     * Allocates the first free prefix at or after a place that depends only on a key; the search
     * wraps around.
     *
     * @param key any text; equal texts have equal places in every process and every release
     * @return the prefix; empty if no prefix is free
     */
    public Optional<Prefix> tryAllocateFor(CharSequence key) {
        long hash = Hashes.ofText(key);
        synchronized (ledger) {
            return ledger.takeByKey(hash) ? Optional.of(unit(ledger.taken())) : Optional.empty();
        }
    }

    /**
     * Allocates n prefixes in the order of this allocator, or none.
     *
     * @param n the number of prefixes, at least 1
     * @return the prefixes in the order in which they were allocated
     * @throws ExhaustedException if fewer are free
     */
    public List<Prefix> allocateSeveral(int n) {
        return tryAllocateSeveral(n).orElseThrow(() -> exhausted("fewer than " + n + " prefixes are free"));
    }

    /**
     * Allocates n prefixes in the order of this allocator, or none.
     *
     * @param n the number of prefixes, at least 1
     * @return the prefixes in the order in which they were allocated; empty if fewer are free
     */
    public Optional<List<Prefix>> tryAllocateSeveral(int n) {
        requirePositive(n);
        List<Address> firsts;
        synchronized (ledger) {
            if (!ledger.hasFree(n)) {
                return Optional.empty();
            }
            firsts = ledger.takeSeveral(n);
        }
        return Optional.of(firsts.stream().map(this::unit).toList());
    }

    /**
     * {@return the allocated units at this moment, ascending, each as one prefix} Cost: that of a
     * snapshot.
     */
    public Stream<Prefix> allocatedPrefixes() {
        return snapshot().allocatedPrefixes();
    }

    /**
     * Returns the allocator of the addresses of a unit. The first call creates it, with all
     * addresses free and with the order of this allocator.
     *
     * <p>Cost: O(log n) for n open units; for the first call, also that of {@link
     * RangeAllocator#of}.
     *
     * @param unit a prefix of the length of a unit
     * @return the allocator; empty if the unit is not allocated
     * @throws IllegalArgumentException if prefixes of the unit are being allocated
     */
    public Optional<RangeAllocator> rangeAllocatorOf(Prefix unit) {
        int bits = unit.family().bits();
        return open(
                unit,
                RangeAllocator.class,
                bits,
                () -> RangeAllocator.of(AddressSet.of(unit), ledger.order(), ledger.seedOf(unit)));
    }

    /**
     * Returns the allocator of the prefixes of one length of a unit. The first call creates it,
     * with all prefixes free and with the order of this allocator. Its units can be opened, too.
     *
     * <p>Cost: O(log n) for n open units; for the first call, also that of {@link #of}.
     *
     * @param unit a prefix of the length of a unit
     * @param length the length of the prefixes, from that of the unit to 32 or 128
     * @return the allocator; empty if the unit is not allocated
     * @throws IllegalArgumentException if addresses of the unit, or its prefixes of another length,
     *     are being allocated
     */
    public Optional<PrefixAllocator> prefixAllocatorOf(Prefix unit, int length) {
        int bits = unit.family().bits();
        if (length < unitLength() || length > bits) {
            throw new IllegalArgumentException("length must be " + unitLength() + " to " + bits + ", was " + length);
        }
        return open(
                unit,
                PrefixAllocator.class,
                length,
                () -> of(AddressSet.of(unit), length, ledger.order(), ledger.seedOf(unit)));
    }

    private <T extends UnitAllocator> Optional<T> open(Prefix unit, Class<T> type, int length, Supplier<T> creator) {
        units.requireUnit(unit);
        synchronized (ledger) {
            UnitAllocator known = open.at(unit.base());
            if (known == null) {
                boolean isAllocated =
                        ledger.isTaken(unit.base().high(), unit.base().low());
                return isAllocated ? Optional.of(open.add(unit.base(), creator.get())) : Optional.empty();
            }
            if (!type.isInstance(known) || known.unitLength() != length) {
                throw new IllegalArgumentException("unit must be open in a " + type.getSimpleName() + " of /" + length
                        + ", but " + unit + " is open in a " + known.getClass().getSimpleName() + " of /"
                        + known.unitLength());
            }
            return Optional.of(type.cast(known));
        }
    }

    /**
     * Releases a unit unless its allocator has allocations. A unit that was not opened is empty.
     * Cost: O(log n) for n open units.
     *
     * @param unit a prefix of the length of a unit
     * @return the outcome; {@code NOT_EMPTY} if something is allocated in the unit
     */
    public ReleaseOutcome releaseIfEmpty(Prefix unit) {
        units.requireUnit(unit);
        synchronized (ledger) {
            return ledger.releaseIfEmpty(unit);
        }
    }

    private Prefix unit(Address first) {
        return new Prefix(first, unitLength());
    }
}
