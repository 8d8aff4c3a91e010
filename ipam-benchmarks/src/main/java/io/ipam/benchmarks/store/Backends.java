package io.ipam.benchmarks.store;

import io.ipam.store.InMemoryStore;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The stores that can be measured, by the beginning of their URL. Thread safety: none needed; no
 * state.
 */
public final class Backends {
    /** A new store kind is one line here. */
    private static final Map<String, Function<String, Backend>> BY_PREFIX = Map.of(
            "postgresql", url -> new EmbeddedPostgresBackend(),
            "h2", url -> H2FileBackend.inTemporaryFolder(),
            "jdbc:", JdbcBackend::ofUrl,
            "etcd-1", url -> EtcdBackend.ofServers(1),
            "etcd-3", url -> EtcdBackend.ofServers(3),
            "etcd:", EtcdBackend::ofUrl,
            "memory", url -> new Memory());

    private Backends() {}

    /** {@return the stores of a run without arguments} */
    public static List<String> defaults() {
        return List.of("postgresql", "h2");
    }

    /**
     * Whether a URL names a store.
     *
     * @param url the URL
     * @return whether {@link #open} accepts it
     */
    public static boolean isKnown(String url) {
        return BY_PREFIX.keySet().stream().anyMatch(url::startsWith);
    }

    /**
     * Opens a store.
     *
     * @param url the name of a database of its own: {@code postgresql}, {@code h2}, {@code etcd-1},
     *     {@code etcd-3}, or {@code memory}; or the JDBC URL of an empty database, or {@code
     *     etcd:HOST:PORT}
     * @return the store
     */
    public static Backend open(String url) {
        return BY_PREFIX.entrySet().stream()
                .filter(entry -> url.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such store: " + url))
                .getValue()
                .apply(url);
    }

    /** One store in the heap for each realm. */
    private static final class Memory implements Backend {
        private final Map<String, InMemoryStore> realms = new ConcurrentHashMap<>();

        @Override
        public StoreKind kind() {
            return StoreKind.MEMORY;
        }

        @Override
        public String description() {
            return "a map in the heap";
        }

        @Override
        public StateStore session(String realm) {
            return realms.computeIfAbsent(realm, name -> new InMemoryStore()).session();
        }

        @Override
        public void close() {
            realms.clear();
        }
    }
}
