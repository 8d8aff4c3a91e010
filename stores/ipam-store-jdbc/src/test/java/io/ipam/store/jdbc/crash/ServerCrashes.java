package io.ipam.store.jdbc.crash;

import io.ipam.crash.Crashes;
import io.ipam.crash.RealmUnderLoad;
import io.ipam.crash.WorkerProcess;
import io.ipam.house.Await;
import io.ipam.store.jdbc.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Crashes of the server, and of a process that holds the lock of a realm. */
final class ServerCrashes {
    private static final PostgresServer SERVER = PostgresServer.only();

    private ServerCrashes() {}

    /** Stops the server without writing to the disk, and starts it again. */
    static void restartServer(RealmUnderLoad realm, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            realm.work(2_000);
            SERVER.crash();
        }
        realm.assertAllRun();
    }

    /**
     * Freezes a process while it holds the lock of the realm, and lets it continue later. Other
     * processes commit meanwhile.
     *
     * @return the longest time without a commit while a process was frozen, in milliseconds
     */
    static long freeze(RealmUnderLoad realm, int times, long millis) throws Exception {
        long longest = 0;
        for (int i = 0; i < times; i++) {
            WorkerProcess frozen = freezeInCommit(realm);
            try {
                longest = Math.max(longest, Crashes.longestPause(() -> revision(realm), millis));
            } finally {
                frozen.signal("CONT");
            }
        }
        realm.assertAllRun();
        return longest;
    }

    private static WorkerProcess freezeInCommit(RealmUnderLoad realm)
            throws IOException, InterruptedException, SQLException {
        while (true) {
            realm.work(100);
            WorkerProcess process = realm.randomProcess();
            process.signal("STOP");
            Await.until(process.name() + " is stopped", () -> isStopped(process));
            if (isInTransaction(process.name())) {
                return process;
            }
            process.signal("CONT");
        }
    }

    private static boolean isStopped(WorkerProcess process) throws IOException {
        return Files.readString(Path.of("/proc", "" + process.process().pid(), "stat"))
                .contains(") T ");
    }

    private static boolean isInTransaction(String process) throws SQLException {
        return number(
                        "select count(*) from pg_stat_activity where application_name = ?"
                                + " and state = 'idle in transaction'",
                        process)
                > 0;
    }

    static long revision(RealmUnderLoad realm) throws SQLException {
        return number("select max(revision) from ipam_commit where realm = ?", realm.realm());
    }

    static long number(String sql, String parameter) throws SQLException {
        try (Connection connection = SERVER.source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            ResultSet result = statement.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }
}
