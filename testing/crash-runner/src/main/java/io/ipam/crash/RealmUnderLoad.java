package io.ipam.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;

/** A realm on which processes work, and the files of their callers. Thread safety: none. */
public final class RealmUnderLoad implements AutoCloseable {
    private static final int WAIT_MINUTES = 3;

    private final Path folder;
    private final CrashedStore store;
    private final String wayOfWorkers;
    private final String realm;
    private final Random random;
    private final Map<String, WorkerProcess> running = new LinkedHashMap<>();
    private int started;

    /**
     * Creates the realm.
     *
     * @param parent the folder for a folder of the realm
     * @param store the store
     * @param wayOfWorkers the route of the processes to the store, which may differ
     * @param realm the name of the realm
     * @param seed the seed of all random choices
     */
    public RealmUnderLoad(Path parent, CrashedStore store, String wayOfWorkers, String realm, long seed) {
        folder = parent.resolve(realm);
        createFolder();
        this.store = store;
        this.wayOfWorkers = wayOfWorkers;
        this.realm = realm;
        random = new Random(seed);
        System.out.println(realm + ": seed " + seed);
        Ipam.create(store.session("creator", realm), Caller.catalog(), IpamSettings.defaults())
                .close();
    }

    private void createFolder() {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Random random() {
        return random;
    }

    /** {@return the name of the realm} */
    public String realm() {
        return realm;
    }

    /** {@return the folder of the logs} */
    public Path folder() {
        return folder;
    }

    /** {@return the names of the running processes} */
    public List<String> names() {
        return List.copyOf(running.keySet());
    }

    /**
     * {@return a running process}
     *
     * @param name its name
     */
    public WorkerProcess process(String name) {
        return Objects.requireNonNull(running.get(name), name);
    }

    /** {@return a random one of the running processes} */
    public WorkerProcess randomProcess() {
        return process(names().get(random.nextInt(running.size())));
    }

    /** Starts a process, and waits until it works. */
    private void start(String name) throws IOException {
        WorkerProcess process = WorkerProcess.start(
                store.worker(),
                folder,
                "work",
                wayOfWorkers,
                realm,
                folder.toString(),
                name,
                number(),
                "" + random.nextLong());
        running.put(name, process);
        assertEquals("ready", process.readLine(), () -> name + " does not start: " + process.errors());
    }

    /**
     * Starts processes, and waits until they work.
     *
     * @param processes the number
     */
    public void start(int processes) throws IOException {
        for (int i = 0; i < processes; i++) {
            start("w" + i);
        }
    }

    private String number() {
        return String.format("%04d", started++);
    }

    /**
     * Lets the processes work for a random time.
     *
     * @param mostMillis the maximum
     */
    public void work(int mostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(mostMillis));
    }

    /** Kills a process, and starts another one of its name. */
    void killAndStart(WorkerProcess process) throws IOException, InterruptedException {
        process.kill();
        start(process.name());
    }

    /** Ends the processes as their users do; each one has compared its replica with the store. */
    public void stop() throws IOException, InterruptedException {
        for (WorkerProcess process : running.values()) {
            process.endInput();
        }
        for (WorkerProcess process : running.values()) {
            assertEquals(0, process.waitFor(WAIT_MINUTES), () -> process.name() + ": " + process.errors());
            assertVerified(process.name());
        }
        running.clear();
    }

    private void assertVerified(String name) throws IOException {
        List<List<String>> events = LoggedCall.events(folder, name);
        List<String> last = events.get(events.size() - 1);
        assertEquals(List.of("verified", ""), last.subList(1, last.size()), name);
    }

    /**
     * Opens the realm in a new process.
     *
     * @param mode check or asFound
     * @param name the name of the process
     * @return its exit code
     */
    public int open(String mode, String name) throws IOException, InterruptedException {
        return opened(mode, name).waitFor(WAIT_MINUTES);
    }

    private WorkerProcess opened(String mode, String name) throws IOException {
        return WorkerProcess.start(
                store.worker(), folder, mode, store.text(), realm, folder.toString(), name, number(), "0");
    }

    /** Verifies the entries of the store against a new process, and returns them. */
    public StoreRows verifyReplica() throws IOException, InterruptedException {
        WorkerProcess process = opened("check", "check");
        List<String> replica = process.readAll();
        assertEquals(0, process.waitFor(WAIT_MINUTES), process::errors);
        assertVerified("check");
        StoreRows rows = store.rows(realm);
        assertEquals(rows.lines(), new TreeSet<>(replica), "the replica of a new process");
        return rows;
    }

    /** Stops the processes, and verifies the store against the logs of all callers. */
    public void stopAndVerify() throws IOException, InterruptedException {
        stop();
        StoreRows rows = verifyReplica();
        StoreCheck check = new StoreCheck(LoggedCall.read(folder));
        assertEquals(List.of(), check.compare(rows));
        assertTrue(check.answers() > 0, "the callers have answers");
        System.out.println(realm + ": " + check.answers() + " answers, " + check.unknown() + " unknown outcomes, "
                + rows.commits() + " commits, " + rows.held().size() + " held addresses");
    }

    /** Verifies that all processes run. */
    public void assertAllRun() {
        List<String> ended = new ArrayList<>();
        running.forEach((name, process) -> {
            if (!process.isAlive()) {
                ended.add(name);
            }
        });
        assertEquals(List.of(), ended);
    }

    @Override
    public void close() {
        running.values().forEach(WorkerProcess::destroy);
    }
}
