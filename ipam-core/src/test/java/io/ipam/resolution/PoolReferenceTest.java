package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sources of subnets without existing pools. */
class PoolReferenceTest {
    @Test
    void mayKeep_unknownPools_isTrue() {
        PoolReference unanswered = PoolReference.Unanswered.UNANSWERED;
        assertTrue(unanswered.isWanted());
        assertFalse(unanswered.names("auto4-cart-eth0-7f3c1"));
        assertTrue(unanswered.mayKeep("auto4-cart-eth0-7f3c1"));
    }

    @Test
    void mayKeep_poolToCreate_isFalse() {
        PoolReference toCreate = PoolReference.StillToCreate.STILL_TO_CREATE;
        assertTrue(toCreate.isWanted());
        assertFalse(toCreate.names("auto4-cart-eth0-7f3c1"));
        assertFalse(toCreate.mayKeep("auto4-cart-eth0-7f3c1"));
    }
}
