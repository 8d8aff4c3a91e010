package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.examples.operator.process.Endpoint;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Metrics and health. */
class EndpointTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> get(Endpoint endpoint, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + endpoint.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void get_storeRunsThenFails_reportsUsageAndHealth() throws IOException, InterruptedException {
        AtomicBoolean cut = new AtomicBoolean();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (TestCluster cluster = new TestCluster()) {
            cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
            cluster.pod("cart-0", "blue");
            try (Operator operator = cluster.operator(
                            cluster.client,
                            session -> new CutSession(session, cut::get, (commit, attempt) -> {}),
                            registry);
                    Endpoint endpoint = new Endpoint(0, operator, registry)) {
                cluster.awaitShown("cart-0");
                String metrics = get(endpoint, "/metrics").body();
                assertTrue(metrics.contains("ippool_allocated_ip_counts{pool=\"blue\"} 1.0"), metrics);
                assertTrue(metrics.contains("operator_faulty_documents 0.0"), metrics);
                assertEquals(200, get(endpoint, "/readyz").statusCode());
                assertEquals(200, get(endpoint, "/healthz").statusCode());
                cut.set(true);
                assertEquals(503, get(endpoint, "/readyz").statusCode());
                assertEquals(503, get(endpoint, "/healthz").statusCode());
            }
        }
    }
}
