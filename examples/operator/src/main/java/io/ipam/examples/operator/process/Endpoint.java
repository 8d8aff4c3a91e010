package io.ipam.examples.operator.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ipam.examples.operator.Operator;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Serves {@code /metrics} as Prometheus text, {@code /readyz}, and {@code /healthz}. An operator is
 * unhealthy if its {@code Ipam} has stopped, and must be started again. It is not ready while the
 * store or the API server is away. Thread safety: safe.
 */
public final class Endpoint implements AutoCloseable {
    private final HttpServer server;
    private final Operator operator;

    /**
     * Starts serving.
     *
     * @param port the port; 0 for a free one
     * @param operator the operator
     * @param registry the metrics
     * @throws IOException if the port is in use
     */
    public Endpoint(int port, Operator operator, PrometheusMeterRegistry registry) throws IOException {
        this.operator = operator;
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/metrics", exchange -> respond(exchange, 200, registry.scrape()));
        server.createContext("/readyz", exchange -> respond(exchange, health() == Health.READY));
        server.createContext("/healthz", exchange -> respond(exchange, health() != Health.STOPPED));
        server.start();
    }

    private enum Health {
        READY,
        WAITING,
        STOPPED
    }

    private Health health() {
        try {
            return operator.isReady() ? Health.READY : Health.WAITING;
        } catch (StoreUnavailableException | OutcomeUnknownException e) {
            return Health.WAITING;
        } catch (StoreException e) {
            return Health.STOPPED;
        }
    }

    private static void respond(HttpExchange exchange, boolean good) throws IOException {
        respond(exchange, good ? 200 : 503, good ? "ok\n" : "not ok\n");
    }

    private static void respond(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** {@return the port} */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
