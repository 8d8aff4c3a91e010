package io.ipam.store.jdbc;

import io.ipam.address.Address;
import io.ipam.store.Entry;
import io.ipam.store.StateStore;
import io.ipam.store.testkit.BackupContract;
import io.ipam.store.testkit.Capability;
import io.ipam.store.testkit.ConnectionContract;
import io.ipam.store.testkit.CrashContract;
import io.ipam.store.testkit.CuttingProxy;
import io.ipam.store.testkit.EditContract;
import io.ipam.store.testkit.ReopenContract;
import io.ipam.store.testkit.StateStoreContract;
import io.ipam.store.testkit.TrimContract;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The contract of a store on PostgreSQL. */
class PostgresStoreTest extends StateStoreContract
        implements ReopenContract, CrashContract, ConnectionContract, EditContract, BackupContract, TrimContract {
    private static final PostgresServer SERVER = PostgresServer.only();
    private static final DataSource SOURCE = SERVER.source();
    /**
     * A transaction may be idle for 5 seconds. With the default settings, the server would end the
     * transaction of a thread that a busy machine stops for a third of a second.
     */
    private static final JdbcStoreSettings SETTINGS =
            JdbcStoreSettings.defaults().withCallLimit(Duration.ofSeconds(150));

    private final List<CuttingProxy> proxies = new ArrayList<>();

    @AfterEach
    void closeProxies() throws IOException {
        for (CuttingProxy proxy : proxies) {
            proxy.close();
        }
    }

    @Override
    public StateStore openSession(String realm) {
        return JdbcStore.of(SOURCE, realm, SETTINGS);
    }

    /** The sessions have all connections, and the test closes them. */
    @Override
    public void reopen() {}

    @Override
    public void crash() throws IOException, InterruptedException {
        SERVER.crash();
    }

    @Override
    public BreakableSession openBreakableSession(String realm) {
        CuttingProxy proxy = new CuttingProxy("localhost", SERVER.port());
        proxies.add(proxy);
        StateStore session = JdbcStore.of(PostgresServer.source("localhost", proxy.port()), realm, SETTINGS);
        return new BreakableSession() {
            @Override
            public StateStore session() {
                return session;
            }

            @Override
            public void loseNextRequest() {
                proxy.loseNextRequest();
            }

            @Override
            public void loseNextAnswer() {
                proxy.loseNextAnswer();
            }
        };
    }

    @Override
    public void deleteHeld(String realm, Address address) throws SQLException {
        Edits.deleteHeld(SOURCE, realm, address);
    }

    @Override
    public void insertHeld(String realm, Entry.Held held) throws SQLException {
        Edits.insertHeld(SOURCE, realm, held);
    }

    @Override
    public Callable<?> backup(String realm) throws SQLException {
        return Backup.of(SOURCE, realm);
    }

    @Override
    public StateStore openTrimmingSession(String realm) {
        return JdbcStore.of(SOURCE, realm, SETTINGS.withKept(keptCommits(), Duration.ZERO));
    }

    @Override
    public int keptCommits() {
        return 5;
    }

    @Override
    protected Map<Capability, String> unproven() {
        return Map.of();
    }
}
