package io.ipam.store.etcd;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a store on one server of etcd. A backup is a copy of its data. */
@Tag("etcd")
class OneNodeTest extends EtcdHooks {
    @TempDir
    static Path folder;

    private static EtcdNodes nodes;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        nodes = new EtcdNodes(folder, 1);
        channel = channelTo(nodes.ports().get(0));
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        nodes.close();
    }

    @Override
    ManagedChannel channel() {
        return channel;
    }

    @Override
    int port() {
        return nodes.ports().get(0);
    }

    @Override
    public void crash() throws IOException, InterruptedException {
        nodes.killAll();
        nodes.startAll();
    }

    @Override
    public Callable<?> backup(String realm) throws IOException, InterruptedException {
        Path data = folder.resolve("n0");
        Path copy = folder.resolve("backup-" + realm);
        nodes.killAll();
        EtcdNodes.copy(data, copy);
        nodes.startAll();
        return () -> {
            nodes.killAll();
            Files.move(data, folder.resolve("lost-" + realm));
            EtcdNodes.copy(copy, data);
            nodes.startAll();
            return realm;
        };
    }
}
