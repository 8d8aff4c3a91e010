package io.ipam.crash;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A process that works on a realm until its standard input ends, or until it is killed. At the end
 * its replica is compared with the store. Thread safety: none.
 */
public final class CrashWorker {
    /** The exit code after a CorruptStoreException. */
    public static final int CORRUPT = 3;

    /** The number of commits that the store must keep, so that the checker reads all of them. */
    public static final long KEPT = 1_000_000;

    static final int CALLERS = 4;

    private final Ipam ipam;
    private final CallLog events;
    private final List<Caller> callers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private CrashWorker(Ipam ipam, CallLog events) {
        this.ipam = ipam;
        this.events = events;
    }

    /**
     * Runs a process. The arguments are the mode (work, check, or asFound), the route to the store,
     * and the realm. The folder of the logs, the name, the number of the process, and the seed
     * follow.
     *
     * @param arguments the arguments
     * @param stores returns the store for a route
     */
    public static void run(String[] arguments, Function<String, CrashedStore> stores)
            throws IOException, InterruptedException {
        String name = arguments[4];
        Path logs = Path.of(arguments[3]);
        CallLog events = new CallLog(logs.resolve(file(name, "events", arguments[5])));
        StateStore store = stores.apply(arguments[1]).session(name, arguments[2]);
        IpamSettings settings = IpamSettings.defaults().withListener(event -> report(event, events));
        try (Ipam ipam =
                arguments[0].equals("asFound") ? Ipam.openAsFound(store, settings) : Ipam.open(store, settings)) {
            CrashWorker worker = new CrashWorker(ipam, events);
            if (arguments[0].equals("work")) {
                worker.work(logs, name, arguments[5], Long.parseLong(arguments[6]));
            }
            worker.check();
        } catch (CorruptStoreException e) {
            events.write(CallLog.EVENT, "corrupt", String.valueOf(e.getMessage()));
            System.exit(CORRUPT);
        }
    }

    static String file(String name, String caller, String number) {
        return name + "." + caller + "." + number + ".log";
    }

    private static void report(AllocationEvent event, CallLog events) {
        if (event instanceof AllocationEvent.Reloaded reloaded) {
            events.write(
                    CallLog.EVENT,
                    "reloaded",
                    reloaded.cause().name(),
                    reloaded.lost().stream()
                            .map(lost -> lost.owner().name() + "=" + lost.address() + "=" + lost.generation())
                            .collect(Collectors.joining(",")));
        }
    }

    private void work(Path logs, String name, String number, long seed) throws IOException, InterruptedException {
        for (int i = 0; i < CALLERS; i++) {
            String caller = name + "c" + i;
            int index = Integer.parseInt(name.substring(1)) * CALLERS + i;
            CallLog log = new CallLog(logs.resolve(file(caller, "calls", number)));
            callers.add(new Caller(ipam, caller, index, log, seed + i));
            threads.add(new Thread(callers.get(i), caller));
        }
        threads.forEach(Thread::start);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        callers.forEach(Caller::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Compares the replica with the store, and prints what is held. */
    private void check() {
        ipam.sync();
        events.write(CallLog.EVENT, "verified", String.join("; ", ipam.state().verify()));
        for (PoolSnapshot pool : ipam.state().export().pools()) {
            for (PoolSnapshot.Held held : pool.held()) {
                System.out.println(held.owner().name() + "=" + held.address() + "=" + held.generation());
            }
        }
    }
}
