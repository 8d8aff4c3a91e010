package io.ipam.tables;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The number of addresses in each state.
 *
 * @param byState a count for each state
 */
record StateCounts(Map<AddressState, BigInteger> byState) {
    /** No address of the cell is listed in the pool. */
    static final char OUTSIDE = ' ';
    /** The pool's addresses in the cell are in several states, none of them held. */
    static final char NONE_HELD = ':';

    private static final int RADIX = 10;

    BigInteger of(AddressState state) {
        return byState.getOrDefault(state, BigInteger.ZERO);
    }

    /** The states with addresses. */
    List<AddressState> present() {
        return Arrays.stream(AddressState.values())
                .filter(state -> of(state).signum() > 0)
                .toList();
    }

    /** The states with addresses of the pool; if there is none, that of the excluded ones. */
    private List<AddressState> shown() {
        List<AddressState> own = present().stream()
                .filter(state -> state != AddressState.EXCLUDED)
                .toList();
        return own.isEmpty() ? present() : own;
    }

    /**
     * The symbol of a cell with these addresses: that of their state, {@link #OUTSIDE}, the number
     * of tenths that are held, or {@link #NONE_HELD}.
     */
    char symbol() {
        List<AddressState> shown = shown();
        if (shown.isEmpty()) {
            return OUTSIDE;
        }
        if (shown.size() == 1) {
            return shown.get(0).symbol();
        }
        return of(AddressState.HELD).signum() == 0 ? NONE_HELD : Character.forDigit(tenthsHeld(), RADIX);
    }

    /** The tenths of the pool's addresses that are held, rounded down. */
    private int tenthsHeld() {
        BigInteger total = shown().stream().map(this::of).reduce(BigInteger.ZERO, BigInteger::add);
        return of(AddressState.HELD).multiply(BigInteger.TEN).divide(total).intValueExact();
    }

    /** {@code held 12, free 244}; each state that has addresses. */
    String text() {
        return present().stream().map(state -> state.label() + " " + of(state)).collect(Collectors.joining(", "));
    }
}
