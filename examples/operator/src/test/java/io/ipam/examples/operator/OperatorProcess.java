package io.ipam.examples.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ipam.examples.operator.demo.MockCluster;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An operator that can be killed. From that moment on, none of its requests reaches the API server
 * or the store, and it receives no responses.
 */
final class OperatorProcess implements AutoCloseable, MockCluster.Gate {
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
        cluster.server.gate(name, this);
        client = cluster.server.client(name);
        try {
            operator = cluster.operator(
                    client,
                    session -> new CutSession(session, this::isKilled, this::committed),
                    new SimpleMeterRegistry());
        } catch (RuntimeException e) {
            if (!isKilled()) {
                throw e;
            }
        }
    }

    private void pass(Set<Step> steps) {
        if (steps.stream().anyMatch(fault)) {
            kill();
        }
    }

    void kill() {
        killed.countDown();
    }

    @Override
    public void before(String path, String body) {
        pass(Step.before(cluster.mode(), path, body));
    }

    @Override
    public void after(String path, String body) {
        pass(Step.after(path, body));
    }

    @Override
    public boolean isClosed() {
        return isKilled();
    }

    boolean isKilled() {
        return killed.getCount() == 0;
    }

    private void committed(Commit commit, Attempt attempt) {
        if (attempt instanceof Attempt.Done) {
            pass(Step.after(commit));
        }
    }

    /** Waits until the fault has killed the operator, and removes its threads. */
    void awaitDeath() throws InterruptedException {
        if (!killed.await(1, TimeUnit.MINUTES)) {
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
