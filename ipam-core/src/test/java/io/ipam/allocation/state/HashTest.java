package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes spread what differs in few bits over the places of a table, whichever of their own bits the table takes. */
class HashTest {
    private static final int PLACES = 1024;
    /** As many keys as places leave 647 places taken, when all goes by chance. */
    private static final int BY_CHANCE = 550;
    /** What a table of addresses, which takes the low bits, must have for any step. */
    private static final int LEAST = 300;

    private static void assertSpreads(int least, int shift, IntUnaryOperator hashOfKey) {
        Set<Integer> places = new HashSet<>();
        for (int key = 0; key < PLACES; key++) {
            places.add(hashOfKey.applyAsInt(key) >>> shift & PLACES - 1);
        }
        assertTrue(places.size() > least, places.size() + " places");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 16, 24, 31, 36, 42, 48, 54})
    void spreadsAddressesThatAreStepsApart(int bits) {
        assertSpreads(LEAST, 0, key -> Hash.ofAddress(0, (long) key << bits));
        assertSpreads(LEAST, 0, key -> Hash.ofAddress((long) key << bits, 0));
        assertSpreads(LEAST, 0, key -> Hash.ofAddress(0x2001_0db8_0000_0000L, 0x10_0000L + ((long) key << bits)));
    }

    /** By the low bits in a table of owners, by the high ones among stripes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 22})
    void spreadsOwnersThatDifferInANumber(int shift) {
        assertSpreads(BY_CHANCE, shift, key -> Hash.ofIdentity(Owner.stateless("shop", "cart", "uid-" + key)));
        assertSpreads(BY_CHANCE, shift, key -> Hash.ofIdentity(Owner.stateful("shop", "cart-" + key, "uid")));
        assertSpreads(BY_CHANCE, shift, key -> Hash.ofIdentity(Owner.stateful("shop-" + key, "cart", "uid")));
    }

    @Test
    void isOfTheIdentityAlone() {
        assertEquals(
                Hash.ofIdentity(Owner.stateful("shop", "cart-0", "u")),
                Hash.ofIdentity(Owner.stateful("shop", "cart-0", "v")));
        assertEquals(
                Hash.ofIdentity(Owner.stateless("shop", "cart-0", "u")),
                Hash.ofIdentity(Owner.stateless("else", "cart-1", "u")));
    }

    /** Where an owner's address is looked for is the same in every release. */
    @Test
    void theLongHashIsWrittenDown() {
        assertEquals(
                "e5c1fb09b37d588f", Long.toHexString(Hash.ofIdentity64(Owner.stateless("shop", "cart-0", "7f3c"))));
        assertEquals("c44f6d8855b4a40d", Long.toHexString(Hash.ofIdentity64(Owner.stateful("shop", "cart-0", "7f3c"))));
        assertEquals(
                Hash.ofIdentity64(Owner.stateful("shop", "cart-0", "u")),
                Hash.ofIdentity64(Owner.stateful("shop", "cart-0", "v")));
    }

    /** Half of the bits of the answer change with each bit of the argument. */
    @Test
    void mixesEachBitIntoAll() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            int changed = 0;
            for (long value = 0; value < 64; value++) {
                long spread = value * Hash.GOLDEN;
                changed += Long.bitCount(Hash.mix(spread) ^ Hash.mix(spread ^ 1L << bit));
            }
            assertEquals(32, changed / 64.0, 3, "bit " + bit);
        }
    }
}
