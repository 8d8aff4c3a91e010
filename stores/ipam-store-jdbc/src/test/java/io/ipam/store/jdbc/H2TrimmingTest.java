package io.ipam.store.jdbc;

import java.util.regex.Pattern;
import javax.sql.DataSource;

/** {@link TrimmingTests} on H2. */
class H2TrimmingTest extends TrimmingTests {
    private static final DataSource SOURCE = H2File.inMemory("trimming");

    @Override
    DataSource source() {
        return SOURCE;
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
