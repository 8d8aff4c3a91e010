package io.ipam.store.etcd;

import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StoreUnavailableException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A realm at one revision of etcd, read in pages. The cooling keys are read before the held ones
 * and returned after them, without those of held addresses. If etcd compacts the revision
 * meanwhile, the entries end with StoreUnavailableException.
 *
 * <p>Thread safety: none.
 */
final class EtcdImage implements Image {
    private final EtcdCalls calls;
    private final Keys keys;
    private final Values values;
    private final long revision;
    private final Head head;
    private final Optional<Realm> realm;
    private boolean closed;

    private EtcdImage(EtcdCalls calls, Keys keys, Values values, Txn.Result first) {
        this.calls = calls;
        this.keys = keys;
        this.values = values;
        this.revision = first.revision();
        this.head = Values.head(first.ranges().get(0).value(), keys.head());
        this.realm = values.realm(first.ranges().get(1).value());
    }

    static EtcdImage load(EtcdCalls calls, Keys keys) {
        Txn.Result first = calls.read("load " + keys.root(), Txn.read(Get.one(keys.head()), Get.one(keys.meta())));
        return new EtcdImage(calls, keys, new Values(keys), first);
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Optional<Realm> realm() {
        return realm;
    }

    @Override
    public Iterator<Entry> entries() {
        return new Entries();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Entries implements Iterator<Entry> {
        private final Iterator<String> folders =
                List.of(keys.pools(), keys.reserved(), keys.held()).iterator();
        private final Map<String, KeyValue> cooling = readCooling();
        private Pages pages = new Pages(folders.next());
        private Iterator<KeyValue> page = pages.next().iterator();

        @Override
        public boolean hasNext() {
            while (!page.hasNext()) {
                if (pages.hasNext()) {
                    page = pages.next().iterator();
                } else if (folders.hasNext()) {
                    pages = new Pages(folders.next());
                } else if (!cooling.isEmpty()) {
                    page = List.copyOf(cooling.values()).iterator();
                    cooling.clear();
                } else {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no entry after the last one");
            }
            Entry entry = values.entry(page.next());
            if (entry instanceof Entry.Held held) {
                cooling.remove(keys.cooling() + held.address());
            }
            return entry;
        }

        private Map<String, KeyValue> readCooling() {
            Map<String, KeyValue> all = new LinkedHashMap<>();
            if (realm.isPresent() && realm.get().coolDownMillis() == 0) {
                return all; // Every cooling entry has ended.
            }
            Iterator<List<KeyValue>> read = new Pages(keys.cooling());
            while (read.hasNext()) {
                read.next().forEach(pair -> all.put(pair.key(), pair));
            }
            return all;
        }
    }

    /** The range of the keys in a folder. The next page is read while the caller uses one. */
    private final class Pages implements Iterator<List<KeyValue>> {
        private final String end;
        private Optional<Supplier<Txn.Result>> following;

        Pages(String folder) {
            this.end = Keys.endOf(folder);
            this.following = Optional.of(startRead(folder));
        }

        private Supplier<Txn.Result> startRead(String from) {
            Get get = Get.page(from, end).at(revision);
            return calls.startRead("load " + keys.root(), Txn.read(get));
        }

        @Override
        public boolean hasNext() {
            return following.isPresent();
        }

        @Override
        public List<KeyValue> next() {
            if (closed) {
                throw new StoreUnavailableException("cannot load " + keys.root() + ": the image is closed");
            }
            Range range = following.orElseThrow().get().ranges().get(0);
            following = range.next().map(this::startRead);
            return range.pairs();
        }
    }
}
