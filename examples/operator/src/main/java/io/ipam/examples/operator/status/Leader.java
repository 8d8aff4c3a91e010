package io.ipam.examples.operator.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Elects the one operator that keeps its state in statuses. This avoids conflicts and is not a
 * fence: a paused leader may write after its successor. The {@code resourceVersion} refuses its
 * write. Thread safety: stateless.
 */
public final class Leader {
    private static final String NAMESPACE = "ipam";
    private static final String LEASE = "ipam-operator";

    private Leader() {}

    /**
     * Waits until this process is the leader.
     *
     * @param lost is called when it no longer is
     */
    public static void await(KubernetesClient client, Runnable lost) throws InterruptedException {
        CountDownLatch elected = new CountDownLatch(1);
        LeaderCallbacks callbacks = new LeaderCallbacks(elected::countDown, lost, leader -> {});
        CompletableFuture<?> unused = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(LEASE)
                        .withLock(new LeaseLock(
                                NAMESPACE, LEASE, UUID.randomUUID().toString()))
                        .withLeaseDuration(Duration.ofSeconds(15))
                        .withRenewDeadline(Duration.ofSeconds(10))
                        .withRetryPeriod(Duration.ofSeconds(2))
                        .withLeaderCallbacks(callbacks)
                        .build())
                .build()
                .start();
        elected.await();
    }
}
