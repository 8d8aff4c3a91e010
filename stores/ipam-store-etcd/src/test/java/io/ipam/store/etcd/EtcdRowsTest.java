package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader of the crash tests finds keys that contradict each other. */
class EtcdRowsTest {
    private static final String ROOT = "/ipam/default/";

    private FakeServer server;
    private ManagedChannel channel;

    @BeforeEach
    void commit() throws IOException {
        server = new FakeServer();
        channel = EtcdHooks.channelTo(server.port());
        EtcdStore store = EtcdStore.of(channel, "default");
        Entry.Held renewed = held(1, "a", 3);
        Head head = Facts.commit(
                store,
                Head.NONE,
                1,
                Facts.created(),
                new Change.PoolPut(Optional.empty(), Facts.BLUE),
                granted(1, "a"));
        head = Facts.commit(store, head, 1, granted(2, "b"), new Change.Renewed(held(1, "a", 1), renewed));
        Facts.commit(store, head, 1, new Change.Released(held(2, "b", 2), Optional.empty()), granted(4, "d"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow();
        server.stop();
    }

    private static Entry.Held held(int index, String owner, long generation) {
        Address address = Address.parse("10.6.1." + index);
        Owner crash = Owner.stateless("crash", owner, owner);
        return new Entry.Held(address, "blue", Optional.of(crash), "eth0", generation, "");
    }

    private static Change granted(int index, String owner) {
        return new Change.Granted(held(index, owner, index));
    }

    private void put(String key, String value) {
        EtcdHooks.execute(channel, new Txn(List.of(), List.of(new Operation.Put(ROOT + key, value)), List.of()));
    }

    private void delete(String key) {
        EtcdHooks.execute(
                channel,
                new Txn(List.of(Condition.exists(ROOT + key)), List.of(Operation.Delete.one(ROOT + key)), List.of()));
    }

    private String value(String key) {
        Txn read = Txn.read(Get.one(ROOT + key));
        return EtcdHooks.execute(channel, read).ranges().get(0).value().orElseThrow();
    }

    private void assertFound(String... starts) {
        List<String> findings = EtcdRows.read(channel, "default").findings();
        assertEquals(starts.length, findings.size(), findings::toString);
        for (String start : starts) {
            assertTrue(findings.stream().anyMatch(finding -> finding.startsWith(start)), findings::toString);
        }
    }

    @Test
    void keys_asCommitted_haveNoFinding() {
        assertFound();
        assertEquals(
                Set.of("a=10.6.1.1=3", "d=10.6.1.4=4"),
                EtcdRows.read(channel, "default").lines());
    }

    @Test
    void held_deleted_isFoundByCountAndLog() {
        delete("a/10.6.1.4");
        assertFound("the head counts 2, there are 1", "the log results in ");
    }

    @Test
    void held_underAnotherKey_isFound() {
        put("a/10.6.1.5", value("a/10.6.1.4"));
        delete("a/10.6.1.4");
        assertFound("the key 10.6.1.5 has ");
    }

    @Test
    void held_twice_isFound() {
        put("a/10.6.1.4", value("a/10.6.1.4").replace("\"d\"", "\"a\""));
        assertFound("a has 10.6.1.1=3 and 10.6.1.4 for one family", "the head counts 2, there are 1");
    }

    @Test
    void log_withoutACommit_isFound() {
        delete("log/00000000000000000002");
        List<String> findings = EtcdRows.read(channel, "default").findings();
        assertEquals("the log has gaps: 2 commits from 1 to 3", findings.get(0));
    }

    @Test
    void log_grantWhileHeld_isFound() {
        String log = "log/00000000000000000002";
        put(log, value(log).replace("10.6.1.2", "10.6.1.1"));
        assertTrue(EtcdRows.read(channel, "default").findings().stream()
                .anyMatch(finding -> finding.startsWith("the log grants an address again: ")));
    }

    @Test
    void head_ofAnotherCommit_isFound() {
        put("head", value("head").replace("3|", "2|"));
        assertFound("the head is 2|");
    }
}
