package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The status of a pool as a view of a store. */
class StatusViewTest {
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void status_longerThanItsLimit_omitsTheHolders() throws InterruptedException {
        cluster.statusLimit(150);
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pod("cart-0", "blue");
        cluster.pod("cart-1", "blue");
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown("cart-0", "cart-1");
            cluster.await("the counts are written", () -> cluster.allocatedCount("blue") == 2);
            assertEquals(Set.of(), cluster.noted("blue"));
            cluster.assertSound(first);
        }
    }

    @Test
    void status_ofALostHistory_isReplaced() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.status("blue", Map.of("allocatedIPCount", 7, StoreState.REVISION, 1_000_000));
        try (OperatorProcess first = cluster.start()) {
            cluster.await("the status is written", () -> cluster.allocatedCount("blue") == 0);
            cluster.assertSound(first);
        }
    }
}
