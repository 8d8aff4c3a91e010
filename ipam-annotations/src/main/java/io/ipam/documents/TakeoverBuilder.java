package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Collects what the records of {@code status.allocatedIPs} do not contain, and reads them; see
 * {@link Takeover}.
 *
 * <p>The owner of a record is that of {@link #identities}, otherwise the pod that the record names.
 * Whether it is stateful is stated by the other methods, or by {@link #endpoints}. The interface is
 * that of {@link #identities}, otherwise that of the record, of {@link #endpoints}, or of {@link
 * #podAnnotations}.
 *
 * <p>Thread safety: none.
 */
public final class TakeoverBuilder {
    private final StatefulOwners stateful = new StatefulOwners();
    private final PodInterfaces interfaces = new PodInterfaces();
    private final List<EndpointDocument> endpoints = new ArrayList<>();
    private Function<AllocatedIps.Holder, Optional<Takeover.Identity>> identities = holder -> Optional.empty();

    TakeoverBuilder() {}

    /**
     * Adds a rule for stateful pods, which are identified by their names.
     *
     * @param rule whether the holder is stateful
     * @return this builder
     */
    public TakeoverBuilder stateful(Predicate<AllocatedIps.Holder> rule) {
        stateful.add(requireNonNull(rule, "rule"));
        return this;
    }

    /**
     * Expects the pods of a StatefulSet: they are stateful even if they do not exist now.
     *
     * @param namespace the namespace
     * @param name the name of the StatefulSet
     * @param replicas the number of its pods, whose ordinals start at 0
     * @return this builder
     * @throws IllegalArgumentException if {@code replicas} is negative
     */
    public TakeoverBuilder statefulSet(String namespace, String name, int replicas) {
        stateful.addSet(requireNonNull(namespace, "namespace"), requireNonNull(name, "name"), replicas);
        return this;
    }

    /**
     * Expects a stateful owner: it is stateful even if it does not exist now.
     *
     * @param namespace the namespace
     * @param name the name
     * @return this builder
     */
    public TakeoverBuilder statefulOwner(String namespace, String name) {
        stateful.addName(requireNonNull(namespace, "namespace"), requireNonNull(name, "name"));
        return this;
    }

    /**
     * States the interfaces of a pod's addresses by its annotations: {@code
     * ipam.spidernet.io/assigned-<interface>} as Spiderpool wrote it, and {@code
     * k8s.v1.cni.cncf.io/network-status} as multus writes it. The former has precedence. An
     * unreadable annotation is reported by {@link #read}.
     *
     * @param pod the pod's {@code namespace/name}
     * @param annotations all annotations of the pod
     * @return this builder
     */
    public TakeoverBuilder podAnnotations(String pod, Map<String, String> annotations) {
        interfaces.add(requireNonNull(pod, "pod"), requireNonNull(annotations, "annotations"));
        return this;
    }

    /**
     * States the interfaces and the kinds of owners by all SpiderEndpoint documents of the cluster.
     * Then no interface is unknown, and no rule for stateful pods is needed. The owner of a virtual
     * machine's addresses is its VirtualMachineInstance.
     *
     * <p>{@link #read} reports contradictions between endpoints and the status of pools.
     * Contradictions are addresses that only one of them records, and different pods, uids,
     * interfaces, or pools. The record in the status is used. An address that only an endpoint
     * records is held by the owner of the endpoint. Nothing is freed. Cost: O(1) per address.
     *
     * @param documents the documents
     * @return this builder
     */
    public TakeoverBuilder endpoints(Collection<EndpointDocument> documents) {
        endpoints.addAll(requireNonNull(documents, "documents"));
        return this;
    }

    /**
     * States the owner and the interface of records.
     *
     * @param function returns the identity of a record's holder, or empty to use the record itself
     * @return this builder
     */
    public TakeoverBuilder identities(Function<AllocatedIps.Holder, Optional<Takeover.Identity>> function) {
        identities = requireNonNull(function, "function");
        return this;
    }

    /**
     * Reads the records of all documents. One bad record hides no other.
     *
     * @param documents the pools with their status
     * @return the snapshot and the problems
     */
    public Takeover.Reading read(Collection<PoolDocument> documents) {
        EndpointIndex index = new EndpointIndex(endpoints);
        List<Problem> problems = new ArrayList<>(interfaces.problems());
        problems.addAll(index.problems());
        List<TakeoverReader> readers = new ArrayList<>();
        Map<String, TakeoverReader> byPool = new HashMap<>();
        Set<String> closed = new TreeSet<>();
        for (PoolDocument document : documents) {
            TakeoverReader reader = new TakeoverReader(document.pool(), stateful, identities, interfaces, index);
            readers.add(reader);
            byPool.putIfAbsent(document.name(), reader);
            Optional<String> text = document.status().flatMap(PoolStatus::allocatedIps);
            if (text.isPresent() && !reader.read(text.get())) {
                closed.add(document.name());
            }
        }
        List<Stray> strays = new ArrayList<>();
        index.unseen().forEach((address, noted) -> {
            TakeoverReader reader = byPool.get(noted.entry().pool());
            if (reader == null) {
                strays.add(TakeoverReader.stray(address, noted));
                problems.add(TakeoverReader.notInStatus(noted));
            } else {
                reader.take(address, noted);
            }
        });
        List<PoolSnapshot> pools = new ArrayList<>();
        for (TakeoverReader reader : readers) {
            reader.snapshot().ifPresent(pools::add);
            strays.addAll(reader.strays());
            problems.addAll(reader.problems());
        }
        return new Takeover.Reading(new StateSnapshot(0, pools, strays, closed), problems);
    }
}
