package io.ipam.examples.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.ipam.documents.PoolDocument;
import io.ipam.documents.Takeover;
import io.ipam.documents.TakeoverBuilder;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pools and the held addresses that the documents of a cluster note. Every noted address stays
 * taken, even if the document of its pool is faulty. Thread safety: none.
 */
public final class ClusterRecords {
    private static final System.Logger LOG = System.getLogger(ClusterRecords.class.getName());

    private final Cluster cluster;
    private final List<PoolDocument> documents = new ArrayList<>();
    private final List<GenericKubernetesResource> sources = new ArrayList<>();
    private PoolCatalog catalog = PoolCatalog.EMPTY;

    /** Reads all documents, each of which gets the finalizer. */
    public ClusterRecords(Cluster cluster) {
        this.cluster = cluster;
        cluster.pools().all().forEach(document -> add(cluster.pools().mark(document)));
        cluster.reserved()
                .all()
                .forEach(document -> addReserved(cluster.reserved().mark(document)));
    }

    /** {@return the pools and reserved addresses that can be used} */
    public PoolCatalog catalog() {
        return catalog;
    }

    /** {@return the pool documents, as they were read} */
    public List<GenericKubernetesResource> sources() {
        return sources;
    }

    /** {@return the held addresses} */
    public Takeover.Reading held() {
        Takeover.Reading held = takeover(cluster).read(documents);
        held.problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem.message()));
        return held;
    }

    /** Adds a pool if it fits, and its records in any case. */
    private void add(GenericKubernetesResource document) {
        Optional<Pool> pool = Optional.empty();
        try {
            pool = Optional.of(PoolDocuments.read(document));
            catalog = catalog.with(pool.get());
        } catch (InvalidInputException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
        sources.add(document);
        documents.add(PoolDocuments.withRecords(document, pool));
    }

    private void addReserved(GenericKubernetesResource document) {
        try {
            catalog = catalog.withReserved(PoolDocuments.readReserved(document).reserved());
        } catch (InvalidInputException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    /** {@return a reader of records that has the pods and StatefulSets} */
    public static TakeoverBuilder takeover(Cluster cluster) {
        TakeoverBuilder builder = Takeover.builder();
        List<Owner> owners = cluster.expectedOwners();
        for (Pod pod : cluster.pods()) {
            Owner owner = Pods.owner(pod);
            builder.podAnnotations(owner.qualifiedName(), pod.getMetadata().getAnnotations());
            owners.add(owner);
        }
        owners.stream()
                .filter(Owner::stateful)
                .forEach(owner -> builder.statefulOwner(owner.namespace(), owner.name()));
        return builder;
    }
}
