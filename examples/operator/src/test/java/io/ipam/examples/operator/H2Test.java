package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator over its default store, a file of H2. */
class H2Test {
    @Test
    void restart_stateInAFile_keepsTheAddress(@TempDir Path folder) throws InterruptedException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve("ipam"));
        database.setUser("sa");
        JdbcStore.createSchema(database);
        try (TestCluster cluster = new TestCluster(() -> JdbcStore.of(database, "default"))) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
            cluster.pod("cart-0", "blue");
            cluster.start(TestCluster.at(Step.POD_ALLOCATED)).awaitDeath();
            Set<String> granted = cluster.held();
            try (OperatorProcess second = cluster.start()) {
                cluster.awaitShown("cart-0");
                assertEquals(granted, cluster.shown("cart-0"));
                cluster.assertSound(second);
            }
        }
    }
}
