package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link DatabaseTests} on H2. */
class H2DatabaseTest extends DatabaseTests {
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

    @Test
    void load_noSchema_throws() throws SQLException {
        DataSource empty = H2File.source(folder.resolve("empty"));
        StoreException refused = assertThrows(
                StoreException.class, () -> JdbcStore.of(empty, "r").load());
        assertEquals(
                "cannot use the database: it has no table ipam_schema; call JdbcStore.createSchema",
                refused.getMessage());
        H2File.shutDown(empty);
    }

    @Test
    void load_userWithoutAdministratorRights_isUnavailable() throws SQLException {
        H2File.execute(source, "create user guest password ''");
        JdbcDataSource guest = H2File.source(folder);
        guest.setUser("guest");
        StoreUnavailableException refused = assertThrows(
                StoreUnavailableException.class, () -> JdbcStore.of(guest, "r").load());
        assertTrue(refused.getMessage().contains("Admin rights are required"), refused::getMessage);
    }

    @Test
    void newsBeforeCommit_noLock_returnsNews() {
        JdbcStore store = open();
        JdbcStore other = open();
        Head head = created(other);
        Commit next = Values.after(head, 2, Values.granted(1, 1));
        other.commit(head, next);
        assertEquals(new News.Since(List.of(next)), store.newsBeforeCommit(head));
        Values.commit(other, next.head(), 2, Values.granted(2, 1));
    }

    /** Otherwise each page sorts all rows, and a load is quadratic. */
    @ParameterizedTest
    @ValueSource(strings = {"news", "head", "pools", "reserved", "held", "cooling"})
    void statement_withOrder_usesTheOrderOfItsIndex(String name) throws SQLException {
        String sql = new H2Dialect().sql(name);
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("explain " + sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setString(i, "1");
            }
            try (ResultSet plan = statement.executeQuery()) {
                assertTrue(plan.next());
                assertTrue(plan.getString(1).contains("index sorted"), plan.getString(1));
            }
        }
    }
}
