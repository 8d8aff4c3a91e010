package io.ipam.examples.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.ipam.Ipam;
import io.ipam.allocation.UpdateResult;
import io.ipam.documents.ReservedDocument;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes the catalog follow the documents of pools and reserved addresses, one by one: a document
 * that cannot be used stops no other. A pool stays until its document is being deleted and nothing
 * is held; a missing document proves nothing. Thread safety: safe.
 */
final class PoolWork {
    private static final System.Logger LOG = System.getLogger(PoolWork.class.getName());

    private final Cluster cluster;
    private final Ipam ipam;
    private final Duration retry;
    private final Consumer<Step> steps;
    /** The documents that the catalog does not follow at the moment, with the reason. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    PoolWork(Cluster cluster, Ipam ipam, Duration retry, Consumer<Step> steps) {
        this.cluster = cluster;
        this.ipam = ipam;
        this.retry = retry;
        this.steps = steps;
    }

    /** {@return the number of documents that the catalog does not follow at the moment} */
    int faultyCount() {
        return faults.size();
    }

    Duration visit(String name) {
        Optional<GenericKubernetesResource> document = cluster.pool(name);
        if (document.isEmpty()) {
            return Duration.ZERO;
        }
        return reporting(
                name, () -> document.get().isMarkedForDeletion() ? retire(document.get()) : follow(document.get()));
    }

    private interface Change {
        /** {@return the time until the next try; zero if the change is made} */
        Duration make();
    }

    private Duration reporting(String name, Change change) {
        try {
            Duration again = change.make();
            if (again.isZero()) {
                faults.remove(name);
            }
            return again;
        } catch (InvalidInputException e) {
            return fault(name, "is not followed: " + e.getMessage());
        }
    }

    private Duration fault(String name, String reason) {
        if (!reason.equals(faults.put(name, reason))) {
            LOG.log(System.Logger.Level.WARNING, name + " " + reason);
        }
        return retry;
    }

    /** Makes the catalog follow a document. The finalizer comes first. */
    private Duration follow(GenericKubernetesResource document) {
        if (!document.hasFinalizer(PoolDocuments.FINALIZER)) {
            cluster.marked(document);
            steps.accept(Step.POOL_MARKED);
            return Duration.ZERO;
        }
        Pool wanted = PoolDocuments.read(document);
        while (true) {
            ipam.sync();
            PoolCatalog now = ipam.catalog();
            Optional<Pool> present = now.pool(wanted.name());
            if (present.isPresent() && PoolDocuments.isSameDocument(present.get(), wanted)) {
                if (!PoolDocuments.replaces(present.get(), wanted)) {
                    return Duration.ZERO;
                }
            } else if (!isCurrent(document)) {
                return Duration.ZERO;
            }
            UpdateResult result = ipam.update(now, now.with(wanted));
            if (result instanceof UpdateResult.Updated) {
                steps.accept(Step.POOL_UPDATED);
                return Duration.ZERO;
            }
            if (result instanceof UpdateResult.Blocked blocked) {
                return fault(wanted.name(), "keeps its definition: " + blocked);
            }
        }
    }

    /**
     * Whether this document exists: a cache may lag, and a deleted pool must not be created again.
     */
    private boolean isCurrent(GenericKubernetesResource document) {
        return cluster.current(Cluster.POOLS, document.getMetadata().getName())
                .filter(current -> !current.isMarkedForDeletion())
                .filter(current -> current.getMetadata()
                        .getUid()
                        .equals(document.getMetadata().getUid()))
                .isPresent();
    }

    /**
     * Removes a pool whose document is being deleted: it allocates nothing, and is removed once it
     * is empty.
     */
    private Duration retire(GenericKubernetesResource document) {
        String name = document.getMetadata().getName();
        while (true) {
            ipam.sync();
            PoolCatalog now = ipam.catalog();
            Optional<Pool> present = now.pool(name).filter(pool -> PoolDocuments.isOf(pool, document));
            if (present.isEmpty()) {
                removeFinalizer(document);
                return Duration.ZERO;
            }
            boolean isEmpty = present.get().isTerminating() && isEmpty(name);
            if (present.get().isTerminating() && !isEmpty) {
                return retry;
            }
            PoolCatalog next = isEmpty ? now.without(name) : now.with(terminating(present.get(), document));
            if (ipam.update(now, next) instanceof UpdateResult.Blocked blocked) {
                return fault(name, "stays: " + blocked);
            }
            steps.accept(Step.POOL_UPDATED);
        }
    }

    /** Whether no address is held in a pool, or noted in it as held. */
    private boolean isEmpty(String name) {
        return ipam.usage(name).filter(usage -> usage.held() > 0).isEmpty()
                && ipam.state().strays().stream()
                        .noneMatch(stray -> stray.pool().equals(name));
    }

    private static Pool terminating(Pool pool, GenericKubernetesResource document) {
        return pool.toBuilder()
                .terminating(Instant.parse(document.getMetadata().getDeletionTimestamp()))
                .build();
    }

    private void removeFinalizer(GenericKubernetesResource document) {
        if (document.hasFinalizer(PoolDocuments.FINALIZER)) {
            steps.accept(Step.POOL_REMOVED);
            cluster.update(PoolDocuments.withoutFinalizer(document));
        }
    }

    /**
     * Makes the catalog follow reserved addresses. The catalog is read before the document: an
     * update that another replica made from a later document makes this one start again.
     */
    Duration visitReserved(String name) {
        return reporting(name, () -> {
            UpdateResult result;
            do {
                ipam.sync();
                PoolCatalog now = ipam.catalog();
                Optional<ReservedDocument> document =
                        cluster.current(Cluster.RESERVED, name).map(PoolDocuments::readReserved);
                PoolCatalog next = document.map(one -> now.withReserved(one.reserved()))
                        .orElseGet(() -> now.withoutReserved(name));
                if (next.equals(now)) {
                    return Duration.ZERO;
                }
                result = ipam.update(now, next);
            } while (result instanceof UpdateResult.Outdated);
            return Duration.ZERO;
        });
    }
}
