package io.ipam.store.testkit;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests for addresses and their answers, of any number of callers and processes. A request for
 * several interfaces or families is recorded as one call for each, with the same instants. A
 * refusal because of several exhausted pools is recorded as one call for each pool.
 *
 * <p>Cool-downs and renewals are not part of it: use pools without cool-down, and one uid per
 * owner. Thread safety: safe.
 */
public final class AddressHistory {
    /**
     * The holder of an address.
     *
     * @param owner the owner
     * @param demand the interface and the family, as text
     */
    public record Holder(Owner owner, String demand) {
        /** Checks for null. */
        public Holder {
            requireNonNull(owner, "owner");
            requireNonNull(demand, "demand");
        }
    }

    /** The answer to a call. */
    public sealed interface Answer {
        /**
         * An address was allocated, or is held already.
         *
         * @param address the address
         * @param generation the generation, above 0
         */
        record Granted(Address address, long generation) implements Answer {}

        /** The pool has no free address. */
        record Exhausted() implements Answer {}

        /** The address was released. */
        record Released() implements Answer {}

        /** The address is not held. */
        record NotAllocated() implements Answer {}

        /** The address is held by another owner, or under another generation. */
        record HeldByAnother() implements Answer {}

        /** The outcome is unknown: the call took effect, may still do so, or never will. */
        record Unknown() implements Answer {}
    }

    /** A call with its answer. */
    public sealed interface Call {
        /** {@return the instant before the call} */
        long start();

        /** {@return the instant after the call; the call may take effect later if it is unknown} */
        long end();

        /** {@return the holder} */
        Holder holder();

        /** {@return the name of the pool} */
        String pool();

        /** {@return the answer} */
        Answer answer();
    }

    /**
     * A request for an address.
     *
     * @param start the instant before the call
     * @param end the instant after the call
     * @param holder the holder
     * @param pool the pool that the address is from, or that is exhausted
     * @param answer Granted, Exhausted, or Unknown
     */
    public record Allocate(long start, long end, Holder holder, String pool, Answer answer) implements Call {}

    /**
     * A release.
     *
     * @param start the instant before the call
     * @param end the instant after the call
     * @param holder the holder
     * @param pool the pool of the address
     * @param address the address
     * @param generation the generation that the caller names
     * @param answer Released, NotAllocated, HeldByAnother, or Unknown
     */
    public record Release(
            long start, long end, Holder holder, String pool, Address address, long generation, Answer answer)
            implements Call {}

    private static final BigInteger MOST_ADDRESSES = BigInteger.valueOf(64);

    private final AtomicLong clock = new AtomicLong();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, AddressSet> pools = new HashMap<>();

    /** An empty history. */
    public AddressHistory() {}

    /**
     * Defines a pool that is empty at the beginning. Keep it small, since an unknown request may
     * hold any of its addresses.
     *
     * @param name the name
     * @param addresses the usable addresses, at most 64
     */
    public synchronized void pool(String name, AddressSet addresses) {
        if (addresses.size().compareTo(MOST_ADDRESSES) > 0) {
            throw new IllegalArgumentException(
                    "addresses must be at most " + MOST_ADDRESSES + ", were " + addresses.size());
        }
        pools.put(name, addresses);
    }

    /** Advances the logical clock, and returns the new instant. */
    public long tick() {
        return clock.incrementAndGet();
    }

    /**
     * Adds a call.
     *
     * @param call the call, of a pool that is defined
     */
    public synchronized void add(Call call) {
        if (!pools.containsKey(call.pool())) {
            throw new IllegalArgumentException("call must be of a defined pool, was " + call);
        }
        calls.add(call);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized Map<String, AddressSet> pools() {
        return Map.copyOf(pools);
    }
}
