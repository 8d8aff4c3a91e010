package io.ipam.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** H2 in a file of a temporary folder, which is deleted at the end. Thread safety: safe. */
final class H2FileBackend extends JdbcBackend {
    private final Path folder;

    private H2FileBackend(Path folder) {
        super(StoreKind.H2, h2("jdbc:h2:file:" + folder.resolve("ipam") + ";DB_CLOSE_DELAY=-1"));
        this.folder = folder;
    }

    static Backend inTemporaryFolder() {
        try {
            return new H2FileBackend(
                    Files.createTempDirectory("ipam-benchmarks").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String description() {
        return super.description() + " in a file, CHECKPOINT SYNC after each commit";
    }

    @Override
    public void close() {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
