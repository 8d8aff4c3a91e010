package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random crashes while pods come and go. A failure names its seed. */
class ChurnTest {
    private void run(TestCluster.Mode mode, int pods, int kills) throws InterruptedException {
        long seed = Long.getLong("operator.seed", System.nanoTime());
        try (TestCluster cluster = new TestCluster(mode)) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.50");
            cluster.pool("red", "10.7.0.0/16", "10.7.1.1-10.7.1.50");
            Churn churn = new Churn(cluster, seed, kills);
            try (OperatorProcess last = churn.run(pods)) {
                cluster.assertSound(last);
            }
            assertTrue(churn.killed() > 0, () -> "no operator was killed with the seed " + seed);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void churn_fewRandomKills_usesNoAddressTwice(TestCluster.Mode mode) throws InterruptedException {
        run(mode, 120, 4);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void churn_twentyRandomKillsAmongTwoThousandPods_usesNoAddressTwice(TestCluster.Mode mode)
            throws InterruptedException {
        run(mode, 2_000, 20);
    }
}
