package io.ipam.examples.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Pods come and go while operators are killed at random points and started again. */
final class Churn {
    private static final int RUNNING = 40;
    private static final int WAVE = 20;

    private final TestCluster cluster;
    private final Random random;
    private final int kills;
    private final Deque<String> running = new ArrayDeque<>();
    private OperatorProcess process;
    private int killed;
    private int created;

    Churn(TestCluster cluster, long seed, int kills) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.kills = kills;
    }

    /** Runs pods, and returns the last operator, which lives. */
    OperatorProcess run(int pods) throws InterruptedException {
        restart(pods);
        while (created < pods) {
            for (int i = 0; i < WAVE && created < pods; i++) {
                String name = "cart-" + created++;
                cluster.pod(name, random.nextBoolean() ? "blue" : "red");
                running.add(name);
            }
            while (running.size() > RUNNING) {
                awaitShown(running.peek(), pods);
                cluster.deletePod(running.poll());
            }
        }
        for (String pod : running) {
            awaitShown(pod, pods);
        }
        return lastProcess();
    }

    /** If there were fewer kills than planned, the present operator may still die. */
    private OperatorProcess lastProcess() {
        if (killed < kills) {
            killed += process.isKilled() ? 1 : 0;
            process.kill();
            process.close();
            process = cluster.start();
        }
        return process;
    }

    int killed() {
        return killed;
    }

    private void awaitShown(String pod, int pods) throws InterruptedException {
        while (cluster.shown(pod).isEmpty()) {
            cluster.await(
                    "death, or addresses of " + pod,
                    () -> process.isKilled() || !cluster.shown(pod).isEmpty());
            if (process.isKilled()) {
                process.awaitDeath();
                killed++;
                restart(pods);
            }
        }
    }

    /** On average, one kill for each share of the pods; each pod passes two steps or more. */
    private void restart(int pods) {
        int oneIn = Math.max(2, pods / kills);
        process = killed < kills ? cluster.start(TestCluster.atRandom(random, oneIn)) : cluster.start();
    }
}
