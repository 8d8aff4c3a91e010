package io.ipam.store.jdbc.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.jdbc.H2File;
import io.ipam.store.jdbc.JdbcStore;
import io.ipam.store.jdbc.PostgresServer;
import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes work on one realm and are killed or frozen, their connections break, and the server
 * crashes. Then the rows, read by plain SQL, are compared with the logs of all callers.
 *
 * <p>The numbers of the tests tagged {@code crash} are system properties, such as {@code
 * -Dcrash.kills=5}; {@code -Dcrash.seed=N} repeats the random choices.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class CrashTest {
    private static final PostgresServer SERVER = PostgresServer.only();
    private static final Database DIRECT = Database.postgres(SERVER.port());

    @TempDir
    Path folder;

    private static long seed() {
        return Long.getLong("crash.seed", System.nanoTime());
    }

    private static int times(String name, int times) {
        return Integer.getInteger("crash." + name, times);
    }

    private RealmUnderLoad realm(String name) {
        return new RealmUnderLoad(folder, DIRECT, DIRECT, name, seed());
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCrash_fewTimes_losesNoAnswer() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy("localhost", SERVER.port());
                RealmUnderLoad realm =
                        new RealmUnderLoad(folder, DIRECT, Database.postgres(proxy.port()), "few", seed())) {
            realm.start(2);
            Crashes.killProcesses(realm, 2);
            Crashes.cutConnections(realm, proxy, 5);
            Crashes.restartServer(realm, 1);
            Crashes.freeze(realm, 1, 1_000);
            realm.stopAndVerify();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void h2_processKilledOnce_losesNoAnswer() throws Exception {
        killH2(1);
    }

    @Test
    @Tag("crash")
    void processes_killed_loseNoAnswer() throws Exception {
        try (RealmUnderLoad realm = realm("kills")) {
            realm.start(3);
            Crashes.killProcesses(realm, times("kills", 50));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void server_restarted_losesNoAnswer() throws Exception {
        try (RealmUnderLoad realm = realm("restarts")) {
            realm.start(3);
            Crashes.restartServer(realm, times("restarts", 20));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void connections_cut_loseNoAnswer() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy("localhost", SERVER.port());
                RealmUnderLoad realm =
                        new RealmUnderLoad(folder, DIRECT, Database.postgres(proxy.port()), "cuts", seed())) {
            realm.start(3);
            Crashes.cutConnections(realm, proxy, times("cuts", 200));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void processes_frozenInCommit_stopNoOther() throws Exception {
        try (RealmUnderLoad realm = realm("frozen")) {
            realm.start(3);
            long longest = Crashes.freeze(realm, times("freezes", 20), 3_000);
            System.out.println("frozen: at most " + longest + " ms without a commit");
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void h2_processKilled_losesNoAnswer() throws Exception {
        killH2(times("h2", 100));
    }

    private void killH2(int times) throws Exception {
        DataSource source = H2File.source(folder);
        JdbcStore.createSchema(source);
        Database database = Database.h2(folder);
        try (RealmUnderLoad realm = new RealmUnderLoad(folder, database, database, "h2", seed())) {
            H2File.shutDown(source);
            realm.start(1);
            Crashes.killProcesses(realm, times);
            realm.stop();
            realm.verifyReplica();
            H2File.shutDown(source);
            realm.stopAndVerify();
        } finally {
            H2File.shutDown(source);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void backupRestoredAndRowsDeleted_once_areNoticed() throws Exception {
        restoreAndDelete("edited");
    }

    @Test
    @Tag("crash")
    void backupRestoredAndRowsDeleted_areNoticed() throws Exception {
        for (int i = 0; i < times("edits", 5); i++) {
            restoreAndDelete("edited-" + i);
        }
    }

    private void restoreAndDelete(String name) throws Exception {
        try (RealmUnderLoad realm = realm(name)) {
            realm.start(2);
            int lost = restoreBackup(realm);
            assertTrue(lost > 0, "grants were lost");
            System.out.println(name + ": " + lost + " lost grants were reported");
            deleteRows(realm);
        }
    }

    /** Every process notices it, loads again, and names the grants that were lost. */
    private static int restoreBackup(RealmUnderLoad realm) throws IOException, InterruptedException, SQLException {
        realm.work(500);
        Backups.copy(SERVER.source(), realm.realm());
        long copied = Crashes.revision(realm);
        while (Crashes.revision(realm) < copied + 50) {
            realm.work(100);
        }
        long before = System.nanoTime();
        Backups.restore(SERVER.source(), realm.realm());
        int lost = 0;
        for (String process : realm.names()) {
            while (reloaded(realm, process).isEmpty()) {
                Thread.sleep(50);
            }
            lost += verifyLost(realm, process, before);
        }
        assertEquals(List.of(), realm.ended());
        return lost;
    }

    private static List<String> reloaded(RealmUnderLoad realm, String process) throws IOException {
        return LoggedCall.events(realm.folder(), process).stream()
                .filter(event -> event.get(1).equals("reloaded") && event.get(2).equals("DIVERGED"))
                .findFirst()
                .orElse(List.of());
    }

    /**
     * Verifies that the event names each certain grant whose owner does not hold its address in the
     * backup. Returns the number of these.
     */
    private static int verifyLost(RealmUnderLoad realm, String process, long restored)
            throws IOException, SQLException {
        List<String> event = reloaded(realm, process);
        long noticed = Long.parseLong(event.get(0));
        Set<String> reported = new HashSet<>(List.of(event.get(3).split(",")));
        List<LoggedCall> calls = LoggedCall.read(realm.folder());
        Set<String> touched = new HashSet<>();
        List<LoggedCall> before = new ArrayList<>();
        for (LoggedCall call : calls) {
            if (call.answered() < restored) {
                before.add(call);
            } else if (call.asked() < noticed) {
                touched.add(call.subject());
            }
        }
        int lost = 0;
        Set<String> kept = Set.copyOf(copied());
        for (var slot : new StoreCheck(before).slots().entrySet()) {
            String owner = slot.getKey().substring(0, slot.getKey().indexOf(' '));
            String grant = owner + "=" + slot.getValue().value();
            boolean isOwn = owner.startsWith(process + "c") && !touched.contains(owner);
            boolean isCertain =
                    slot.getValue().isCertain() && !slot.getValue().value().isEmpty();
            if (isOwn && isCertain && !kept.contains(grant.substring(0, grant.lastIndexOf('=')))) {
                assertTrue(reported.contains(grant), () -> grant + " was lost, and is not in " + event);
                lost++;
            }
        }
        return lost;
    }

    /** Owners with their addresses. */
    private static List<String> copied() throws SQLException {
        List<String> held = new ArrayList<>();
        try (var connection = SERVER.source().getConnection();
                var rows = connection.createStatement().executeQuery("select owner, address from copy_ipam_address")) {
            while (rows.next()) {
                held.add(rows.getString(1) + "=" + rows.getString(2));
            }
        }
        return held;
    }

    /** Every process stops with the finding. Only openAsFound opens the realm. */
    private static void deleteRows(RealmUnderLoad realm) throws IOException, InterruptedException, SQLException {
        for (String process : realm.names()) {
            while (deleted(realm, process) == 0) {
                realm.work(100);
            }
        }
        for (String process : realm.names()) {
            awaitCorrupt(realm, process);
            realm.process(process).kill();
        }
        assertEquals(CrashWorker.CORRUPT, realm.open("check", "refused"));
        List<String> refused = LoggedCall.events(realm.folder(), "refused").get(0);
        assertTrue(refused.get(2).contains("held"), refused::toString);
        assertEquals(0, realm.open("asFound", "found"));
        assertEquals(List.of(), realm.verifyReplica().findings());
    }

    private static int deleted(RealmUnderLoad realm, String process) throws SQLException {
        return H2File.execute(
                SERVER.source(),
                "delete from ipam_address where realm = ? and owner like ?",
                realm.realm(),
                process + "c%");
    }

    /** A caller gets the finding, which names an address. */
    private static void awaitCorrupt(RealmUnderLoad realm, String process) throws IOException, InterruptedException {
        while (true) {
            for (LoggedCall call : LoggedCall.read(realm.folder())) {
                if (call.subject().startsWith(process + "c") && call.answer().equals("corrupt")) {
                    assertTrue(call.details().matches(".*(10\\.6\\.1\\.|2001:db8:6::).*"), call.details());
                    return;
                }
            }
            Thread.sleep(50);
        }
    }
}
