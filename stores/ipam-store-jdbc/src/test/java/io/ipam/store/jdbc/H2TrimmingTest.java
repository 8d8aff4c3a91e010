package io.ipam.store.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@link TrimmingTests} on H2. */
class H2TrimmingTest extends TrimmingTests {
    @TempDir
    static Path folder;

    private static DataSource source;

    @BeforeAll
    static void create() {
        source = H2File.in(folder);
    }

    @AfterAll
    static void shutDown() throws SQLException {
        H2File.shutDown(source);
    }

    @Override
    DataSource source() {
        return source;
    }

    @Override
    String numbersTo(int last) {
        return "system_range(2, " + last + ")";
    }

    @Override
    Pattern visitedRows() {
        return Pattern.compile("scanCount: (\\d+)");
    }

    @Override
    Dialect dialect() {
        return new H2Dialect();
    }
}
