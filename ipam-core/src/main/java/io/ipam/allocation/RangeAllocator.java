package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import inet.ipaddr.IPAddress;
import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.state.Mutex;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Hands out the addresses of a set, each to one taker at a time: no owners, no pools, any size from one address to ::/0.
 *
 * <p><b>Units.</b> What is handed out is a unit: a single address, or with {@link #ofUnits} a prefix of a fixed length (a /48 in
 * /64s). A unit is named by its first address. Only units that lie in the set as a whole count. An address that is not the first
 * of a unit of the set is {@code OUTSIDE}, for {@link #isAllocated} alone any address of a unit will do.
 *
 * <p><b>Orders.</b> {@link AllocationOrder#LOWEST}: the lowest free unit. {@code NEXT}: the first free one after the one handed
 * out last, and around. {@code RANDOM}: any free one, each as likely as any other. By key, with {@link #allocateFor}: the first
 * free one at or after a place that depends on the key alone, and around.
 *
 * <p><b>Blocks.</b> {@link #allocateBlock} hands out all units of an aligned prefix at once. They can be released one by one.
 *
 * <p>Errors: an address of the other family and a prefix longer than a unit are bugs of the caller and throw
 * IllegalArgumentException; an {@link IPAddress} that is not one address throws InvalidAddressException. That nothing is free is
 * an ordinary answer.
 *
 * <p>Cost: O(log ranges) and some nanoseconds, at any size and however much is allocated. The methods with a cursor or two longs
 * make no object. Memory: up to 2^24 units 0.13 bytes for each unit of the set; beyond, 13 to 16 bytes for each address that is
 * allocated far from others, twice as many in more than 2^64 units, and next to nothing for those in a row.
 *
 * <p>Thread safety: one lock; every method is one step that others see whole or not at all. No caller's code runs inside.
 */
public final class RangeAllocator {
    private final Units units;
    private final Mutex lock = new Mutex();
    private final UnitLedger ledger;
    private final AllocatorState state;

    private RangeAllocator(Units units, long seed) {
        this.units = units;
        ledger = new UnitLedger(units, seed);
        state = new AllocatorState(lock, ledger);
    }

    /**
     * {@return an allocator of single addresses, all free}
     *
     * @param addresses what it hands out
     */
    public static RangeAllocator of(AddressSet addresses) {
        return of(addresses, new SplittableRandom().nextLong());
    }

    /**
     * {@return an allocator of single addresses, all free}
     *
     * @param addresses what it hands out
     * @param seed decides what {@link AllocationOrder#RANDOM} gives
     */
    public static RangeAllocator of(AddressSet addresses, long seed) {
        return ofUnits(addresses, addresses.family().bits(), seed);
    }

    /**
     * {@return an allocator of prefixes, all free}
     *
     * @param addresses what it hands out, as far as it is made of whole units
     * @param unitLength the prefix length of a unit, 0 to 32 or 128
     */
    public static RangeAllocator ofUnits(AddressSet addresses, int unitLength) {
        return ofUnits(addresses, unitLength, new SplittableRandom().nextLong());
    }

    /**
     * {@return an allocator of prefixes, all free}
     *
     * @param addresses what it hands out, as far as it is made of whole units
     * @param unitLength the prefix length of a unit, 0 to 32 or 128
     * @param seed decides what {@link AllocationOrder#RANDOM} gives
     */
    public static RangeAllocator ofUnits(AddressSet addresses, int unitLength, long seed) {
        return new RangeAllocator(new Units(requireNonNull(addresses, "addresses"), unitLength), seed);
    }

    /** {@return the set this was made of} */
    public AddressSet addresses() {
        return units.addresses();
    }

    /** {@return the family of the addresses} */
    public Family family() {
        return units.family();
    }

    /** {@return the prefix length of a unit: 32 or 128 for single addresses} */
    public int unitLength() {
        return units.length();
    }

    /** {@return the first address of the lowest free unit, which is allocated now; empty when nothing is free} */
    public Optional<Address> allocate() {
        return allocate(AllocationOrder.LOWEST);
    }

    /**
     * {@return the first address of a free unit, which is allocated now; empty when nothing is free}
     *
     * @param order which one; not HASH_OF_OWNER, which needs a key: see {@link #allocateFor}
     */
    public Optional<Address> allocate(AllocationOrder order) {
        lock.lock();
        try {
            return ledger.takeNext(order) ? Optional.of(ledger.taken()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Allocates a unit, as {@link #allocate(AllocationOrder)}, without making an object.
     *
     * @param order which one; not HASH_OF_OWNER
     * @param out receives the first address of the unit
     * @return whether one was free; else {@code out} is untouched
     */
    public boolean allocate(AllocationOrder order, AddressCursor out) {
        lock.lock();
        try {
            return ledger.takeNext(order) && ledger.tell(out);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the first address of a free unit, which is allocated now: the first free one at or after a place that depends on
     * the key alone, and around; empty when nothing is free}
     *
     * @param key any text; the same text has the same place in every process
     */
    public Optional<Address> allocateFor(CharSequence key) {
        long hash = KeyHash.of(key);
        lock.lock();
        try {
            return ledger.takeByKey(hash) ? Optional.of(ledger.taken()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Allocates a unit, as {@link #allocateFor(CharSequence)}, without making an object.
     *
     * @param key any number; equal numbers have equal places
     * @param out receives the first address of the unit
     * @return whether one was free; else {@code out} is untouched
     */
    public boolean allocateFor(long key, AddressCursor out) {
        lock.lock();
        try {
            return ledger.takeByKey(key) && ledger.tell(out);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the first addresses of n free units, in the order in which they were found, all of which are allocated now; empty
     * when fewer are free, and then nothing has changed}
     *
     * @param n how many, at least 1
     * @param order which ones; not HASH_OF_OWNER
     */
    public Optional<List<Address>> allocate(int n, AllocationOrder order) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, is " + n);
        }
        lock.lock();
        try {
            return Optional.ofNullable(ledger.takeAll(n, order));
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what became of the wish for the unit that begins at an address}
     *
     * @param given the first address of a unit
     */
    public TakeOutcome allocate(Address given) {
        units.requireFamily(given.family());
        return allocate(given.high(), given.low());
    }

    /**
     * {@return what became of the wish for the unit that begins at an address}
     *
     * @param given the first address of a unit: a single address, whose prefix length is ignored
     */
    public TakeOutcome allocate(IPAddress given) {
        return allocate(Address.of(given));
    }

    /**
     * {@return what became of the wish for the unit that begins at an address} Makes no object.
     *
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of the address
     */
    public TakeOutcome allocate(long high, long low) {
        if (!units.isFirst(high, low)) {
            return TakeOutcome.OUTSIDE;
        }
        lock.lock();
        try {
            return ledger.take(high, low);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the first prefix of a length of which every unit is in the set and free, which is allocated now as a whole; empty
     * when there is none}
     *
     * <p>Cost: goes along what is allocated; in a large, sparsely used set it sorts that first, O(n log n).
     *
     * @param prefixLength 0 to the length of a unit
     */
    public Optional<Prefix> allocateBlock(int prefixLength) {
        units.requireBlock(prefixLength);
        lock.lock();
        try {
            return ledger.takeBlock(prefixLength)
                    ? Optional.of(new Prefix(ledger.taken(), prefixLength))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what became of the wish for all units of a prefix}
     *
     * @param given a prefix at most as long as a unit's
     */
    public TakeOutcome allocate(Prefix given) {
        units.requireBlock(given);
        lock.lock();
        try {
            return ledger.take(given);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what became of the release of the unit that begins at an address}
     *
     * @param address the first address of a unit
     */
    public ReleaseOutcome release(Address address) {
        units.requireFamily(address.family());
        return release(address.high(), address.low());
    }

    /**
     * {@return what became of the release of the unit that begins at an address}
     *
     * @param address the first address of a unit: a single address, whose prefix length is ignored
     */
    public ReleaseOutcome release(IPAddress address) {
        return release(Address.of(address));
    }

    /**
     * {@return what became of the release of the unit that begins at an address} Makes no object.
     *
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of the address
     */
    public ReleaseOutcome release(long high, long low) {
        if (!units.isFirst(high, low)) {
            return ReleaseOutcome.OUTSIDE;
        }
        lock.lock();
        try {
            return ledger.release(high, low);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what became of the release of all units of a prefix, handed out together or not}
     *
     * @param block a prefix at most as long as a unit's
     */
    public ReleaseOutcome release(Prefix block) {
        units.requireBlock(block);
        lock.lock();
        try {
            return ledger.release(block);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether an address lies in an allocated unit; false for one of the other family}
     *
     * @param address any address
     */
    public boolean isAllocated(Address address) {
        return address.family() == units.family() && isAllocated(address.high(), address.low());
    }

    /**
     * {@return whether an address lies in an allocated unit; false for one of the other family}
     *
     * @param address any single address, whose prefix length is ignored
     */
    public boolean isAllocated(IPAddress address) {
        return isAllocated(Address.of(address));
    }

    /**
     * {@return whether an address lies in an allocated unit} Makes no object.
     *
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of the address
     */
    public boolean isAllocated(long high, long low) {
        lock.lock();
        try {
            return ledger.isTaken(high, low);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether no unit is free} */
    public boolean isExhausted() {
        lock.lock();
        try {
            return ledger.isFull();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of units in the set} */
    public BigInteger total() {
        return units.numbers().size();
    }

    /** {@return the number of allocated units} */
    public BigInteger allocated() {
        lock.lock();
        try {
            return ledger.count();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of free units} */
    public BigInteger free() {
        return total().subtract(allocated());
    }

    /** {@return all addresses of the allocated units at this moment, ascending: those of a snapshot} */
    public Stream<AddressRange> allocatedRanges() {
        return state.snapshot().allocatedRanges();
    }

    /** {@return all addresses of the free units at this moment, ascending: those of a snapshot} */
    public Stream<AddressRange> freeRanges() {
        return state.snapshot().freeRanges();
    }

    /** {@return the state as a whole: snapshots, export, import} */
    public AllocatorState state() {
        return state;
    }

    @Override
    public String toString() {
        return "RangeAllocator[" + allocated() + " of " + total() + " allocated in " + units + "]";
    }
}
