package io.ipam.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.Ipam;
import io.ipam.IpamFixture;
import io.ipam.IpamSettings;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.PassingStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The opening of a realm. */
class RealmOpenerTest {
    /** The committer would call the store while another thread closes the image. */
    @Test
    void open_beforeTheCommitterStarts_hasClosedTheImage() {
        InMemoryStore store = new InMemoryStore();
        PoolCatalog catalog = PoolCatalog.of(IpamFixture.v4("a", 1, 9));
        Ipam.create(store.session(), catalog, IpamSettings.defaults()).close();
        List<String> calls = new CopyOnWriteArrayList<>();
        PassingStore recording = new PassingStore(store.session()) {
            @Override
            public Image load() {
                return new PassingImage(super.load()) {
                    @Override
                    public void close() {
                        calls.add("closed");
                        super.close();
                    }
                };
            }

            @Override
            public AutoCloseable follow(Runnable hint) {
                calls.add("following");
                return super.follow(hint);
            }
        };
        Ipam.open(recording, IpamSettings.defaults()).close();
        assertEquals(List.of("closed", "following"), calls);
    }
}
