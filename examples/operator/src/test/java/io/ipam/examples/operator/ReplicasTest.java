package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.examples.operator.cluster.PoolDocuments;
import io.ipam.pool.Pool;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several replicas over one store, and many pods at once. */
class ReplicasTest {
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void allocate_twoActiveReplicas_usesNoAddressTwice() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.60");
        try (OperatorProcess first = cluster.start();
                OperatorProcess second = cluster.start()) {
            String[] pods = IntStream.range(0, 60).mapToObj(i -> "cart-" + i).toArray(String[]::new);
            for (String pod : pods) {
                cluster.pod(pod, "blue");
            }
            cluster.awaitShown(pods);
            cluster.await("the status notes all", () -> cluster.noted("blue").size() == 60);
            first.kill();
            for (String pod : pods) {
                cluster.deletePod(pod);
            }
            cluster.await("all are gone", () -> cluster.witness.users().isEmpty());
            cluster.await("the status notes none", () -> cluster.noted("blue").isEmpty());
            cluster.assertSound(second);
        }
    }

    @Test
    void allocate_fiveHundredPodsAtOnce_servesAll() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.2.244");
        String[] pods = IntStream.range(0, 500).mapToObj(i -> "cart-" + i).toArray(String[]::new);
        for (String pod : pods) {
            cluster.pod(pod, "blue");
        }
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown(pods);
            cluster.await("the status notes all", () -> cluster.noted("blue").size() == 500);
            cluster.assertSound(first);
        }
    }

    @Test
    void edit_laterVersion_replacesTheDefinitionAtBothReplicas() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1");
        try (OperatorProcess first = cluster.start();
                OperatorProcess second = cluster.start()) {
            cluster.ips("blue", "10.6.1.1-10.6.1.2");
            cluster.await("first follows", () -> total(first) == 2);
            cluster.await("second follows", () -> total(second) == 2);
            GenericKubernetesResource document = cluster.document("blue");
            Pool present = first.operator().ipam().catalog().pool("blue").orElseThrow();
            assertTrue(PoolDocuments.isOf(present, document));
            cluster.assertSound(first);
        }
    }

    private static int total(OperatorProcess process) {
        return process.operator().ipam().usage("blue").orElseThrow().total().intValue();
    }

    @Test
    void replaces_numericallyLaterVersionOfAnotherDefinition_isTrue() {
        Pool present = pool("9", "10.6.1.1");
        assertTrue(PoolDocuments.replaces(present, pool("10", "10.6.1.2")));
        assertFalse(PoolDocuments.replaces(present, pool("8", "10.6.1.2")));
        assertFalse(PoolDocuments.replaces(present, pool("10", "10.6.1.1")));
    }

    private static Pool pool(String version, String ips) {
        GenericKubernetesResource document = TestCluster.poolDocument("blue", "10.6.0.0/16", ips);
        document.getMetadata().setUid("7f3c");
        document.getMetadata().setResourceVersion(version);
        return PoolDocuments.read(document);
    }

    @Test
    void follow_documentWithoutLaterDefinition_makesNoCommit() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        try (OperatorProcess first = cluster.start()) {
            cluster.pod("cart-0", "blue");
            cluster.awaitShown("cart-0");
            cluster.await("the status is written", () -> cluster.noted("blue").size() == 1);
            long before = first.operator().ipam().revision();
            cluster.pod("cart-1", "blue");
            cluster.await(
                    "the status is written again", () -> cluster.noted("blue").size() == 2);
            assertEquals(before + 1, first.operator().ipam().revision());
        }
    }

    @Test
    void reserved_documentAddedAndRemoved_isFollowed() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        try (OperatorProcess first = cluster.start()) {
            cluster.reserved("infra", "10.6.1.1-10.6.1.2");
            cluster.await("the addresses are reserved", () -> reservedCount(first) == 2);
            cluster.pod("cart-0", "blue");
            cluster.deleteReserved("infra");
            cluster.awaitShown("cart-0");
            assertEquals(Set.of("10.6.1.1"), cluster.shown("cart-0"));
            cluster.assertSound(first);
        }
    }

    @Test
    void reserved_deletedWhileDown_isNotReservedAfterTheRestart() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.reserved("infra", "10.6.1.1");
        cluster.whileRunning(() -> {
            cluster.reserved("more", "10.6.1.2");
            cluster.await("infra is marked", () -> cluster.isMarkedReserved("infra"));
            cluster.await("more is marked", () -> cluster.isMarkedReserved("more"));
        });
        cluster.deleteReserved("infra");
        cluster.deleteReserved("more");
        cluster.pod("cart-0", "blue");
        cluster.pod("cart-1", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown("cart-0", "cart-1");
            cluster.await("infra is gone", () -> !cluster.existsReserved("infra"));
            cluster.await("more is gone", () -> !cluster.existsReserved("more"));
            cluster.assertSound(second);
        }
    }

    private static int reservedCount(OperatorProcess process) {
        return process.operator().ipam().usage("blue").orElseThrow().reserved().intValue();
    }
}
