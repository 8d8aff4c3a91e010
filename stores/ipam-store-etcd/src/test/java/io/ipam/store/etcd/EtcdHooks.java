package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.ipam.address.Address;
import io.ipam.documents.StoreText;
import io.ipam.store.Entry;
import io.ipam.store.StateStore;
import io.ipam.store.testkit.BackupContract;
import io.ipam.store.testkit.Capability;
import io.ipam.store.testkit.ConnectionContract;
import io.ipam.store.testkit.CrashContract;
import io.ipam.store.testkit.CuttingProxy;
import io.ipam.store.testkit.EditContract;
import io.ipam.store.testkit.ReopenContract;
import io.ipam.store.testkit.StateStoreContract;
import io.ipam.store.testkit.TrimContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;

/** The contract of a store on a server of etcd, and its hooks. */
abstract class EtcdHooks extends StateStoreContract
        implements ReopenContract, CrashContract, ConnectionContract, EditContract, BackupContract, TrimContract {
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The channel that the sessions of a test share. */
    abstract ManagedChannel channel();

    /** The port of a server on the loopback address. */
    abstract int port();

    /** A channel to one server on the loopback address. */
    static ManagedChannel channelTo(int port) {
        ChannelCredentials plain = InsecureChannelCredentials.create();
        return Grpc.newChannelBuilder("localhost:" + port, plain).disableRetry().build();
    }

    @AfterEach
    void closeOpened() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    <T> T closing(T value, AutoCloseable end) {
        opened.add(end);
        return value;
    }

    @Override
    public StateStore openSession(String realm) {
        return EtcdStore.of(channel(), realm);
    }

    /** All state is in the server. */
    @Override
    public void reopen() {}

    @Override
    public BreakableSession openBreakableSession(String realm) throws IOException {
        CuttingProxy proxy = new CuttingProxy("localhost", port());
        closing(proxy, proxy);
        ManagedChannel channel = channelTo(proxy.port());
        closing(channel, channel::shutdownNow);
        StateStore session = EtcdStore.of(channel, realm);
        return new BreakableSession() {
            @Override
            public StateStore session() {
                return session;
            }

            @Override
            public void loseNextRequest() {
                proxy.loseNextRequest();
            }

            @Override
            public void loseNextAnswer() {
                proxy.loseNextAnswer();
            }
        };
    }

    @Override
    public void deleteHeld(String realm, Address address) {
        Keys keys = Keys.of("/ipam", realm);
        execute(new Txn(
                List.of(Condition.exists(keys.held() + address)),
                List.of(Operation.Delete.one(keys.held() + address)),
                List.of()));
    }

    @Override
    public void insertHeld(String realm, Entry.Held held) {
        String key = Keys.of("/ipam", realm).of(held);
        execute(new Txn(List.of(), List.of(new Operation.Put(key, StoreText.format(held))), List.of()));
    }

    @Override
    public Callable<?> backup(String realm) throws Exception {
        List<KeyValue> pairs = execute(Txn.read(all(realm))).ranges().get(0).pairs();
        return () -> {
            execute(new Txn(
                    List.of(),
                    List.of(new Operation.Delete(all(realm).key(), all(realm).end())),
                    List.of()));
            for (KeyValue pair : pairs) {
                execute(new Txn(List.of(), List.of(new Operation.Put(pair.key(), pair.value())), List.of()));
            }
            return realm;
        };
    }

    private static Get all(String realm) {
        String root = Keys.of("/ipam", realm).root();
        return Get.range(root, Keys.endOf(root), 0);
    }

    private Txn.Result execute(Txn txn) {
        return execute(channel(), txn);
    }

    static Txn.Result attempt(Channel channel, Txn txn) {
        EtcdCalls calls = new EtcdCalls(channel, Duration.ofSeconds(10));
        return calls.write("edit", txn, calls.deadline());
    }

    static Txn.Result execute(Channel channel, Txn txn) {
        Txn.Result result = attempt(channel, txn);
        assertTrue(result.succeeded(), "a condition of an edit must hold");
        return result;
    }

    @Override
    public StateStore openTrimmingSession(String realm) {
        EtcdStoreSettings settings = EtcdStoreSettings.defaults().withKept(keptCommits(), Duration.ZERO);
        return EtcdStore.of(channel(), realm, settings);
    }

    @Override
    public int keptCommits() {
        return 5;
    }

    @Override
    protected Map<Capability, String> unproven() {
        return Map.of();
    }
}
