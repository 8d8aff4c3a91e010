package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
