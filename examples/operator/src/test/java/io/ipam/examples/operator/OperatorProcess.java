package io.ipam.examples.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An operator that can be killed. From that moment on, none of its requests reaches the API server
 * or the store.
 */
final class OperatorProcess implements AutoCloseable {
    /** Ends the thread that reaches the point of the crash. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private final TestCluster cluster;
    private final String name;
    private final Predicate<Step> fault;
    private final KubernetesClient client;
    private final CountDownLatch killed = new CountDownLatch(1);
    private Operator operator;

    OperatorProcess(TestCluster cluster, String name, Predicate<Step> fault) {
        this.cluster = cluster;
        this.name = name;
        this.fault = fault;
        client = cluster.server.client(name);
        try {
            operator = cluster.operator(client, this::isKilled, new SimpleMeterRegistry(), this::pass);
        } catch (Killed e) {
            client.close();
        }
    }

    boolean isKilled() {
        return killed.getCount() == 0;
    }

    private void pass(Step step) {
        if (isKilled() || fault.test(step)) {
            kill();
            throw new Killed();
        }
    }

    void kill() {
        cluster.server.cutOff(name);
        killed.countDown();
    }

    /** Waits until the fault has killed the operator, and removes its threads. */
    void awaitDeath() throws InterruptedException {
        if (!killed.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not reach the point of its crash");
        }
        close();
    }

    Operator operator() {
        return operator;
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
        client.close();
    }
}
