package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that has lost its grants, although pods show the addresses. */
class LostCommitsTest {
    private final LossyStore store = new LossyStore();
    private final TestCluster cluster = new TestCluster(store);

    @AfterEach
    void close() {
        cluster.close();
    }

    private String[] pods(String prefix, int count) {
        String[] pods = IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
        for (String pod : pods) {
            cluster.pod(pod, "blue");
        }
        return pods;
    }

    @Test
    void loss_whileARequestWaits_survivorsKeepTheirAddresses() throws InterruptedException {
        cluster.onRequest(store::requested);
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.4");
        String[] survivors = pods("cart-", 3);
        try (OperatorProcess process = cluster.start()) {
            cluster.awaitShown(survivors);
            store.loseGrantsAtRequest("late", process.operator().ipam().catalog(), cluster.settings());
            cluster.pod("late", "blue");
            cluster.awaitShown("late");
            assertEquals(Set.of("10.6.1.4"), cluster.shown("late"));
            cluster.assertSound(process);
        }
    }

    @Test
    void loss_whileAGrantIsCommitted_survivorsKeepTheirAddresses() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.4");
        String[] survivors = pods("cart-", 3);
        try (OperatorProcess process = cluster.start()) {
            cluster.awaitShown(survivors);
            store.loseGrantsAtNextGrant(process.operator().ipam().catalog(), cluster.settings());
            cluster.pod("late", "blue");
            cluster.awaitShown("late");
            assertEquals(Set.of("10.6.1.4"), cluster.shown("late"));
            cluster.assertSound(process);
        }
    }

    @Test
    void loss_whileDown_survivorsKeepTheirAddresses() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.40");
        String[] survivors = pods("cart-", 20);
        cluster.whileRunning(() -> cluster.awaitShown(survivors));
        store.loseGrants(cluster.settings());
        String[] others = pods("late-", 20);
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown(others);
            cluster.assertSound(second);
        }
    }

    @Test
    void loss_whileDown_anAddressThatCannotBeServedStopsNoOtherPod() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1");
        cluster.pool("red", "10.7.0.0/16", "10.7.1.1");
        cluster.pod("cart-0", "blue");
        cluster.whileRunning(() -> cluster.awaitShown("cart-0"));
        store.loseGrants(cluster.settings());
        cluster.ips("blue", "10.6.1.2");
        cluster.pod("cart-1", "red");
        cluster.whileRunning(() -> cluster.awaitShown("cart-1"));
        assertEquals(Set.of("10.7.1.1"), cluster.shown("cart-1"));
    }
}
