package io.ipam.store.etcd;

import io.grpc.ManagedChannel;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of a store on a server in this process, with etcd's own messages. */
class FakeEtcdTest extends EtcdHooks {
    private FakeServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        channel = channelTo(server.port());
    }

    @AfterEach
    void stop() throws InterruptedException {
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
