package io.ipam.store.jdbc;

import io.ipam.address.Address;
import io.ipam.store.Entry;
import io.ipam.store.StateStore;
import io.ipam.store.testkit.BackupContract;
import io.ipam.store.testkit.Capability;
import io.ipam.store.testkit.CrashContract;
import io.ipam.store.testkit.EditContract;
import io.ipam.store.testkit.ReopenContract;
import io.ipam.store.testkit.StateStoreContract;
import io.ipam.store.testkit.TrimContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a store on H2 in a file. */
class H2StoreTest extends StateStoreContract
        implements ReopenContract, CrashContract, EditContract, BackupContract, TrimContract {
    @TempDir
    static Path folder;

    private static DataSource source;

    @BeforeAll
    static void open() {
        source = H2File.in(folder);
    }

    @AfterAll
    static void shutDown() throws SQLException {
        H2File.shutDown(source);
    }

    @Override
    public StateStore openSession(String realm) {
        return JdbcStore.of(source, realm);
    }

    @Override
    public void reopen() throws SQLException {
        H2File.shutDown(source);
    }

    /** Closes the file without writing to it; H2DurabilityTest kills a process. */
    @Override
    public void crash() throws SQLException {
        H2File.execute(source, "shutdown immediately");
    }

    @Override
    public Callable<?> backup(String realm) throws SQLException {
        return Backup.of(source, realm);
    }

    @Override
    public void deleteHeld(String realm, Address address) throws SQLException {
        Edits.deleteHeld(source, realm, address);
    }

    @Override
    public void insertHeld(String realm, Entry.Held held) throws SQLException {
        Edits.insertHeld(source, realm, held);
    }

    @Override
    public StateStore openTrimmingSession(String realm) {
        return JdbcStore.of(source, realm, JdbcStoreSettings.defaults().withKept(keptCommits(), Duration.ZERO));
    }

    @Override
    public int keptCommits() {
        return 5;
    }

    @Override
    protected Map<Capability, String> unproven() {
        return Map.of(Capability.CONNECTION, "the database is in this process");
    }
}
