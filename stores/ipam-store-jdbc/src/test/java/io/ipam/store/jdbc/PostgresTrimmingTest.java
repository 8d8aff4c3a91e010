package io.ipam.store.jdbc;

import java.util.regex.Pattern;
import javax.sql.DataSource;

/** {@link TrimmingTests} on PostgreSQL. */
class PostgresTrimmingTest extends TrimmingTests {
    private static final PostgresServer SERVER = PostgresServer.only();

    @Override
    DataSource source() {
        return SERVER.source();
    }

    @Override
    String numbersTo(int last) {
        return "generate_series(2, " + last + ") as numbers (x)";
    }

    /** The rows of a bitmap index scan are visited by the heap scan above it. */
    @Override
    Pattern visitedRows() {
        return Pattern.compile("(?:(?<!Bitmap Index )Scan .*actual .*rows=|Rows Removed by Filter: )(\\d+)");
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }
}
