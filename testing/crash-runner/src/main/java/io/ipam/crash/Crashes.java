package io.ipam.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.testkit.CuttingProxy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Crashes of the processes of a realm and of their connections. Thread safety: none needed. */
public final class Crashes {
    private static final int MOST_MILLIS_TO_CUT = 200;
    private static final long LONGEST_MILLIS = 60_000;

    private Crashes() {}

    /** {@return the seed of a run, from {@code -Dcrash.seed}} */
    public static long seed() {
        return Long.getLong("crash.seed", System.nanoTime());
    }

    /**
     * {@return the number of crashes of a test, from {@code -Dcrash.NAME}}
     *
     * @param name the name
     * @param times the default
     */
    public static int times(String name, int times) {
        return Integer.getInteger("crash." + name, times);
    }

    /**
     * Kills processes at random moments, and starts others.
     *
     * @param realm the realm
     * @param times the number of kills
     */
    public static void killProcesses(RealmUnderLoad realm, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            realm.work(1_000);
            realm.killAndStart(realm.randomProcess());
        }
    }

    /**
     * Breaks connections between a request and its answer, or before the request. A proxy without
     * connections, because the processes use another server, is skipped after a short time.
     *
     * @param realm the realm
     * @param proxies the proxies to the servers
     * @param times the number of cuts
     */
    public static void cutConnections(RealmUnderLoad realm, List<CuttingProxy> proxies, int times)
            throws InterruptedException {
        int cuts = cuts(proxies);
        while (cuts(proxies) < cuts + times) {
            realm.work(100);
            CuttingProxy proxy = proxies.get(realm.random().nextInt(proxies.size()));
            int before = proxy.cuts();
            if (realm.random().nextInt(4) == 0) {
                proxy.loseNextRequest();
            } else {
                proxy.loseNextAnswer();
            }
            for (int i = 0; i < MOST_MILLIS_TO_CUT && proxy.cuts() == before; i++) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        realm.work(200);
        realm.assertAllRun();
    }

    private static int cuts(List<CuttingProxy> proxies) {
        return proxies.stream().mapToInt(CuttingProxy::cuts).sum();
    }

    /**
     * Measures the longest time without a commit. There must be a commit, within a minute if the
     * machine is busy.
     *
     * @param revision the present revision of the realm
     * @param millis the duration of the measurement
     * @return the longest time in milliseconds
     */
    public static long longestPause(Callable<Long> revision, long millis) throws Exception {
        long start = System.nanoTime();
        long moved = start;
        long longest = 0;
        long first = revision.call();
        long last = first;
        while (System.nanoTime() - start < (last == first ? LONGEST_MILLIS : millis) * 1_000_000) {
            LockSupport.parkNanos(10_000_000);
            long now = revision.call();
            longest = Math.max(longest, System.nanoTime() - moved);
            if (now != last) {
                last = now;
                moved = System.nanoTime();
            }
        }
        assertTrue(last > first, "other processes commit while one is frozen");
        return longest / 1_000_000;
    }
}
