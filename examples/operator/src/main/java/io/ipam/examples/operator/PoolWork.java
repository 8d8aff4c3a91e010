package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.Ipam;
import io.ipam.allocation.UpdateResult;
import io.ipam.examples.operator.cluster.Cluster;
import io.ipam.examples.operator.cluster.Documents;
import io.ipam.examples.operator.cluster.Key;
import io.ipam.examples.operator.cluster.PoolDocuments;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the catalog follow the documents of pools and reserved addresses, one by one: a document
 * that cannot be used stops no other. A definition stays until its document is being deleted, and
 * a pool until nothing is held. A missing document proves nothing. Thread safety: safe.
 */
final class PoolWork {
    private static final System.Logger LOG = System.getLogger(PoolWork.class.getName());

    private final Documents pools;
    private final Documents reserved;
    private final Ipam ipam;
    private final Duration retry;
    /** The documents that the catalog does not follow at the moment, with the reason. */
    private final Map<Key, String> faults = new ConcurrentHashMap<>();

    PoolWork(Cluster cluster, Ipam ipam, Duration retry) {
        pools = cluster.pools();
        reserved = cluster.reserved();
        this.ipam = ipam;
        this.retry = retry;
    }

    /** {@return the number of documents that the catalog does not follow at the moment} */
    int faultyCount() {
        return faults.size();
    }

    Duration visitPool(Key key) {
        return visit(key, pools, document -> document.isMarkedForDeletion() ? retire(document) : follow(document));
    }

    Duration visitReserved(Key key) {
        return visit(key, reserved, this::followReserved);
    }

    /** Changes the catalog by a document, which must be marked first: its deletion must be seen. */
    private Duration visit(Key key, Documents documents, Function<GenericKubernetesResource, Duration> change) {
        Optional<GenericKubernetesResource> document = documents.cached(key.name());
        if (document.isEmpty()) {
            faults.remove(key);
            return Duration.ZERO;
        }
        if (documents.mustBeMarked(document.get())) {
            documents.mark(document.get()); // Its next version is visited.
            return Duration.ZERO;
        }
        try {
            Duration again = change.apply(document.get());
            faults.remove(key);
            return again;
        } catch (InvalidInputException | IllegalStateException e) {
            String fault = key.name() + " is not followed: " + e.getMessage();
            if (!fault.equals(faults.put(key, fault))) {
                LOG.log(System.Logger.Level.WARNING, fault);
            }
            return retry;
        }
    }

    /** Edits the current catalog, again if another edit came first. Throws if it is blocked. */
    private void edit(UnaryOperator<PoolCatalog> change) {
        UpdateResult result;
        do {
            ipam.sync();
            PoolCatalog now = ipam.catalog();
            PoolCatalog next = change.apply(now);
            if (next.equals(now)) {
                return;
            }
            result = ipam.update(now, next);
        } while (result instanceof UpdateResult.Outdated);
        result.orElseThrow();
    }

    /** Follows a document. A cache may lag, and a deleted pool must not be created again. */
    private Duration follow(GenericKubernetesResource document) {
        Pool wanted = PoolDocuments.read(document);
        edit(now -> {
            Optional<Pool> present = now.pool(wanted.name()).filter(pool -> PoolDocuments.isOf(pool, document));
            boolean isNew =
                    present.map(pool -> PoolDocuments.replaces(pool, wanted)).orElseGet(() -> pools.exists(document));
            return isNew ? now.with(wanted) : now;
        });
        return Duration.ZERO;
    }

    /**
     * Removes a pool whose document is being deleted: it allocates nothing, and is removed once it
     * is empty.
     */
    private Duration retire(GenericKubernetesResource document) {
        String name = document.getMetadata().getName();
        Instant since = Instant.parse(document.getMetadata().getDeletionTimestamp());
        edit(now -> poolOf(document, now)
                .filter(pool -> !pool.isTerminating())
                .map(pool -> now.with(pool.toBuilder().terminating(since).build()))
                .orElse(now));
        if (poolOf(document, ipam.catalog()).isPresent() && !isEmpty(name)) {
            return retry;
        }
        edit(now -> poolOf(document, now).isPresent() ? now.without(name) : now);
        pools.unmark(document);
        return Duration.ZERO;
    }

    private static Optional<Pool> poolOf(GenericKubernetesResource document, PoolCatalog catalog) {
        return catalog.pool(document.getMetadata().getName()).filter(pool -> PoolDocuments.isOf(pool, document));
    }

    /** Whether no address is held in a pool, or noted in it as held. */
    private boolean isEmpty(String name) {
        return ipam.usage(name).filter(usage -> usage.held() > 0).isEmpty()
                && ipam.state().strays().stream()
                        .noneMatch(stray -> stray.pool().equals(name));
    }

    /**
     * Reserves addresses, or ends that. The catalog is read before the document: an update that
     * another replica made from a later document makes this one start again.
     */
    private Duration followReserved(GenericKubernetesResource document) {
        String name = document.getMetadata().getName();
        edit(now ->
                reserved.current(name).map(current -> reserving(now, current)).orElse(now));
        if (document.isMarkedForDeletion()) {
            reserved.unmark(document);
        }
        return Duration.ZERO;
    }

    private PoolCatalog reserving(PoolCatalog catalog, GenericKubernetesResource document) {
        if (document.isMarkedForDeletion()) {
            return catalog.withoutReserved(document.getMetadata().getName());
        }
        return reserved.isMarked(document)
                ? catalog.withReserved(PoolDocuments.readReserved(document).reserved())
                : catalog;
    }
}
