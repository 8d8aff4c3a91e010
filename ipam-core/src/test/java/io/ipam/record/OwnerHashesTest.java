package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.owner.Owner;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of owners depend on the identity only, and are spread. */
class OwnerHashesTest {
    private static final int PLACES = 1024;
    /** As many owners as places occupy 647 places if the hash is random. */
    private static final int LEAST = 600;

    private static void assertSpreads(int shift, IntFunction<Owner> owner) {
        Set<Integer> places = new HashSet<>();
        for (int key = 0; key < PLACES; key++) {
            places.add(OwnerHashes.ofIdentity(owner.apply(key), 1) >>> shift & PLACES - 1);
        }
        assertTrue(places.size() > LEAST, places.size() + " places");
    }

    /** Tables and stripes use different bits. */
    @ParameterizedTest
    @ValueSource(ints = {0, 11, 22})
    void ofIdentity_ownersDifferInANumber_areSpread(int shift) {
        assertSpreads(shift, key -> Owner.stateless("shop", "cart", "uid-" + key));
        assertSpreads(shift, key -> Owner.stateful("shop", "cart-" + key, "uid"));
        assertSpreads(shift, key -> Owner.stateful("shop-" + key, "cart", "uid"));
    }

    @Test
    void ofIdentity_sameIdentity_isEqual() {
        assertEquals(
                OwnerHashes.ofIdentity(Owner.stateful("shop", "cart-0", "u"), 1),
                OwnerHashes.ofIdentity(Owner.stateful("shop", "cart-0", "v"), 1));
        assertEquals(
                OwnerHashes.ofIdentity(Owner.stateless("shop", "cart-0", "u"), 1),
                OwnerHashes.ofIdentity(Owner.stateless("other", "cart-1", "u"), 1));
    }

    @Test
    void ofIdentity_otherSeedOrBorderBetweenNames_differs() {
        Owner owner = Owner.stateful("shop", "cart-0", "u");
        assertNotEquals(OwnerHashes.ofIdentity(owner, 1), OwnerHashes.ofIdentity(owner, 2));
        assertNotEquals(
                OwnerHashes.ofIdentity(owner, 1), OwnerHashes.ofIdentity(Owner.stateful("shopc", "art-0", "u"), 1));
    }

    /** The order HASH_OF_OWNER places an owner at the same address in every release. */
    @Test
    void ofIdentity64_anyRelease_isTheSame() {
        assertEquals(
                "e5c1fb09b37d588f",
                Long.toHexString(OwnerHashes.ofIdentity64(Owner.stateless("shop", "cart-0", "7f3c"))));
        assertEquals(
                "c44f6d8855b4a40d",
                Long.toHexString(OwnerHashes.ofIdentity64(Owner.stateful("shop", "cart-0", "7f3c"))));
        assertEquals(
                OwnerHashes.ofIdentity64(Owner.stateful("shop", "cart-0", "u")),
                OwnerHashes.ofIdentity64(Owner.stateful("shop", "cart-0", "v")));
    }
}
