package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.Pod;
import io.ipam.examples.operator.cluster.Pods;
import org.junit.jupiter.api.Test;

/** A mistake that controllers make, noticed by the witness of the other tests. */
class PlantedMistakesTest {
    @Test
    void statefulPod_releasedOnItsDeletion_isNoticed() throws InterruptedException {
        try (TestCluster cluster = new TestCluster()) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
            cluster.statefulSet("db", 1);
            Pod pod = cluster.statefulPod("db", 0, "blue");
            cluster.whileRunning(() -> {
                cluster.awaitShown("db-0");
            });
            cluster.deletePod("db-0");
            try (OperatorProcess second = cluster.start()) {
                second.operator().ipam().release(Pods.owner(pod)); // The mistake.
                cluster.pod("cart-0", "blue");
                cluster.awaitShown("cart-0");
                assertFalse(cluster.witness.violations().isEmpty());
            }
        }
    }
}
