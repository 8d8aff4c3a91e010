package io.ipam.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that all tests of this module share. It ends with the process. */
public final class PostgresServer {
    private static final int STOP_SECONDS = 60;
    private static final PostgresServer ONLY = new PostgresServer();

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path pgCtl;
    /** A standby needs at least the number of its primary. */
    private final String maxConnections;

    private PostgresServer() {
        try {
            // The builder switches both off.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            data = Path.of(setting("data_directory"));
            maxConnections = setting("max_connections");
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            pgCtl = Path.of("/proc", pid, "exe").toRealPath().resolveSibling("pg_ctl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        JdbcStore.createSchema(source());
    }

    public static PostgresServer only() {
        return ONLY;
    }

    /** Each connection is a new one. */
    public DataSource source() {
        return source("localhost", server.getPort());
    }

    public int port() {
        return server.getPort();
    }

    static PGSimpleDataSource source(String host, int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        return source;
    }

    private String setting(String name) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    /** Stops the server without writing to the disk, and starts it again. */
    public void crash() throws IOException, InterruptedException {
        run("stop", "-m", "immediate");
        start();
    }

    private void start() throws IOException, InterruptedException {
        String options = "-p " + server.getPort() + " -c max_connections=" + maxConnections;
        run("start", "-o", options, "-l", "/dev/null");
    }

    /** Restarts the server as a standby without a primary. */
    void demote() throws IOException, InterruptedException {
        run("stop", "-m", "fast");
        Files.createFile(data.resolve("standby.signal"));
        start();
    }

    /** Ends the recovery of a standby. */
    void promote() throws IOException, InterruptedException {
        run("promote");
    }

    /** As root, the server runs in a user namespace, where it is not root. */
    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(pgCtl.toString(), "-D", data.toString(), "-w"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + " failed");
        }
    }
}
