package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.ipam.store.Head;
import io.ipam.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The counter of retries, with a channel that has a retry policy and one that has none. */
class HiddenRetriesTest {
    private static final Map<String, ?> TWO_ATTEMPTS = Map.of(
            "methodConfig",
            List.of(Map.of(
                    "name",
                    List.of(Map.of()),
                    "retryPolicy",
                    Map.of(
                            "maxAttempts",
                            2.0,
                            "initialBackoff",
                            "0.01s",
                            "maxBackoff",
                            "0.01s",
                            "backoffMultiplier",
                            1.0,
                            "retryableStatusCodes",
                            List.of("UNAVAILABLE")))));

    private final HiddenRetries retries = new HiddenRetries();

    @Test
    void call_channelWithRetryPolicy_isCounted() throws IOException, InterruptedException {
        run(true);
        assertEquals(1, retries.retries());
        assertEquals(1, retries.calls());
    }

    @Test
    void call_channelWithoutRetries_isNotCounted() throws IOException, InterruptedException {
        run(false);
        assertEquals(0, retries.retries());
        assertEquals(1, retries.calls());
    }

    private void run(boolean hasRetries) throws IOException, InterruptedException {
        FakeServer server = new FakeServer();
        ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(
                        "localhost:" + server.port(), InsecureChannelCredentials.create())
                .defaultServiceConfig(TWO_ATTEMPTS)
                .intercept(retries);
        ManagedChannel channel = (hasRetries ? builder.enableRetry() : builder.disableRetry()).build();
        try (EtcdStore store = EtcdStore.of(channel, "default")) {
            server.fail(FakeServer.Fault.before(Status.UNAVAILABLE));
            if (hasRetries) {
                store.newsAfter(Head.NONE);
            } else {
                assertThrows(StoreUnavailableException.class, () -> store.newsAfter(Head.NONE));
            }
        } finally {
            channel.shutdownNow();
            server.stop();
        }
    }
}
