package io.ipam.examples.operator.process;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.ipam.examples.operator.Operator;
import io.ipam.examples.operator.OperatorSettings;
import io.ipam.examples.operator.State;
import io.ipam.examples.operator.StoreState;
import io.ipam.examples.operator.status.Leader;
import io.ipam.examples.operator.status.StatusState;
import io.ipam.store.jdbc.JdbcStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs an {@link Operator} against the cluster of a kubeconfig, or of its service account. */
public final class OperatorMain {
    private static final Map<String, String> DEFAULTS = Map.of(
            "--state",
            "store",
            "--store",
            "jdbc:h2:file:./ipam",
            "--realm",
            "default",
            "--network",
            "",
            "--port",
            "8080");

    private static final long CLOSE_MILLIS = 20_000;

    private OperatorMain() {}

    /**
     * Runs until the process is stopped.
     *
     * @param args {@code --state=store|status --store=JDBC-URL --realm=NAME
     *     --network=NAMESPACE/NAME --port=NUMBER}
     * @throws IOException if the port is in use
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = options(List.of(args));
        CountDownLatch stopped = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, main)));
        try (KubernetesClient client = client()) {
            if (option(options, "--state").equals("status")) {
                Leader.await(client, stopped::countDown);
                run(options, client, new StatusState(), stopped);
            } else {
                DataSource database = database(option(options, "--store"));
                JdbcStore.createSchema(database);
                String realm = option(options, "--realm");
                run(options, client, new StoreState(() -> JdbcStore.of(database, realm)), stopped);
            }
        }
        System.out.println("closed");
    }

    /** The process ends when the operator is closed, or after a time. */
    private static void stop(CountDownLatch stopped, Thread main) {
        stopped.countDown();
        try {
            main.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Map<String, String> options, KubernetesClient client, State state, CountDownLatch stopped)
            throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        OperatorSettings settings = settings(option(options, "--network"));
        try (Operator operator = new Operator(client, state, settings, registry);
                Endpoint endpoint = new Endpoint(Integer.parseInt(option(options, "--port")), operator, registry)) {
            System.out.println("metrics and health: port " + endpoint.port());
            stopped.await();
        }
    }

    private static String option(Map<String, String> options, String name) {
        return options.getOrDefault(name, "");
    }

    private static Map<String, String> options(List<String> args) {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            if (parts.length != 2 || !DEFAULTS.containsKey(parts[0])) {
                throw new IllegalArgumentException("unknown option " + arg + "; the options are " + DEFAULTS.keySet());
            }
            options.put(parts[0], parts[1]);
        }
        return options;
    }

    private static OperatorSettings settings(String network) {
        OperatorSettings defaults = OperatorSettings.defaults();
        return network.isEmpty() ? defaults : defaults.withIpam(defaults.ipam().withClusterNetwork(network));
    }

    /** The file of H2 stays open until the operator is closed, not only until the process ends. */
    private static DataSource database(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(url);
            return source;
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url + ";DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("sa");
        return source;
    }

    /** The client does not repeat requests: the operator visits the object again. */
    private static KubernetesClient client() {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
