package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.ManagedChannel;
import io.ipam.store.Change;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    @Test
    void load_compactedMeanwhile_isUnavailableAndNextLoadWorks() {
        StateStore store = realm().session();
        Head head = Facts.commit(store, Head.NONE, 1, Facts.created(), Facts.granted(5, 1));
        Image image = store.load();
        Facts.commit(store, head, 1, Facts.granted(6, 2));
        compact();
        StoreUnavailableException failed = assertThrows(
                StoreUnavailableException.class, () -> image.entries().hasNext());
        assertTrue(failed.getMessage().contains("has been compacted"), failed.getMessage());
        assertEquals(Facts.held(5, 1), store.load().entries().next());
    }

    private static void compact() {
        KVGrpc.KVBlockingStub client = KVGrpc.newBlockingStub(channel);
        RangeRequest any = RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("test"))
                .build();
        long revision = client.range(any).getHeader().getRevision();
        client.compact(CompactionRequest.newBuilder().setRevision(revision).build());
    }

    @Test
    void follow_commitOfOther_isHinted() throws Exception {
        Semaphore hints = new Semaphore(0);
        AutoCloseable registration = realm().session().follow(hints::release);
        assertTrue(hints.tryAcquire(60, TimeUnit.SECONDS), "the begin of the watch");
        Head head = Facts.commit(realm().session(), Head.NONE, 1, Facts.created());
        assertTrue(hints.tryAcquire(60, TimeUnit.SECONDS), "the first commit");
        crash();
        Facts.commit(new PatientStore(realm().session()), head, 1);
        assertTrue(hints.tryAcquire(2, 60, TimeUnit.SECONDS), "the restart, and the second commit");
        registration.close();
    }

    /** The setting of the store exceeds --max-txn-ops of the server. */
    @Test
    void commit_moreOperationsThanServerAllows_isUnstorable() {
        EtcdStoreSettings settings = EtcdStoreSettings.defaults().withOperationsPerTransaction(200);
        EtcdStore store = EtcdStore.of(channel, realm().name(), settings);
        closing(store, store);
        Head head = Facts.commit(store, Head.NONE, 1, Facts.created());
        Change[] grants =
                IntStream.range(0, 127).mapToObj(i -> Facts.granted(i, i)).toArray(Change[]::new);
        UnstorableException refused =
                assertThrows(UnstorableException.class, () -> store.commit(head, Facts.after(head, 1, grants)));
        assertTrue(refused.getMessage().contains("too many operations"), refused.getMessage());
        assertEquals(head, store.load().head());
    }
}
