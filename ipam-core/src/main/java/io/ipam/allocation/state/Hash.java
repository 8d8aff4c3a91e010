package io.ipam.allocation.state;

import io.ipam.allocation.Owner;

/** The hashes of the tables: of an address and of the identity of an owner. */
final class Hash {
    /** 2^64 divided by the golden ratio: the step of a Weyl sequence. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Hash() {}

    /** Spreads the bits of an address: dense and strided addresses both fill a power-of-two table evenly. */
    static int ofAddress(long high, long low) {
        long product = (low ^ (high * 0xC2B2AE3D27D4EB4FL)) * GOLDEN;
        // Once more: the upper bits of an address are in the upper bits of the product alone, and a table takes the
        // lower ones.
        return (int) (((product ^ (product >>> 32)) * 0xBF58476D1CE4E5B9L) >>> 32);
    }

    /** The hash of what identifies an owner: the uid, or namespace and name of a stateful one. Equal for {@link Owner#isSameAs}. */
    static int ofIdentity(Owner owner) {
        int text = owner.stateful()
                ? 31 * owner.namespace().hashCode() + owner.name().hashCode()
                : owner.uid().hashCode();
        int spread = text * 0x9E3779B9;
        return spread ^ (spread >>> 15);
    }

    /** As {@link #ofIdentity} in 64 bits; the same in every process and every release. */
    static long ofIdentity64(Owner owner) {
        return owner.stateful() ? mix(31 * ofText(owner.namespace()) + ofText(owner.name())) : mix(ofText(owner.uid()));
    }

    private static long ofText(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** A bijection in which every bit of the answer depends on every bit of the argument. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
