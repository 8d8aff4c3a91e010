package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.ipam.crash.Crashes;
import io.ipam.crash.EditedEntries;
import io.ipam.crash.RealmUnderLoad;
import io.ipam.crash.RestoredBackup;
import io.ipam.crash.WorkerProcess;
import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes work on one realm of three servers of etcd. Processes and leaders are killed, and
 * connections break. Then the keys, read with etcd's own messages, are compared with the logs of
 * all callers. A process fails if gRPC has repeated one of its calls.
 *
 * <p>The numbers of the tests tagged {@code crash} are system properties, such as {@code
 * -Dcrash.leaders=5}; {@code -Dcrash.seed=N} repeats the random choices.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class CrashTest {
    @TempDir
    static Path servers;

    private static EtcdNodes nodes;
    private static CrashedEtcd etcd;
    private static ManagedChannel channel;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        nodes = new EtcdNodes(servers, 3, "--max-txn-ops", "20000"); // A restored backup is one transaction.
        etcd = CrashedEtcd.of(nodes.ports());
        channel = LoopbackNames.channelTo(nodes.ports());
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        CrashedEtcd.closeChannels();
        nodes.close();
    }

    private RealmUnderLoad realm(String name) {
        return new RealmUnderLoad(folder, etcd, etcd.text(), name, Crashes.seed());
    }

    private interface Body {
        void run(RealmUnderLoad realm, List<CuttingProxy> proxies) throws Exception;
    }

    /** Runs processes whose connections pass a proxy for each server. */
    private void throughProxies(String name, Body body) throws Exception {
        List<CuttingProxy> proxies = new ArrayList<>();
        nodes.ports().forEach(port -> proxies.add(new CuttingProxy("localhost", port)));
        String way = CrashedEtcd.of(proxies.stream().map(CuttingProxy::port).toList())
                .text();
        try (RealmUnderLoad realm = new RealmUnderLoad(folder, etcd, way, name, Crashes.seed())) {
            body.run(realm, proxies);
        } finally {
            for (CuttingProxy proxy : proxies) {
                proxy.close();
            }
        }
    }

    @Test
    @Tag("etcd")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCrash_fewTimes_losesNoAnswer() throws Exception {
        throughProxies("few", (realm, proxies) -> {
            realm.start(3);
            Crashes.killProcesses(realm, 2);
            Crashes.cutConnections(realm, proxies, 5);
            killLeaders(realm, 2);
            freeze(realm, 1, 3_000);
            realm.stopAndVerify();
        });
    }

    @Test
    @Tag("etcd")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void backupRestoredAndKeysDeleted_once_areNoticed() throws Exception {
        restoreAndDelete("edited");
    }

    @Test
    @Tag("crash")
    void processes_killed_loseNoAnswer() throws Exception {
        try (RealmUnderLoad realm = realm("kills")) {
            realm.start(3);
            Crashes.killProcesses(realm, Crashes.times("kills", 50));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void leaders_killed_loseNoAnswer() throws Exception {
        try (RealmUnderLoad realm = realm("leaders")) {
            realm.start(3);
            killLeaders(realm, Crashes.times("leaders", 20));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void connections_cut_loseNoAnswer() throws Exception {
        throughProxies("cuts", (realm, proxies) -> {
            realm.start(3);
            Crashes.cutConnections(realm, proxies, Crashes.times("cuts", 200));
            realm.stopAndVerify();
        });
    }

    @Test
    @Tag("crash")
    void processes_frozen_stopNoOther() throws Exception {
        try (RealmUnderLoad realm = realm("frozen")) {
            realm.start(3);
            long longest = freeze(realm, Crashes.times("freezes", 20), 3_000);
            System.out.println("frozen: at most " + longest + " ms without a commit");
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void backupRestoredAndKeysDeleted_areNoticed() throws Exception {
        for (int i = 0; i < Crashes.times("edits", 5); i++) {
            restoreAndDelete("edited-" + i);
        }
    }

    private static void killLeaders(RealmUnderLoad realm, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            realm.work(2_000);
            nodes.killLeader();
        }
        realm.assertAllRun();
    }

    /** Returns the longest time without a commit while a process was frozen, in milliseconds. */
    private static long freeze(RealmUnderLoad realm, int times, long millis) throws Exception {
        long longest = 0;
        for (int i = 0; i < times; i++) {
            realm.work(200);
            WorkerProcess frozen = realm.randomProcess();
            frozen.signal("STOP");
            try {
                longest = Math.max(longest, Crashes.longestPause(() -> revision(realm), millis));
            } finally {
                frozen.signal("CONT");
            }
        }
        realm.assertAllRun();
        return longest;
    }

    private static List<KeyValue> pairs(String start) {
        Get get = Get.range(start, Keys.endOf(start), 0);
        return EtcdHooks.execute(channel, Txn.read(get)).ranges().get(0).pairs();
    }

    private static long revision(RealmUnderLoad realm) {
        String head = pairs("/ipam/" + realm.realm() + "/head").get(0).value();
        return Long.parseLong(head.substring(0, head.indexOf('|')));
    }

    private void restoreAndDelete(String name) throws Exception {
        try (RealmUnderLoad realm = realm(name)) {
            realm.start(2);
            int lost = restoreBackup(realm);
            assertTrue(lost > 0, "grants were lost");
            System.out.println(name + ": " + lost + " lost grants were reported");
            EditedEntries.deleteAndVerify(realm, owners -> deleted(realm, owners));
        }
    }

    /** The backup has the keys of one revision of etcd. One transaction restores it. */
    private static int restoreBackup(RealmUnderLoad realm) throws IOException, InterruptedException {
        realm.work(500);
        String root = "/ipam/" + realm.realm() + "/";
        List<KeyValue> backup = pairs(root);
        long copied = revision(realm);
        while (revision(realm) < copied + 50) {
            realm.work(100);
        }
        long before = System.nanoTime();
        EtcdHooks.execute(channel, restoration(root, backup));
        Set<String> kept = backup.stream()
                .filter(pair -> pair.key().startsWith(root + "a/"))
                .map(EtcdRows::line)
                .collect(Collectors.toSet());
        return new RestoredBackup(realm, kept, before).awaitReports();
    }

    /** Writes the keys, and deletes those between them. */
    private static Txn restoration(String root, List<KeyValue> backup) {
        List<Operation> operations = new ArrayList<>();
        String start = root;
        for (KeyValue pair : backup) {
            operations.add(new Operation.Delete(start, pair.key()));
            operations.add(new Operation.Put(pair.key(), pair.value()));
            start = pair.key() + '\0';
        }
        operations.add(new Operation.Delete(start, Keys.endOf(root)));
        return new Txn(List.of(), operations, List.of());
    }

    private static int deleted(RealmUnderLoad realm, String owners) {
        int deleted = 0;
        for (KeyValue pair : pairs("/ipam/" + realm.realm() + "/a/")) {
            Txn deletion = new Txn(
                    List.of(Condition.is(pair.key(), Optional.of(pair.value()))),
                    List.of(Operation.Delete.one(pair.key())),
                    List.of());
            if (EtcdRows.line(pair).startsWith(owners)
                    && EtcdHooks.attempt(channel, deletion).succeeded()) {
                deleted++;
            }
        }
        return deleted;
    }
}
