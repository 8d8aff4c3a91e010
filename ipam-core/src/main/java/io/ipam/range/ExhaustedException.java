package io.ipam.range;

/**
 * Too few units are free for a call of {@link RangeAllocator} or {@link PrefixAllocator} that must
 * return a result. The state has not changed. The verbs that start with {@code try} return an empty
 * Optional instead.
 */
public final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException(String message) {
        super(message);
    }
}
