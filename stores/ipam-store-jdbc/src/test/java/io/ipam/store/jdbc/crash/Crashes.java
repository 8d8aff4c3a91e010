package io.ipam.store.jdbc.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.jdbc.PostgresServer;
import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Crashes of the processes of a realm, of their connections, and of the server. */
final class Crashes {
    private static final PostgresServer SERVER = PostgresServer.only();
    private static final int SETTLE_MILLIS = 20;

    private Crashes() {}

    /** Kills a process at a random moment, and starts it again. */
    static void killProcesses(RealmUnderLoad realm, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            realm.work(1_000);
            realm.killAndStart(realm.randomProcess());
        }
    }

    /** Stops the server without writing anything, and starts it again. */
    static void restartServer(RealmUnderLoad realm, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            realm.work(2_000);
            SERVER.crash();
        }
        assertEquals(List.of(), realm.ended());
    }

    /** Breaks connections between a request and its answer, or before the request. */
    static void cutConnections(RealmUnderLoad realm, CuttingProxy proxy, int times) throws InterruptedException {
        while (proxy.cuts() < times) {
            realm.work(100);
            int before = proxy.cuts();
            if (realm.random().nextInt(4) == 0) {
                proxy.loseNextRequest();
            } else {
                proxy.loseNextAnswer();
            }
            while (proxy.cuts() == before) {
                Thread.sleep(1);
            }
        }
        realm.work(200);
        assertEquals(List.of(), realm.ended());
    }

    /**
     * Freezes a process while it holds the lock of the realm, and lets it continue later. Other
     * processes commit meanwhile.
     *
     * @return the longest time without a commit while a process was frozen, in milliseconds
     */
    static long freeze(RealmUnderLoad realm, int times, long millis)
            throws IOException, InterruptedException, SQLException {
        long longest = 0;
        for (int i = 0; i < times; i++) {
            WorkerProcess frozen = freezeInCommit(realm);
            try {
                longest = Math.max(longest, longestPause(realm, millis));
            } finally {
                frozen.signal("CONT");
            }
        }
        assertEquals(List.of(), realm.ended());
        return longest;
    }

    private static WorkerProcess freezeInCommit(RealmUnderLoad realm)
            throws IOException, InterruptedException, SQLException {
        while (true) {
            realm.work(100);
            WorkerProcess process = realm.randomProcess();
            process.signal("STOP");
            Thread.sleep(SETTLE_MILLIS);
            if (isInTransaction(process.name())) {
                return process;
            }
            process.signal("CONT");
        }
    }

    private static boolean isInTransaction(String process) throws SQLException {
        return number(
                        "select count(*) from pg_stat_activity where application_name = ?"
                                + " and state = 'idle in transaction'",
                        process)
                > 0;
    }

    private static long longestPause(RealmUnderLoad realm, long millis) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        long moved = start;
        long longest = 0;
        long first = revision(realm);
        long revision = first;
        while (System.nanoTime() - start < millis * 1_000_000) {
            Thread.sleep(10);
            long now = revision(realm);
            longest = Math.max(longest, System.nanoTime() - moved);
            if (now != revision) {
                revision = now;
                moved = System.nanoTime();
            }
        }
        assertTrue(revision > first, "other processes commit while one is frozen");
        return longest / 1_000_000;
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
