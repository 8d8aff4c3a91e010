package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import io.ipam.documents.StoreText;
import io.ipam.owner.Owner;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trimming of logs with unusual times and keys, and its requests. */
class TrimmingTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final List<StateStore> stores = new ArrayList<>();
    private FakeServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        channel = EtcdHooks.channelTo(server.port());
    }

    @AfterEach
    void stop() throws InterruptedException {
        stores.forEach(StateStore::close);
        channel.shutdownNow();
        server.stop();
    }

    private StateStore keeping(long commits, Duration time) {
        StateStore store =
                EtcdStore.of(channel, "default", EtcdStoreSettings.defaults().withKept(commits, time));
        stores.add(store);
        return store;
    }

    private static Head commitAt(StateStore store, Head head, long stampMillis, Change... changes) {
        Commit next = Facts.after(head, 1, changes);
        Head stamped = new Head(
                next.head().revision(),
                next.head().id(),
                next.head().lastGeneration(),
                next.head().held(),
                stampMillis);
        assertEquals(new Attempt.Done(), store.commit(head, new Commit(stamped, next.before(), next.changes())));
        return stamped;
    }

    private static Entry.Cooling cooling(int index, long releasedMillis) {
        return new Entry.Cooling(
                Facts.held(index, 1).address(), "blue", Owner.stateless("shop", "cart-0", "u"), releasedMillis);
    }

    private static List<Entry> entries(StateStore store) {
        try (Image image = store.load()) {
            List<Entry> entries = new ArrayList<>();
            image.entries().forEachRemaining(entries::add);
            return entries;
        }
    }

    private void put(String key, String value) {
        EtcdHooks.execute(channel, new Txn(List.of(), List.of(new Operation.Put(key, value)), List.of()));
    }

    @Test
    void trim_headLaterThanClock_keepsCoolingAndYoungCommits() {
        StateStore store = keeping(2, Duration.ofMinutes(10));
        long now = System.currentTimeMillis();
        Entry.Cooling released = cooling(1, now);
        Head first = commitAt(store, Head.NONE, now, Facts.created(), new Change.Cooled(released));
        Head head = first;
        for (int i = 0; i < 5; i++) {
            head = commitAt(store, head, now + DAY);
        }
        store.trim(head);
        assertEquals(List.of(released), entries(store));
        News.Since news = assertInstanceOf(News.Since.class, store.newsAfter(first));
        assertEquals(5, news.commits().size());
    }

    @Test
    void trim_oldAndYoungCommits_keepsYoungAndMinimum() {
        StateStore store = keeping(2, Duration.ofMillis(4));
        List<Head> heads = new ArrayList<>(List.of(Facts.commit(store, Head.NONE, 1, Facts.created())));
        for (int i = 0; i < 10; i++) {
            heads.add(Facts.commit(store, heads.get(i), 1));
        }
        store.trim(heads.get(10));
        assertEquals(new News.Trimmed(), store.newsAfter(heads.get(6)));
        assertEquals(
                3,
                assertInstanceOf(News.Since.class, store.newsAfter(heads.get(7)))
                        .commits()
                        .size());
    }

    @Test
    void trim_noHead_changesNothing() {
        StateStore store = keeping(2, Duration.ZERO);
        Entry.Cooling released = cooling(1, System.currentTimeMillis());
        commitAt(store, Head.NONE, released.releasedMillis(), Facts.created(), new Change.Cooled(released));
        store.trim(Head.NONE);
        assertEquals(List.of(released), entries(store));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, Long.MAX_VALUE})
    void trim_longestTime_keepsAll(long commits) {
        StateStore store = keeping(commits, Duration.ofSeconds(Long.MAX_VALUE));
        Head first = Facts.commit(store, Head.NONE, 1, Facts.created());
        Head head = first;
        for (int i = 0; i < 5; i++) {
            head = Facts.commit(store, head, 1);
        }
        store.trim(head);
        assertEquals(
                5,
                assertInstanceOf(News.Since.class, store.newsAfter(first))
                        .commits()
                        .size());
    }

    /** A page costs etcd 3.4 a visit of all keys after it. */
    @Test
    void trim_1001CoolingKeys_readsThemInOnePage() {
        StateStore store = keeping(2, Duration.ZERO);
        Head head = Facts.commit(store, Head.NONE, 1, Facts.created());
        for (int i = 0; i < 1_001; i++) {
            Entry.Cooling released = cooling(i, System.currentTimeMillis());
            put(KEYS.of(released), StoreText.format(released));
        }
        server.requests().clear();
        store.trim(head);
        long pages = server.requests().stream()
                .filter(request -> firstKey(request).startsWith(KEYS.cooling()))
                .count();
        assertEquals(1, pages);
        assertEquals(1_001, entries(store).size());
    }

    private static String firstKey(TxnRequest request) {
        return request.getSuccess(0).getRequestRange().getKey().toStringUtf8();
    }

    @ParameterizedTest
    @ValueSource(strings = {"log/00000000000000000000x", "log/00000000000000000000/", "log/000000000000000000005"})
    void trim_foreignKeyInLog_isCorruptAndNamesIt(String name) {
        StateStore store = keeping(2, Duration.ZERO);
        Head head = Facts.commit(store, Head.NONE, 1, Facts.created());
        put(KEYS.root() + name, "x");
        CorruptStoreException corrupt = assertThrows(CorruptStoreException.class, () -> store.trim(head));
        String expected = "cannot read the key /ipam/default/" + name + ": ";
        assertTrue(corrupt.getMessage().startsWith(expected), corrupt.getMessage());
    }
}
