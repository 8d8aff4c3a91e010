package io.ipam.store.jdbc.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A realm on which processes work, and the files of their callers. Thread safety: none. */
final class RealmUnderLoad implements AutoCloseable {
    private static final int WAIT_MINUTES = 3;

    private final Path folder;
    private final Database database;
    private final Database forWorkers;
    private final String realm;
    private final Random random;
    private final Map<String, WorkerProcess> running = new LinkedHashMap<>();
    private int started;

    /** Creates the realm. The processes reach the database by another way than this one. */
    RealmUnderLoad(Path parent, Database database, Database forWorkers, String realm, long seed) {
        folder = parent.resolve(realm);
        createFolder();
        this.database = database;
        this.forWorkers = forWorkers;
        this.realm = realm;
        random = new Random(seed);
        System.out.println(realm + ": seed " + seed);
        Ipam.create(JdbcStore.of(database.source("creator"), realm), Caller.catalog(), IpamSettings.defaults())
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

    String realm() {
        return realm;
    }

    Path folder() {
        return folder;
    }

    List<String> names() {
        return List.copyOf(running.keySet());
    }

    WorkerProcess process(String name) {
        return running.get(name);
    }

    WorkerProcess randomProcess() {
        return running.get(names().get(random.nextInt(running.size())));
    }

    /** Starts a process, and waits until it works. */
    WorkerProcess start(String name) throws IOException {
        WorkerProcess process = WorkerProcess.start(
                folder, "work", forWorkers.text(), realm, folder.toString(), name, number(), "" + random.nextLong());
        running.put(name, process);
        assertEquals("ready", process.readLine(), () -> name + " does not start: " + process.errors());
        return process;
    }

    void start(int processes) throws IOException {
        for (int i = 0; i < processes; i++) {
            start("w" + i);
        }
    }

    private String number() {
        return String.format("%04d", started++);
    }

    /** Lets the processes work for a random time. */
    void work(int mostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(mostMillis));
    }

    /** Kills a process, and starts another one of its name. */
    void killAndStart(WorkerProcess process) throws IOException, InterruptedException {
        process.kill();
        start(process.name());
    }

    /** Ends the processes as their users do; each one has compared its replica with the store. */
    void stop() throws IOException, InterruptedException {
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

    /** Opens the realm in a new process, and returns its exit code. */
    int open(String mode, String name) throws IOException, InterruptedException {
        return opened(mode, name).waitFor(WAIT_MINUTES);
    }

    private WorkerProcess opened(String mode, String name) throws IOException {
        return WorkerProcess.start(folder, mode, database.text(), realm, folder.toString(), name, number(), "0");
    }

    /** Verifies the rows against a new process. */
    Rows verifyReplica() throws IOException, InterruptedException, SQLException {
        WorkerProcess process = opened("check", "check");
        List<String> replica = process.readAll();
        assertEquals(0, process.waitFor(WAIT_MINUTES), process::errors);
        assertVerified("check");
        Rows rows = Rows.read(database.source("check"), realm);
        assertEquals(rows.lines(), new TreeSet<>(replica), "the replica of a new process");
        return rows;
    }

    /** Stops the processes, and verifies the store against the logs of all callers. */
    String stopAndVerify() throws IOException, InterruptedException, SQLException {
        stop();
        Rows rows = verifyReplica();
        StoreCheck check = new StoreCheck(LoggedCall.read(folder));
        assertEquals(List.of(), check.compare(rows));
        assertTrue(check.answers() > 0, "the callers have answers");
        String figures = check.answers() + " answers, " + check.unknown() + " unknown outcomes, " + rows.commits()
                + " commits, " + rows.held().size() + " held addresses";
        System.out.println(realm + ": " + figures);
        return figures;
    }

    @Override
    public void close() {
        running.values().forEach(WorkerProcess::destroy);
    }

    /** The names of processes that have ended. */
    List<String> ended() {
        List<String> ended = new ArrayList<>();
        running.forEach((name, process) -> {
            if (!process.isAlive()) {
                ended.add(name);
            }
        });
        return ended;
    }
}
