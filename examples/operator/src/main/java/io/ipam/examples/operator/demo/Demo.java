package io.ipam.examples.operator.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ipam.IpamSettings;
import io.ipam.examples.operator.Operator;
import io.ipam.examples.operator.OperatorSettings;
import io.ipam.examples.operator.StoreState;
import io.ipam.store.jdbc.JdbcStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;

/** Runs the operator against a mock API server with a script of events, and prints the effects. */
public final class Demo {
    private static final OperatorSettings SETTINGS = new OperatorSettings(
            IpamSettings.defaults().withReconcileGrace(Duration.ZERO),
            4,
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMinutes(3));

    private final Script script;
    private final PrintStream out;
    private final KubernetesClient client;
    private final JdbcDataSource database = new JdbcDataSource();

    private Demo(MockCluster server, Path folder, PrintStream out) {
        this.out = out;
        script = new Script(server);
        client = server.client("operator");
        database.setURL("jdbc:h2:file:" + folder.resolve("ipam"));
        database.setUser("sa");
        JdbcStore.createSchema(database);
    }

    /**
     * Runs the script.
     *
     * @param args none
     * @throws IOException if the file of the database cannot be written
     */
    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.SEVERE);
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("ipam-operator");
        try (MockCluster server = new MockCluster()) {
            new Demo(server, folder, out).run();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void run() {
        script.createNodeAndNamespace();
        script.createPool("blue", "10.6.1.1-10.6.1.3");
        Operator first = start();
        serve();
        stateful();
        first.close();
        out.println("The operator stops. Pod cart-0 is deleted, and an edit takes 10.6.1.2 out of blue.");
        script.deletePod("cart-0");
        script.setIps("blue", "10.6.1.1", "10.6.1.3");
        try (Operator second = start()) {
            afterRestart(second);
        }
        client.close();
        script.close();
    }

    private Operator start() {
        return new Operator(
                client, new StoreState(() -> JdbcStore.of(database, "default")), SETTINGS, new SimpleMeterRegistry());
    }

    private void serve() {
        out.println("Pool blue has 10.6.1.1 to 10.6.1.3. Pods cart-0 and cart-1 are created.");
        for (String pod : new String[] {"cart-0", "cart-1"}) {
            script.createPod(pod, "blue");
            print(pod);
        }
    }

    private void stateful() {
        out.println("StatefulSet db has one pod, which is deleted and created again.");
        script.createStatefulSet("db");
        script.createStatefulPod("db", "blue");
        print("db-0");
        script.deletePod("db-0");
        script.createStatefulPod("db", "blue");
        print("db-0");
        script.awaitHolders("blue", 3);
        out.println("  status of blue: " + script.holders("blue"));
    }

    private void afterRestart(Operator operator) {
        out.println("The operator starts again.");
        script.awaitPodGone("cart-0");
        out.println("  cart-0 is gone, its address is released");
        out.println("  blue keeps "
                + operator.ipam().catalog().pool("blue").orElseThrow().ipTexts() + " until cart-1 releases 10.6.1.2");
        script.createPod("cart-2", "blue");
        print("cart-2");
        out.println("Pool blue is deleted, then its pods and the StatefulSet.");
        script.deletePool("blue");
        script.deletePod("cart-1");
        script.deletePod("cart-2");
        script.deleteStatefulSet("db");
        script.awaitHolders("blue", 1);
        out.println("  status of blue: " + script.holders("blue"));
        operator.reconcile();
        out.println("  released by reconciling: "
                + operator.reconcile().released().get(0).address());
        script.awaitPoolGone("blue");
        out.println("  blue is gone");
    }

    private void print(String pod) {
        out.println("  " + pod + " shows " + script.awaitAddress(pod));
    }
}
