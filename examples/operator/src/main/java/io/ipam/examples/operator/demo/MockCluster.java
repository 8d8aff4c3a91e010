package io.ipam.examples.operator.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The mock API server of fabric8, with the behavior of a real one where the operator depends on
 * it. A status is written only with the current {@code resourceVersion}. A pod that is deleted ends
 * at once, which the kubelet of a real node states as a grace period of zero. Thread safety: safe.
 */
public final class MockCluster implements AutoCloseable {
    private static final int REQUEST_MILLIS = 60_000;
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** For conditions that an object does not show. */
    private static final long LONGEST_WAIT_MILLIS = 20;

    private final Semaphore changes = new Semaphore(0);
    private final Dispatcher dispatcher = new Dispatcher();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    /** Ends the watches that were closed. */
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();

    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    /** Starts a server with the documents' kinds. */
    public MockCluster() {
        server.init();
        dispatcher.expectCustomResource(context("SpiderIPPool", "spiderippools"));
        dispatcher.expectCustomResource(context("SpiderReservedIP", "spiderreservedips"));
    }

    private static CustomResourceDefinitionContext context(String kind, String plural) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup("spiderpool.spidernet.io")
                .withVersion("v2beta1")
                .withKind(kind)
                .withPlural(plural)
                .withScope("Cluster")
                .withStatusSubresource(true)
                .build();
    }

    /** {@return a client of this server} */
    public KubernetesClient client(String name) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withUserAgent(name)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(REQUEST_MILLIS)
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Sees the updates of a client, and may cut the client off. */
    public interface Gate {
        /** Is called before each update of an object. */
        default void before(String path, String body) {}

        /** Is called after each update of an object, unless it was refused. */
        default void after(String path, String body) {}

        /** {@return whether the requests of the client are not served any more} */
        boolean isClosed();
    }

    /** Sets the gate of the client with a name. */
    public void gate(String name, Gate gate) {
        gates.put(name, gate);
    }

    /** Is called after each change of an object. */
    public interface Observer {
        /** Receives the object before and after its change, as JSON; null if it does not exist. */
        void changed(@Nullable String before, @Nullable String after);
    }

    /** Adds an observer. */
    public void observe(Observer observer) {
        observers.add(observer);
    }

    /**
     * Waits until a condition is met, which is tested after each change. A watch of this server
     * would not do: it does not repeat an earlier deletion.
     *
     * @throws IllegalStateException if the condition is not met within a minute
     */
    public void await(String expected, BooleanSupplier condition) {
        long limit = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("not reached: " + expected);
            }
            awaitChange();
        }
    }

    private void awaitChange() {
        try {
            if (changes.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
        server.destroy();
    }

    private static final MockResponse UNAVAILABLE =
            new MockResponse().setResponseCode(HttpURLConnection.HTTP_UNAVAILABLE);

    private final class Dispatcher extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            Gate gate = gates.get(String.valueOf(request.getHeader("User-Agent")));
            if (gate == null) {
                return super.dispatch(request);
            }
            boolean isUpdate = request.getMethod().equals("PUT");
            String body = isUpdate ? body(request) : "";
            if (isUpdate) {
                gate.before(request.getPath(), body);
            }
            MockResponse response = gate.isClosed() ? UNAVAILABLE : super.dispatch(request);
            if (isUpdate && response.code() == HttpURLConnection.HTTP_OK) {
                gate.after(request.getPath(), body);
            }
            return gate.isClosed() ? UNAVAILABLE : response;
        }

        private static String body(RecordedRequest request) {
            return new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public MockResponse handleWatch(String path) {
            MockResponse response = super.handleWatch(path);
            return new MockResponse().withWebSocketUpgrade(new LateEnd(response.getWebSocketListener()));
        }

        @Override
        public MockResponse handleUpdate(RecordedRequest request) {
            String path = request.getPath();
            if (!path.endsWith("/status")) {
                return super.handleUpdate(request);
            }
            synchronized (this) { // Two writers of a status; other writes keep the status.
                GenericKubernetesResource next =
                        Serialization.unmarshal(body(request), GenericKubernetesResource.class);
                var present = findResource(getKey(path));
                if (present != null
                        && !version(present.getValue())
                                .equals(next.getMetadata().getResourceVersion())) {
                    return new MockResponse().setResponseCode(HttpURLConnection.HTTP_CONFLICT);
                }
                return super.handleUpdate(request);
            }
        }

        private static String version(String json) {
            return Serialization.unmarshal(json, GenericKubernetesResource.class)
                    .getMetadata()
                    .getResourceVersion();
        }

        @Override
        public void processEvent(
                String path,
                AttributeSet pathAttributes,
                @Nullable AttributeSet oldAttributes,
                @Nullable GenericKubernetesResource resource,
                @Nullable String newState) {
            String next = newState != null && newState.contains("\"deletionTimestamp\"") ? ended(newState) : newState;
            String before = oldAttributes == null ? null : map.get(oldAttributes);
            super.processEvent(path, pathAttributes, oldAttributes, resource, next);
            observers.forEach(observer -> observer.changed(before, next));
            changes.release();
        }

        private String ended(String json) {
            GenericKubernetesResource object = Serialization.unmarshal(json, GenericKubernetesResource.class);
            object.getMetadata().setDeletionGracePeriodSeconds(0L);
            return Serialization.asJson(object);
        }
    }

    /**
     * A watch that ends with the server. The mock server would wait, on the thread of the
     * connection, for events that only this thread can send, and refuse later events.
     */
    private final class LateEnd extends WebSocketListener {
        private final WebSocketListener watch;

        LateEnd(WebSocketListener watch) {
            this.watch = watch;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            watch.onOpen(socket, response);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            watch.onMessage(socket, text);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            ends.add(() -> watch.onClosed(socket, code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            ends.add(() -> watch.onFailure(socket, failure, response));
        }
    }
}
