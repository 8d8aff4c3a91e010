package io.ipam.store.jdbc;

import io.ipam.store.Change;
import io.ipam.store.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** A realm for each test, and the stores that the test opens. */
abstract class OwnRealm {
    /**
     * A transaction may be idle for two minutes. With the default settings, PostgreSQL would end
     * the transaction of a thread that a busy machine stops for a third of a second.
     */
    static final JdbcStoreSettings PATIENT = JdbcStoreSettings.defaults().withCallLimit(Duration.ofHours(1));

    private static final AtomicInteger REALMS = new AtomicInteger();

    private final List<JdbcStore> stores = new ArrayList<>();
    private final String realm = "own-" + REALMS.incrementAndGet();

    /** The database, with the tables of the store. */
    abstract DataSource source();

    @AfterEach
    void closeStores() {
        stores.forEach(JdbcStore::close);
    }

    final String realm() {
        return realm;
    }

    final JdbcStore open(DataSource source, JdbcStoreSettings settings) {
        JdbcStore store = JdbcStore.of(source, realm, settings);
        stores.add(store);
        return store;
    }

    final JdbcStore open() {
        return open(source(), PATIENT);
    }

    /** Creates the realm. */
    final Head created(JdbcStore store, Change... more) {
        List<Change> changes = new ArrayList<>(List.of(Values.created()));
        changes.addAll(List.of(more));
        return Values.commit(store, Head.NONE, 1, changes.toArray(Change[]::new));
    }
}
