package io.ipam.range;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.allocation.AllocationOrder;
import io.ipam.number.Hashes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Allocates the single addresses of a set; see {@link UnitAllocator} for orders, blocks, errors,
 * and cost. {@link PrefixAllocator} allocates prefixes.
 *
 * <table> <caption>The verbs</caption>
 * <tr><td>{@code allocate}, {@code allocateFor}, {@code allocateSeveral}, {@code allocateBlock}
 * <td>the addresses, or {@link ExhaustedException}.
 * <tr><td>{@code tryAllocate}, {@code tryAllocateFor}, {@code tryAllocateSeveral}, {@code
 * tryAllocateBlock} <td>an Optional; with a cursor, whether an address was free, without an object.
 * <tr><td>{@code take}, {@code release}<td>the outcome for a given address or prefix.
 * <tr><td>{@code markAllocated}, {@code markFree}<td>the number of addresses that changed
 * </table>
 *
 * <p>Thread safety: safe. Every method is one step under one lock. No caller-supplied code runs
 * under the lock.
 */
public final class RangeAllocator extends UnitAllocator {
    private RangeAllocator(AddressSet addresses, AllocationOrder order, long seed) {
        super(new Units(addresses, addresses.family().bits()), order, seed, UnitContents.NONE);
    }

    /**
     * {@return an allocator of the lowest free address, with all addresses free}
     *
     * @param addresses the addresses to allocate
     */
    public static RangeAllocator of(AddressSet addresses) {
        return of(addresses, AllocationOrder.LOWEST);
    }

    /**
     * {@return an allocator with all addresses free}
     *
     * @param addresses the addresses to allocate
     * @param order the order of allocation; not HASH_OF_OWNER, which needs a key: see {@link
     *     #allocateFor}
     */
    public static RangeAllocator of(AddressSet addresses, AllocationOrder order) {
        return of(addresses, order, new SplittableRandom().nextLong());
    }

    /**
     * {@return an allocator with all addresses free}
     *
     * @param addresses the addresses to allocate
     * @param order the order of allocation; not HASH_OF_OWNER, which needs a key: see {@link
     *     #allocateFor}
     * @param seed the seed of {@link AllocationOrder#RANDOM}
     */
    public static RangeAllocator of(AddressSet addresses, AllocationOrder order, long seed) {
        return new RangeAllocator(requireNonNull(addresses, "addresses"), order, seed);
    }

    /**
     * Allocates the next address in the order of this allocator.
     *
     * @return the address
     * @throws ExhaustedException if no address is free
     */
    public Address allocate() {
        return tryAllocate().orElseThrow(() -> exhausted("no address is free"));
    }

    /**
     * Allocates the next address in the order of this allocator.
     *
     * @return the address; empty if no address is free
     */
    public Optional<Address> tryAllocate() {
        synchronized (ledger) {
            return ledger.takeNext() ? Optional.of(ledger.taken()) : Optional.empty();
        }
    }

    /**
     * Allocates the next address in the order of this allocator. Allocates no object.
     *
     * @param out receives the address
     * @return whether an address was free; otherwise {@code out} is unchanged
     */
    public boolean tryAllocate(AddressCursor out) {
        synchronized (ledger) {
            return ledger.takeNext() && ledger.writeTaken(out);
        }
    }

    /**
     * Allocates the first free address at or after a place that depends only on a key; the search
     * wraps around.
     *
     * @param key any text; equal texts have equal places in every process and every release
     * @return the address
     * @throws ExhaustedException if no address is free
     */
    public Address allocateFor(CharSequence key) {
        return tryAllocateFor(key).orElseThrow(() -> exhausted("no address is free"));
    }

    /**
     * Allocates the first free address at or after a place that depends only on a key; the search
     * wraps around.
     *
     * @param key any text; equal texts have equal places in every process and every release
     * @return the address; empty if no address is free
     */
    public Optional<Address> tryAllocateFor(CharSequence key) {
        long hash = Hashes.ofText(key);
        synchronized (ledger) {
            return ledger.takeByKey(hash) ? Optional.of(ledger.taken()) : Optional.empty();
        }
    }

    /**
     * Allocates the first free address at or after a place that depends only on a key; the search
     * wraps around. Allocates no object.
     *
     * @param key any number; equal numbers have equal places
     * @param out receives the address
     * @return whether an address was free; otherwise {@code out} is unchanged
     */
    public boolean tryAllocateFor(long key, AddressCursor out) {
        synchronized (ledger) {
            return ledger.takeByKey(key) && ledger.writeTaken(out);
        }
    }

    /**
     * Allocates n addresses in the order of this allocator, or none.
     *
     * @param n the number of addresses, at least 1
     * @return the addresses in the order in which they were allocated
     * @throws ExhaustedException if fewer are free
     */
    public List<Address> allocateSeveral(int n) {
        return tryAllocateSeveral(n).orElseThrow(() -> exhausted("fewer than " + n + " addresses are free"));
    }

    /**
     * Allocates n addresses in the order of this allocator, or none.
     *
     * @param n the number of addresses, at least 1
     * @return the addresses in the order in which they were allocated; empty if fewer are free
     */
    public Optional<List<Address>> tryAllocateSeveral(int n) {
        requirePositive(n);
        synchronized (ledger) {
            return ledger.hasFree(n) ? Optional.of(ledger.takeSeveral(n)) : Optional.empty();
        }
    }

    /**
     * Allocates a given address if it is free.
     *
     * @param address the address
     * @return the outcome
     */
    public TakeOutcome take(Address address) {
        units.requireFamily(address.family());
        return take(address.high(), address.low());
    }

    /**
     * Allocates a given address if it is free. Creates no object.
     *
     * @param high bits 127 to 64 of the address; 0 for IPv4
     * @param low bits 63 to 0 of the address
     * @return the outcome
     */
    public TakeOutcome take(long high, long low) {
        synchronized (ledger) {
            return ledger.take(high, low);
        }
    }

    /**
     * Releases an address.
     *
     * @param address the address
     * @return the outcome
     */
    public ReleaseOutcome release(Address address) {
        units.requireFamily(address.family());
        return release(address.high(), address.low());
    }

    /**
     * Releases an address. Creates no object.
     *
     * @param high bits 127 to 64 of the address; 0 for IPv4
     * @param low bits 63 to 0 of the address
     * @return the outcome
     */
    public ReleaseOutcome release(long high, long low) {
        synchronized (ledger) {
            return ledger.release(high, low);
        }
    }
}
