package io.ipam.allocation;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import java.util.List;

/**
 * The result of a transfer of a stateful owner's addresses from one incarnation to another. Thread
 * safety: immutable.
 */
public sealed interface HandOverResult {
    /**
     * The next incarnation holds everything that the owner holds.
     *
     * @param holdings all addresses of the owner, lowest first, with the uid of the next
     *     incarnation; the transferred ones have new generations
     */
    record HandedOver(List<Holding> holdings) implements HandOverResult {
        /** Copies the holdings. */
        public HandedOver {
            holdings = List.copyOf(requireNonNull(holdings, "holdings"));
        }
    }

    /**
     * The next incarnation already held everything, as after a repeat. Nothing has changed.
     *
     * @param holdings all addresses of the owner, lowest first
     */
    record AlreadyHeld(List<Holding> holdings) implements HandOverResult {
        /** Copies the holdings. */
        public AlreadyHeld {
            holdings = List.copyOf(requireNonNull(holdings, "holdings"));
        }
    }

    /**
     * An address is held by a third incarnation, or the present holder has no grant of the
     * specified generation. Nothing has changed.
     *
     * @param address the lowest such address
     * @param holder the holder
     * @param generation the generation under which the holder has it
     */
    record HeldByAnother(Address address, Owner holder, long generation) implements HandOverResult {
        /** Checks for null. */
        public HeldByAnother {
            requireNonNull(address, "address");
            requireNonNull(holder, "holder");
        }
    }

    /** The owner holds nothing. */
    record NotAllocated() implements HandOverResult {}

    /** {@return whether the next incarnation holds the addresses now} */
    default boolean isHandedOver() {
        return this instanceof HandedOver || this instanceof AlreadyHeld;
    }

    /**
     * {@return the addresses that the next incarnation holds now}
     *
     * @throws IllegalStateException if it holds none; the message states the result
     */
    default List<Holding> orElseThrow() {
        if (this instanceof HandedOver handedOver) {
            return handedOver.holdings();
        }
        if (this instanceof AlreadyHeld already) {
            return already.holdings();
        }
        throw new IllegalStateException("not handed over: " + this);
    }
}
