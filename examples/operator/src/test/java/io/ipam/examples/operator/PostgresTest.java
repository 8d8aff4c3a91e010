package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The operator over a database of PostgreSQL. */
class PostgresTest {
    @Test
    void allocate_twoReplicasOneOfWhichIsKilled_usesNoAddressTwice() throws IOException, InterruptedException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource database = server.getPostgresDatabase();
            JdbcStore.createSchema(database);
            try (TestCluster cluster = new TestCluster(() -> JdbcStore.of(database, "default"))) {
                run(cluster);
            }
        }
    }

    private static void run(TestCluster cluster) throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.30");
        try (OperatorProcess first = cluster.start();
                OperatorProcess second = cluster.start()) {
            String[] pods = IntStream.range(0, 30).mapToObj(i -> "cart-" + i).toArray(String[]::new);
            for (String pod : pods) {
                cluster.pod(pod, "blue");
            }
            cluster.awaitShown(pods[0]);
            first.kill();
            cluster.awaitShown(pods);
            cluster.assertSound(second);
            assertEquals(30, cluster.held().size());
        }
    }
}
