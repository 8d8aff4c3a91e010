package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rows that the statements visit if PostgreSQL has statistics from before the realm was filled.
 * It then expects one row of the realm, and would read the whole realm instead of a few rows.
 */
class PostgresPlansTest extends OwnRealm {
    @Override
    DataSource source() {
        return SOURCE;
    }

    private static final DataSource SOURCE = PostgresServer.only().source();
    private static final int ROWS = 20_000;
    private static final int CHANGED = 8;
    private static final Pattern VISITED =
            Pattern.compile("Scan .*actual .*rows=(\\d+)\\S* loops=(\\d+)|Rows Removed by Filter: (\\d+)");

    private final String other = realm() + "-other";

    @BeforeEach
    void fillAfterAnalyze() throws SQLException {
        for (String table : List.of("ipam_address", "ipam_cooling", "ipam_pool", "ipam_reserved")) {
            H2File.execute(SOURCE, "alter table " + table + " set (autovacuum_enabled = false)");
        }
        fill(other);
        H2File.execute(SOURCE, "analyze ipam_address, ipam_cooling, ipam_pool, ipam_reserved");
        fill(realm());
    }

    @AfterEach
    void restore() throws SQLException {
        for (String table : List.of("ipam_address", "ipam_cooling", "ipam_pool", "ipam_reserved")) {
            H2File.execute(SOURCE, "delete from " + table + " where realm in (?, ?)", realm(), other);
            H2File.execute(SOURCE, "alter table " + table + " reset (autovacuum_enabled)");
        }
        H2File.execute(SOURCE, "analyze ipam_address, ipam_cooling, ipam_pool, ipam_reserved");
    }

    private static void fill(String realm) throws SQLException {
        String numbers = " from generate_series(1, " + ROWS + ") as numbers (x)";
        H2File.execute(
                SOURCE,
                "insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface,"
                        + " generation, note) select ?, x::text, 'blue', false, 'shop', 'cart-' || x, 'u', 'eth0', x, ''"
                        + numbers,
                realm);
        H2File.execute(
                SOURCE,
                "insert into ipam_cooling (realm, address, pool, stateful, namespace, owner, uid, released_at)"
                        + " select ?, x::text, 'blue', false, 'shop', 'cart', 'u', x" + numbers,
                realm);
        H2File.execute(
                SOURCE,
                "insert into ipam_pool (realm, name, detached, closed, definition)"
                        + " select ?, x::text, false, false, '{}'" + numbers,
                realm);
        H2File.execute(
                SOURCE, "insert into ipam_reserved (realm, name, definition) select ?, x::text, '{}'" + numbers, realm);
    }

    private static Stream<Object> each(Object value) {
        return Stream.generate(() -> value).limit(CHANGED);
    }

    @Test
    void statements_statisticsOfOtherRealms_visitFewRows() throws SQLException {
        Object[] names =
                LongStream.rangeClosed(1, CHANGED).mapToObj(Long::toString).toArray();
        Object[] numbers = LongStream.rangeClosed(1, CHANGED).boxed().toArray();
        try (Connection connection = SOURCE.getConnection();
                PreparedStatement limits = connection.prepareStatement(new PostgresDialect().sql("limits"))) {
            connection.setAutoCommit(false);
            Dialect.bind(limits, 1, List.of("60000", "60000"));
            limits.execute();
            Array texts = connection.createArrayOf("text", names);
            Array longs = connection.createArrayOf("bigint", numbers);
            Array falses = connection.createArrayOf("boolean", each(false).toArray());
            Array empties = connection.createArrayOf("text", each("{}").toArray());
            verifyFew(connection, "deleteHeld", realm(), texts, longs);
            verifyFew(connection, "deleteCooling", realm(), texts);
            verifyFew(connection, "deletePool", realm(), texts, falses, falses, empties);
            verifyFew(connection, "deleteReserved", realm(), texts, empties);
            // No index has the time: it reads each row once.
            verifyVisited(ROWS + 3 * CHANGED, connection, "trimCooling", realm(), 100L, CHANGED);
            for (String page : List.of("pools", "reserved", "held", "cooling")) {
                verifyFew(connection, page, realm(), "5", CHANGED);
            }
            for (String row : List.of("poolAt", "reservedAt", "heldAt")) {
                verifyFew(connection, row, realm(), "777");
            }
        }
    }

    /** The rows that a statement visits must be in proportion to those that it concerns. */
    private static void verifyFew(Connection connection, String name, Object... parameters) throws SQLException {
        verifyVisited(6 * CHANGED, connection, name, parameters);
    }

    /** Executes a statement, which must visit at most a number of rows. */
    private static void verifyVisited(int most, Connection connection, String name, Object... parameters)
            throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement =
                connection.prepareStatement("explain analyze " + new PostgresDialect().sql(name))) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        Matcher counts = VISITED.matcher(plan);
        assertTrue(counts.find(), plan::toString);
        long visited = counts.reset()
                .results()
                .mapToLong(count -> count.group(3) == null
                        ? Long.parseLong(count.group(1)) * Long.parseLong(count.group(2))
                        : Long.parseLong(count.group(3)))
                .sum();
        assertTrue(visited <= most, () -> name + " visited " + visited + " rows:\n" + plan);
    }
}
