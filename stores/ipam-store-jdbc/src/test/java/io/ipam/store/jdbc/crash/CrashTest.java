package io.ipam.store.jdbc.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.crash.Crashes;
import io.ipam.crash.EditedEntries;
import io.ipam.crash.RealmUnderLoad;
import io.ipam.crash.RestoredBackup;
import io.ipam.store.jdbc.H2File;
import io.ipam.store.jdbc.JdbcStore;
import io.ipam.store.jdbc.PostgresServer;
import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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

    private RealmUnderLoad realm(String name) {
        return new RealmUnderLoad(folder, DIRECT, DIRECT.text(), name, Crashes.seed());
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCrash_fewTimes_losesNoAnswer() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy("localhost", SERVER.port());
                RealmUnderLoad realm = new RealmUnderLoad(
                        folder, DIRECT, Database.postgres(proxy.port()).text(), "few", Crashes.seed())) {
            realm.start(2);
            Crashes.killProcesses(realm, 2);
            Crashes.cutConnections(realm, List.of(proxy), 5);
            ServerCrashes.restartServer(realm, 1);
            ServerCrashes.freeze(realm, 1, 1_000);
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
            Crashes.killProcesses(realm, Crashes.times("kills", 50));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void server_restarted_losesNoAnswer() throws Exception {
        try (RealmUnderLoad realm = realm("restarts")) {
            realm.start(3);
            ServerCrashes.restartServer(realm, Crashes.times("restarts", 20));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void connections_cut_loseNoAnswer() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy("localhost", SERVER.port());
                RealmUnderLoad realm = new RealmUnderLoad(
                        folder, DIRECT, Database.postgres(proxy.port()).text(), "cuts", Crashes.seed())) {
            realm.start(3);
            Crashes.cutConnections(realm, List.of(proxy), Crashes.times("cuts", 200));
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void processes_frozenInCommit_stopNoOther() throws Exception {
        try (RealmUnderLoad realm = realm("frozen")) {
            realm.start(3);
            long longest = ServerCrashes.freeze(realm, Crashes.times("freezes", 20), 3_000);
            System.out.println("frozen: at most " + longest + " ms without a commit");
            realm.stopAndVerify();
        }
    }

    @Test
    @Tag("crash")
    void h2_processKilled_losesNoAnswer() throws Exception {
        killH2(Crashes.times("h2", 100));
    }

    private void killH2(int times) throws Exception {
        DataSource source = H2File.source(folder);
        JdbcStore.createSchema(source);
        Database database = Database.h2(folder);
        try (RealmUnderLoad realm = new RealmUnderLoad(folder, database, database.text(), "h2", Crashes.seed())) {
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
        for (int i = 0; i < Crashes.times("edits", 5); i++) {
            restoreAndDelete("edited-" + i);
        }
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

    /** Every process notices it, loads again, and names the grants that were lost. */
    private static int restoreBackup(RealmUnderLoad realm) throws IOException, InterruptedException, SQLException {
        realm.work(500);
        Backups.copy(SERVER.source(), realm.realm());
        long copied = ServerCrashes.revision(realm);
        while (ServerCrashes.revision(realm) < copied + 50) {
            realm.work(100);
        }
        long before = System.nanoTime();
        Backups.restore(SERVER.source(), realm.realm());
        return new RestoredBackup(realm, copied(), before).awaitReports();
    }

    /** Owners with their addresses and generations. */
    private static Set<String> copied() throws SQLException {
        Set<String> held = new HashSet<>();
        try (var connection = SERVER.source().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select owner, address, generation from copy_ipam_address")) {
            while (rows.next()) {
                held.add(rows.getString(1) + "=" + rows.getString(2) + "=" + rows.getLong(3));
            }
        }
        return held;
    }

    private static int deleted(RealmUnderLoad realm, String owners) throws SQLException {
        return H2File.execute(
                SERVER.source(),
                "delete from ipam_address where realm = ? and owner like ?",
                realm.realm(),
                owners + "%");
    }
}
