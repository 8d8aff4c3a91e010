package io.ipam.bitmap;

/** Reports a broken invariant by its name and both values. */
final class Invariant {
    private Invariant() {}

    static void check(String name, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalStateException("invariant broken: " + name + ": is " + actual + ", must be " + expected);
        }
    }
}
