package io.ipam.allocation;

/**
 * A 64-bit hash of a text, the same in every process.
 *
 * <p>Source: FNV-1a (Fowler, Noll, Vo) over the UTF-16 units; what uses it mixes it further.
 */
final class KeyHash {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private KeyHash() {}

    static long of(CharSequence key) {
        long hash = OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * PRIME;
        }
        return hash;
    }
}
