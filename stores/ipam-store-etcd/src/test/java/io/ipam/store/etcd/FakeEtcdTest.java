package io.ipam.store.etcd;

import io.grpc.ManagedChannel;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of a store on a server in this process, with etcd's own messages. */
class FakeEtcdTest extends EtcdHooks {
    private static FakeServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException {
        server = new FakeServer();
        channel = channelTo(server.port());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        channel.shutdownNow();
        server.stop();
    }

    @Override
    ManagedChannel channel() {
        return channel;
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    public void crash() throws IOException, InterruptedException {
        server.crash();
    }
}
