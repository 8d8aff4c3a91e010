package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Head;
import io.ipam.store.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commits that H2 has after a crash of the process, and on the disk. */
class H2DurabilityTest {
    private static final int COMMITS = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commits_processKilled_survive(boolean survivesPowerLoss) throws Exception {
        long confirmed = commitUntilKilled(survivesPowerLoss);
        DataSource source = H2File.source(folder);
        JdbcStore store = JdbcStore.of(source, "crash");
        try (Image image = store.load()) {
            long found = image.head().revision();
            assertTrue(found == confirmed || found == confirmed + 1, () -> found + " after " + confirmed);
            assertEquals(image.head().held(), 2 * (found - 1));
        }
        assertEquals(
                2 * (store.load().head().revision() - 1), Values.entries(store).size());
        store.close();
        H2File.shutDown(source);
    }

    /** The last revision that a process printed before it was killed. */
    private long commitUntilKilled(boolean survivesPowerLoss) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        H2Worker.class.getName(),
                        folder.toString(),
                        Boolean.toString(survivesPowerLoss))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String last = lines.readLine();
            for (int i = 1; i < COMMITS && last != null; i++) {
                last = lines.readLine();
            }
            process.toHandle().destroyForcibly(); // leaves the stream open
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
            process.waitFor();
            return Long.parseLong(last);
        }
    }

    @Test
    void commit_confirmedOrShown_wasForcedToDisk() throws SQLException {
        DataSource source = counted();
        JdbcStore careless =
                JdbcStore.of(source, "r", JdbcStoreSettings.defaults().withoutPowerLossProtection());
        JdbcStore store = JdbcStore.of(source, "r");
        Head head = Values.commit(store, Head.NONE, 1, Values.created());
        for (int i = 0; i < 10; i++) {
            int before = CountingFiles.forced();
            Head next = Values.commit(store, head, 1, Values.granted(i, 1));
            assertTrue(CountingFiles.forced() > before, "a commit was forced to the disk");
            Head shown = Values.commit(careless, next, 2, Values.granted(100 + i, 1));
            before = CountingFiles.forced();
            store.newsAfter(next);
            assertTrue(CountingFiles.forced() > before, "the news was forced to the disk");
            head = Values.commit(careless, shown, 2, Values.granted(200 + i, 1));
            before = CountingFiles.forced();
            store.load().close();
            assertTrue(CountingFiles.forced() > before, "an image was forced to the disk");
        }
        store.close();
        careless.close();
        H2File.shutDown(source);
    }

    @Test
    void commit_withoutPowerLossProtection_isNotForcedEachTime() throws SQLException {
        DataSource source = counted();
        JdbcStore store = JdbcStore.of(source, "r", JdbcStoreSettings.defaults().withoutPowerLossProtection());
        Head head = Values.commit(store, Head.NONE, 1, Values.created());
        int before = CountingFiles.forced();
        for (int i = 0; i < 20; i++) {
            head = Values.commit(store, head, 1, Values.granted(i, 1));
        }
        assertTrue(CountingFiles.forced() - before < 20, "20 commits were forced to the disk");
        store.close();
        H2File.shutDown(source);
    }

    private DataSource counted() {
        CountingFiles.register();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:count:" + folder.resolve("counted").toAbsolutePath() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        JdbcStore.createSchema(source);
        return source;
    }
}
