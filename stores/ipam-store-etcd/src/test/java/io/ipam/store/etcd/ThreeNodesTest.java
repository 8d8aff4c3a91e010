package io.ipam.store.etcd;

import io.grpc.ManagedChannel;
import io.ipam.store.StateStore;
import io.ipam.store.testkit.StoreFuzzer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a store on three servers of etcd. A crash kills the leader and starts it again.
 */
@Tag("etcd")
class ThreeNodesTest extends EtcdHooks {
    private static final int KILLS = Integer.getInteger("ipam.etcd.kills", 5);

    @TempDir
    static Path folder;

    private static EtcdNodes nodes;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        nodes = new EtcdNodes(folder, 3);
        channel = LoopbackNames.channelTo(nodes.ports());
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
        nodes.killLeader();
    }

    @Test
    void fuzz_leaderKilledAndRestarted_hasOneOrder() throws Exception {
        ExecutorService killer = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> killing = killer.submit(() -> {
                for (int i = 0; i < KILLS; i++) {
                    nodes.killLeader();
                }
                return true;
            });
            int runs = 0;
            while (!killing.isDone()) {
                String realm = realm().name() + "-" + runs++;
                StoreFuzzer.of(() -> new PatientStore(openSession(realm)))
                        .withBrokenConnections(() -> undisturbed(openSession(realm)))
                        .withCommits(60)
                        .run();
            }
            killing.get();
        } finally {
            killer.shutdownNow();
        }
    }

    /** The servers fail, not the connection. */
    private static BreakableSession undisturbed(StateStore session) {
        return new BreakableSession() {
            @Override
            public StateStore session() {
                return session;
            }

            @Override
            public void loseNextRequest() {}

            @Override
            public void loseNextAnswer() {}
        };
    }
}
