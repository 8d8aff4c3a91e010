package io.ipam.store.etcd;

/**
 * Reads one key, or a range of keys in their order.
 *
 * @param key the key, or the first key of the range
 * @param end the end of the range, exclusive; empty for one key
 * @param limit the maximum number of keys, 0 for all
 * @param revision the revision of etcd to read at, 0 for the present one
 */
record Get(String key, String end, int limit, long revision) implements Operation {
    /** For each page, etcd 3.4 visits all keys after its start, so small pages are slow. */
    private static final int KEYS_PER_PAGE = 10_000;

    static Get one(String key) {
        return new Get(key, "", 0, 0);
    }

    static Get range(String from, String end, int limit) {
        return new Get(from, end, limit, 0);
    }

    /** Reads a page of a range; {@link Range#next} is the start of the next one. */
    static Get page(String from, String end) {
        return range(from, end, KEYS_PER_PAGE);
    }

    Get at(long etcdRevision) {
        return new Get(key, end, limit, etcdRevision);
    }

    @Override
    public MessageWriter message() {
        MessageWriter range =
                new MessageWriter().text(1, key).text(2, end).number(3, limit).number(4, revision);
        return new MessageWriter().message(1, range);
    }
}
