package io.ipam.resolution;

import io.ipam.pool.PoolCatalog;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nearest names of the pools that a request names and that do not exist. A name is searched
 * when its rejection is first read, so that served requests cause no search.
 *
 * <p>Cost: at most {@value #MOST_NAMES} searches of the catalog per request. Thread safety: safe
 * after the candidates are collected.
 */
final class NearestNames {
    private static final int MOST_NAMES = 16;

    private final PoolCatalog catalog;
    private final Set<String> admitted = new HashSet<>(0);
    private final Map<String, Optional<String>> found = new ConcurrentHashMap<>(0);

    NearestNames(PoolCatalog catalog) {
        this.catalog = catalog;
    }

    /** Admits an unknown name to the search, if it is one of the first. */
    void admit(String name) {
        if (admitted.size() < MOST_NAMES) {
            admitted.add(name);
        }
    }

    /** The rejection with the nearest name, if it is of an unknown pool. */
    Rejection complete(Rejection rejection) {
        if (!(rejection instanceof Rejection.UnknownPool) || !admitted.contains(rejection.pool())) {
            return rejection;
        }
        return new Rejection.UnknownPool(
                rejection.pool(), found.computeIfAbsent(rejection.pool(), catalog::nearestName));
    }
}
