package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ipam.examples.operator.cluster.PoolStatuses;
import io.ipam.examples.operator.status.StatusState;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two operators that keep their state in statuses, such as a leader and its successor. */
class StatusModeTest {
    private static String[] createPods(TestCluster cluster, int count) {
        String[] pods = IntStream.range(0, count).mapToObj(i -> "cart-" + i).toArray(String[]::new);
        for (String pod : pods) {
            cluster.pod(pod, "blue");
        }
        return pods;
    }

    @Test
    void allocate_twoOperators_usesNoAddressTwice() throws InterruptedException {
        try (TestCluster cluster = new TestCluster(TestCluster.Mode.STATUS)) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.60");
            try (OperatorProcess first = cluster.start();
                    OperatorProcess second = cluster.start()) {
                cluster.awaitShown(createPods(cluster, 60));
                first.kill();
                cluster.assertSound(second);
            }
        }
    }

    @Test
    void merge_foreignRecord_isKept() throws InterruptedException {
        try (TestCluster cluster = new TestCluster(TestCluster.Mode.STATUS)) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.3");
            cluster.whileRunning(() -> {
                cluster.pod("cart-0", "blue");
                cluster.awaitShown("cart-0");
                String record = cluster.document("blue").get("status", "allocatedIPs");
                cluster.addRecord("blue", record, "10.6.1.2", "shop/other", "7f3c");
                cluster.pod("cart-1", "blue");
                cluster.awaitShown("cart-1");
                assertEquals(Set.of("10.6.1.3"), cluster.shown("cart-1"));
                assertEquals(Set.of("10.6.1.1", "10.6.1.2", "10.6.1.3"), cluster.noted("blue"));
                assertEquals(List.of(), cluster.witness.violations());
            });
        }
    }

    /** A status that is too large for the API server, for example. */
    @Test
    void allocate_statusOfAnotherPoolCannotBeWritten_isConfirmed() throws InterruptedException {
        CountDownLatch decided = new CountDownLatch(1);
        Supplier<StatusState> states = () -> new StatusState() {
            @Override
            protected GenericKubernetesResource update(GenericKubernetesResource document) {
                if (document.getMetadata().getName().equals("blue")) {
                    decided.countDown();
                    throw new KubernetesClientException("the status is too large", 413, null);
                }
                return super.update(document);
            }
        };
        try (TestCluster cluster = TestCluster.ofStatuses(states)) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.3");
            cluster.pool("red", "10.7.0.0/16", "10.7.1.1-10.7.1.3");
            OperatorProcess process = cluster.start();
            cluster.pod("cart-0", "blue");
            await(decided);
            cluster.pod("cart-1", "red");
            cluster.awaitShown("cart-1");
            assertEquals(Set.of("10.7.1.1"), cluster.shown("cart-1"));
            assertEquals(Set.of(), cluster.shown("cart-0"));
            process.close();
        }
    }

    /** A state that pauses between a decision and its write. Only decisions write. */
    private static class PausedState extends StatusState {
        final CountDownLatch decided = new CountDownLatch(1);
        final CountDownLatch written = new CountDownLatch(1);
        TestCluster cluster;

        @Override
        public boolean confirm(Set<String> pools) {
            if (!pools.isEmpty()) {
                decided.countDown();
                await(written);
            }
            return super.confirm(pools);
        }

        @Override
        public void show(String pool) {}
    }

    /** The records after a foreign write between the decision of an operator and its write. */
    private static Set<String> notedAfterForeignWrite(PausedState state) throws InterruptedException {
        try (TestCluster cluster = TestCluster.ofStatuses(() -> state)) {
            state.cluster = cluster;
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.3");
            OperatorProcess process = cluster.start();
            cluster.pod("cart-0", "blue");
            await(state.decided);
            cluster.addRecord("blue", "{}", "10.6.1.2", "shop/other", "7f3c");
            state.written.countDown();
            cluster.awaitShown("cart-0");
            Set<String> noted = cluster.noted("blue");
            process.close();
            return noted;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void write_foreignRecordSinceTheDecision_keepsBoth() throws InterruptedException {
        assertEquals(Set.of("10.6.1.1", "10.6.1.2"), notedAfterForeignWrite(new PausedState()));
    }

    @Test
    void write_mistakeGetAndReplace_erasesTheForeignRecord() throws InterruptedException {
        PausedState mistaken = new PausedState() {
            @Override
            protected void observe(GenericKubernetesResource document) {
                if (document.get("status") == null) {
                    super.observe(document);
                }
            }

            @Override
            protected GenericKubernetesResource update(GenericKubernetesResource document) {
                while (true) {
                    try {
                        return super.update(PoolStatuses.with(
                                cluster.document(document.getMetadata().getName()), PoolStatuses.noted(document)));
                    } catch (KubernetesClientException e) {
                        assertEquals(HttpURLConnection.HTTP_CONFLICT, e.getCode());
                    }
                }
            }
        };
        assertEquals(Set.of("10.6.1.1"), notedAfterForeignWrite(mistaken));
    }

    @Test
    void restart_mistakeStatusAfterPod_usesAnAddressTwice() throws InterruptedException {
        Supplier<StatusState> mistaken = () -> new StatusState() {
            @Override
            public boolean confirm(Set<String> pools) {
                return true; // The status would be written later; the operator stops before.
            }
        };
        try (TestCluster cluster = TestCluster.ofStatuses(mistaken)) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
            cluster.statefulSet("db", 1);
            cluster.statefulPod("db", 0, "blue");
            cluster.start(TestCluster.at(Step.POD_ANNOTATED)).awaitDeath();
            cluster.deletePod("db-0");
            cluster.pod("cart-0", "blue");
            cluster.whileRunning(() -> {
                cluster.awaitShown("cart-0");
                assertFalse(cluster.witness.violations().isEmpty());
            });
        }
    }
}
